"""The verbs on people: accounts and the offices they hold."""

from __future__ import annotations

from datetime import date, datetime

from giaoban.apps.people import rules
from giaoban.apps.people.models import Account, Office
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service


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
    """Let an account hold a role at a unit over the days [from, until). Raises rules.NoSuchRole."""
    if role not in rules.Role.values:
        raise rules.NoSuchRole(role=role)
    office = Office.objects.create(account=account, unit=unit, role=role, from_day=from_day, until_day=until_day)
    record(
        actor=actor,
        verb="people.office_given",
        on=office,
        at=at,
        place=unit.path,
        account=account.username,
        unit=unit.code,
        role=role,
    )
    return office
