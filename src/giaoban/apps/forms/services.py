"""The verbs on forms: design, publish, ask for a period."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from giaoban.apps.forms import access, rules
from giaoban.apps.forms.models import Duty, DutyException, Form, FormVersion, Period, Round
from giaoban.apps.units.models import Level, Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core import formlang, periods


@service
def create(
    *,
    actor: Actor,
    owner: Unit,
    code: str,
    name: str,
    period_kind: str,
    calendar: str,
    schedule: periods.Schedule,
    data: dict[str, Any],
    at: datetime,
    name_en: str = "",
) -> Form:
    """Begin a form with a first draft version. Raises rules.CodeTaken, and formlang's refusals for the draft."""
    if Form.objects.filter(code=code).exists():
        raise rules.CodeTaken(code=code)
    spec = formlang.FormSpec.parse(data)
    form = Form.objects.create(
        code=code,
        name=name,
        name_en=name_en,
        owner=owner,
        period_kind=period_kind,
        calendar=calendar,
        schedule=schedule.as_json(),
    )
    FormVersion.objects.create(form=form, number=1, data=spec.as_json())
    record(actor=actor, verb="forms.created", on=form, at=at, place=owner.path, code=code)
    return form


@service
def draft(*, actor: Actor, form_id: int, data: dict[str, Any], revision: int, at: datetime) -> FormVersion:
    """Save the draft version; the first save after publishing begins the next version from it.

    `revision` is that of the draft that was read, 0 when there was none. Raises rules.DraftChanged when somebody
    saved in between, formlang's refusals for a form that is not whole, or that changes what a field means.
    """
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    spec = formlang.FormSpec.parse(data)
    last = form.versions.order_by("-number").first()
    if last is not None and last.published_at is not None:
        formlang.check_succession(last.spec, spec)
    if last is None or last.published_at is not None:
        if revision != 0:
            raise rules.DraftChanged(form=form.code)
        number = 1 if last is None else last.number + 1
        version = FormVersion.objects.create(form=form, number=number, data=spec.as_json())
    else:
        version = last
        if version.revision != revision:
            raise rules.DraftChanged(form=form.code)
        earlier = form.versions.filter(published_at__isnull=False).order_by("-number").first()
        if earlier is not None:
            formlang.check_succession(earlier.spec, spec)
        version.data, version.revision = spec.as_json(), version.revision + 1
        version.save(update_fields=["data", "revision"])
    record(actor=actor, verb="forms.drafted", on=form, at=at, place=form.owner.path, version=version.number)
    return version


@service
def publish(*, actor: Actor, form_id: int, number: int, at: datetime) -> FormVersion:
    """Put a draft version in force; from then on it never changes. Raises rules.AlreadyPublished."""
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    version = form.versions.filter(number=number).first()
    if version is None:
        raise rules.NoSuchVersion(form=form.code, number=number)
    if version.published_at is not None:
        raise rules.AlreadyPublished(number=number, form=form.code)
    version.published_at = at
    version.save(update_fields=["published_at"])
    record(actor=actor, verb="forms.published", on=form, at=at, place=form.owner.path, version=number)
    return version


@service
def lay_duty(*, actor: Actor, form_id: int, level: str, from_day: date, at: datetime) -> Duty:
    """Units on this level owe the form from that day on."""
    form = Form.objects.allowed(actor, access.DESIGN).one(form_id)
    duty = Duty.objects.create(form=form, level=Level.objects.get(code=level), from_day=from_day)
    record(actor=actor, verb="forms.duty_laid", on=form, at=at, place=form.owner.path, level=level)
    return duty


@service
def except_unit(
    *,
    actor: Actor,
    form_id: int,
    unit: Unit,
    owes: bool,
    reason: str,
    from_day: date,
    until_day: date | None,
    at: datetime,
) -> DutyException:
    """One unit owes although its level does not, or the reverse, over the days [from, until)."""
    form = Form.objects.allowed(actor, access.DESIGN).one(form_id)
    exception = DutyException.objects.create(
        form=form, unit=unit, owes=owes, reason=reason, from_day=from_day, until_day=until_day
    )
    record(actor=actor, verb="forms.unit_excepted", on=form, at=at, place=form.owner.path, unit=unit.code, owes=owes)
    return exception


@service
def open_round(*, actor: Actor, form_id: int, period: periods.Period, at: datetime, is_made_up: bool = False) -> Round:
    """Ask for a period: the newest published version, the tree of the period's last day, a deadline per level.

    Raises rules.NothingPublished, rules.WrongPeriod (kind or calendar differs from the form's), rules.RoundIsOpen.
    """
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    if (period.kind, period.calendar) != (form.period_kind, form.calendar):
        raise rules.WrongPeriod(form=form.code, expected=form.period_kind, period=period.code)
    version = form.versions.filter(published_at__isnull=False).order_by("-number").first()
    if version is None:
        raise rules.NothingPublished(form=form.code)
    if Round.objects.filter(form_version__form=form, period__code=period.code).exists():
        raise rules.RoundIsOpen(form=form.code, period=period.label())
    row, _ = Period.objects.get_or_create(
        code=period.code,
        defaults={"kind": period.kind, "from_day": period.from_day, "until_day": period.until_day},
    )
    schedule = periods.Schedule.from_json(form.schedule)
    moments = periods.deadlines(period=period, schedule=schedule, tz=ZoneInfo(settings.TIME_ZONE))
    opened = Round.objects.create(
        form_version=version,
        period=row,
        day=period.until_day - timedelta(days=1),
        cut_off_at=periods.cut_off(period=period, schedule=schedule, tz=ZoneInfo(settings.TIME_ZONE)),
        deadlines={level: moment.isoformat() for level, moment in moments.items()},
        is_made_up=is_made_up,
    )
    record(actor=actor, verb="forms.round_opened", on=opened, at=at, place=form.owner.path, period=period.code)
    return opened
