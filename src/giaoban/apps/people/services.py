"""The verbs on people: accounts and the offices they hold."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from giaoban.apps.people import access, rules
from giaoban.apps.people.models import Account, Office
from giaoban.apps.units import access as units
from giaoban.apps.units.models import Unit
from giaoban.apps.units.queries import coming
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.base.mail.rules import addressees
from giaoban.core.refusal import NotFound
from giaoban.core.text_vi.dates import write_day

LEAST_PASSWORD = 12  # as settings.AUTH_PASSWORD_VALIDATORS ask for


@service
def open_account(
    *, actor: Actor, username: str, name: str, post: str, password: str, at: datetime, place: str = "/"
) -> Account:
    """Let a person sign in. An empty password opens an account nobody can sign in to yet.

    Raises rules.NameTaken when the sign-in name is in use.
    """
    if Account.objects.filter(username=username).exists():
        raise rules.NameTaken(username=username)
    account = Account(username=username, name=name, post=post)
    if password:
        account.set_password(password)
    else:
        account.set_unusable_password()
    account.save()
    record(actor=actor, verb="people.account_opened", on=account, at=at, place=place, username=username)
    return account


@service
def appoint(
    *,
    actor: Actor,
    username: str,
    name: str,
    post: str,
    password: str,
    unit: Unit,
    role: str,
    from_day: date,
    at: datetime,
) -> Account:
    """Open an account together with its first office; neither exists when the other is refused.

    Raises rules.NotAnAccount with a fault per box, rules.NameTaken, rules.WeakPassword, and what `give_office` raises.
    """
    faults = list(rules.account_faults(username=username, name=name, post=post))
    if faults:
        raise rules.NotAnAccount(faults=faults, count=len(faults))
    _check_password(password)
    account = open_account(
        actor=actor, username=username, name=name, post=post, password=password, at=at, place=_place(unit)[0]
    )
    give_office(actor=actor, account=account, unit=unit, role=role, from_day=from_day, at=at)
    return account


def _check_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as weak:
        raise rules.WeakPassword(least=LEAST_PASSWORD) from weak


@service
def give_office(
    *,
    actor: Actor,
    account: Account,
    unit: Unit,
    role: str,
    from_day: date,
    at: datetime,
    until_day: date | None = None,
) -> Office:
    """Let an account hold a role at a unit over the days [from, until).

    A unit that is yet to begin is given its officers ahead of its day; they reach it from then on. Raises NotFound for
    a unit the actor does not keep, rules.BeginsLater for days before the unit's first, rules.NoSuchRole,
    rules.EndsBeforeItBegins, rules.AlreadyHeld.
    """
    unit = Unit.objects.allowed(actor, units.APPOINT).one(unit.pk)
    if role not in rules.Role.values:
        raise rules.NoSuchRole(role=role)
    place, first_day = _place(unit)
    if first_day is not None and from_day < first_day:
        raise rules.BeginsLater(unit=unit.label, day=write_day(first_day))
    if until_day is not None and until_day <= from_day:
        raise rules.EndsBeforeItBegins(until=write_day(until_day), day=write_day(from_day))
    for held in Office.objects.filter(account=account, unit=unit, role=role):
        if held.from_day < (until_day or date.max) and from_day < (held.until_day or date.max):
            label = rules.Role(role).label
            raise rules.AlreadyHeld(name=account.name, role=label, unit=unit.label, day=write_day(held.from_day))
    office = Office.objects.create(account=account, unit=unit, role=role, from_day=from_day, until_day=until_day)
    record(
        actor=actor,
        verb="people.office_given",
        on=office,
        at=at,
        place=place,
        account=account.username,
        unit=unit.code,
        role=role,
    )
    return office


def _place(unit: Unit) -> tuple[str, date | None]:
    """Where the ledger tells of it; and the first day of a unit that is yet to begin."""
    if unit.path:
        return unit.path, None
    begins = coming.beginning(unit.pk)
    return begins.path, begins.day


@service
def end_office(*, actor: Actor, office_id: int, until_day: date, at: datetime) -> None:
    """From `until_day` on the office is held no more; one that has not begun by then is taken back altogether.

    Raises rules.HasEnded, and rules.OwnOffice for the actor's own keeping, so that nobody locks the house from inside.
    """
    office = Office.objects.allowed(actor, access.KEEP).select_related("account", "unit").locked().one(office_id)
    if actor.kind == "person" and office.account_id == actor.id and office.role == rules.Role.KEEPER:
        raise rules.OwnOffice()
    if office.until_day is not None and office.until_day <= until_day:
        raise rules.HasEnded(day=write_day(office.until_day))
    record(
        actor=actor,
        verb="people.office_ended",
        on=office,
        at=at,
        place=_place(office.unit)[0],
        account=office.account.username,
        unit=office.unit.code,
        role=office.role,
        until=until_day.isoformat(),
    )
    if until_day <= office.from_day:
        office.delete()
        return
    office.until_day = until_day
    office.save(update_fields=["until_day"])


@service
def set_password(*, actor: Actor, account_id: int, password: str, at: datetime) -> Account:
    """Give a person a new password; whoever was signed in with the old one is signed out.

    Raises NotFound, rules.WeakPassword, and rules.HoldsElsewhere when the account holds an office the actor does not
    keep: a keeper may not sign in as somebody who reaches further.
    """
    kept = Office.objects.allowed(actor, access.KEEP).filter(account_id=account_id)
    office = kept.select_related("account", "unit").first()
    if office is None:
        raise NotFound()
    account = office.account
    if Office.objects.filter(account=account).exclude(pk__in=kept).exists():
        raise rules.HoldsElsewhere(name=account.name)
    _check_password(password)
    account.set_password(password)
    account.save(update_fields=["password"])
    place = _place(office.unit)[0]
    record(actor=actor, verb="people.password_set", on=account, at=at, place=place, username=account.username)
    return account


@service
def give_email(*, actor: Actor, email: str, at: datetime) -> Account:
    """Say at which address the actor gets letters; an empty one for none. The ledger is not told the address itself.

    Raises NotFound for whoever is no person, BadAddress of base.mail.
    """
    account = Account.objects.filter(pk=actor.id).first() if actor.kind == "person" else None
    if account is None:
        raise NotFound()
    account.email = addressees([email])[0] if email.strip() else ""
    account.save(update_fields=["email"])
    places = actor.anywhere().places
    place = places[0].path if places else "/"
    record(actor=actor, verb="people.email_given", on=account, at=at, place=place, has_address=bool(account.email))
    return account
