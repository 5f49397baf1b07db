"""The verbs on forms: design, publish, lay duty, ask for a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from giaoban.apps.forms import access, rules
from giaoban.apps.forms.models import Duty, DutyException, Form, FormVersion, Period, Round
from giaoban.apps.units.models import Level, Placement, Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core import formlang, periods
from giaoban.core.periods.labels import kind_name
from giaoban.core.refusal import NotFound
from giaoban.core.text_vi.dates import write_day


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
    at: datetime,
    data: dict[str, Any] | None = None,
    name_en: str = "",
) -> Form:
    """Begin a form, with a first draft version when `data` says what it asks.

    Raises NotFound for an owner the actor does not keep, rules.NotAForm with a fault per box, rules.CodeTaken,
    rules.UnknownLevel, NoWorkingDay of core.periods, and formlang's refusals for the draft.
    """
    if not actor.reach("keeper").covers(owner.path):
        raise NotFound()
    faults = list(rules.form_faults(code=code, name=name, period_kind=period_kind, calendar=calendar))
    if faults:
        raise rules.NotAForm(faults=faults, count=len(faults))
    if Form.objects.filter(code__iexact=code).exists():
        raise rules.CodeTaken(code=code)
    _check_schedule(schedule, calendar)
    form = Form.objects.create(
        code=code,
        name=name,
        name_en=name_en,
        owner=owner,
        period_kind=period_kind,
        calendar=calendar,
        schedule=schedule.as_json(),
    )
    if data is not None:
        FormVersion.objects.create(form=form, number=1, data=formlang.FormSpec.parse(data).as_json())
    record(actor=actor, verb="forms.created", on=form, at=at, place=owner.path, code=code)
    return form


@service
def begin(
    *,
    actor: Actor,
    owner: Unit,
    code: str,
    name: str,
    period_kind: str,
    calendar: str,
    schedule: periods.Schedule,
    owing: Sequence[str],
    from_day: date,
    at: datetime,
) -> Form:
    """Create a form and lay the duty of these levels from that day on; refused whole.

    Raises what `create` and `lay_duty` raise.
    """
    form = create(
        actor=actor,
        owner=owner,
        code=code,
        name=name,
        period_kind=period_kind,
        calendar=calendar,
        schedule=schedule,
        at=at,
    )
    for level in owing:
        lay_duty(actor=actor, form_id=form.pk, level=level, from_day=from_day, at=at)
    return form


@service
def reschedule(*, actor: Actor, form_id: int, schedule: periods.Schedule, at: datetime) -> Form:
    """Set when rounds opened from now on are due; open rounds keep their deadlines.

    Raises rules.UnknownLevel, NoWorkingDay of core.periods, rules.StillOwes for a level that owes and would have no
    deadline.
    """
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    _check_schedule(schedule, form.calendar)
    steps = {step.level for step in schedule.steps}
    for duty in form.duties.filter(until_day=None).select_related("level"):
        if duty.level.code not in steps:
            raise rules.StillOwes(level=duty.level.name, form=form.code)
    form.schedule = schedule.as_json()
    form.save(update_fields=["schedule"])
    record(actor=actor, verb="forms.rescheduled", on=form, at=at, place=form.owner.path, schedule=form.schedule)
    return form


def _check_schedule(schedule: periods.Schedule, calendar: str) -> None:
    schedule.refuse_unless_fit_for(periods.Calendar(calendar))
    known = set(Level.objects.values_list("code", flat=True))
    for step in schedule.steps:
        if step.level not in known:
            raise rules.UnknownLevel(level=step.level)


@service
def draft(*, actor: Actor, form_id: int, data: dict[str, Any], revision: int, at: datetime) -> FormVersion:
    """Save the draft version; the first save after publishing begins the next version from it.

    `revision` is that of the draft that was read, 0 when there was none. Raises rules.DraftChanged when somebody
    saved or published in between, formlang's refusals for a form that is not whole, or that changes what a code of
    any published version means.
    """
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    spec = formlang.FormSpec.parse(data)
    versions = list(form.versions.order_by("-number"))
    open_draft = next((version for version in versions if version.published_at is None), None)
    if revision != (open_draft.revision if open_draft else 0):
        raise rules.DraftChanged(form=form.code)
    for earlier in versions:
        if earlier.published_at is not None:
            formlang.check_succession(earlier.spec, spec)
    if open_draft is None:
        number = versions[0].number + 1 if versions else 1
        version = FormVersion.objects.create(form=form, number=number, data=spec.as_json())
    else:
        version = open_draft
        version.data, version.revision = spec.as_json(), version.revision + 1
        version.save(update_fields=["data", "revision"])
    record(actor=actor, verb="forms.drafted", on=form, at=at, place=form.owner.path, version=version.number)
    return version


@service
def publish(*, actor: Actor, form_id: int, number: int, at: datetime, revision: int | None = None) -> FormVersion:
    """Put a draft version in force; from then on it never changes.

    `revision` is that of the draft somebody has looked at. Raises rules.NoSuchVersion, rules.AlreadyPublished,
    rules.DraftNotSeen when the draft was saved again since.
    """
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    version = form.versions.filter(number=number).first()
    if version is None:
        raise rules.NoSuchVersion(form=form.code, number=number)
    if version.published_at is not None:
        raise rules.AlreadyPublished(number=number, form=form.code)
    if revision is not None and revision != version.revision:
        raise rules.DraftNotSeen(form=form.code)
    version.published_at = at
    version.save(update_fields=["published_at"])
    record(actor=actor, verb="forms.published", on=form, at=at, place=form.owner.path, version=number)
    return version


@service
def lay_duty(*, actor: Actor, form_id: int, level: str, from_day: date, at: datetime) -> Duty:
    """Units on this level owe the form from that day on.

    Raises rules.UnknownLevel, rules.NoDeadline when the form's schedule has no step for the level, rules.DutyIsLaid.
    """
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    found = Level.objects.filter(code=level).first()
    if found is None:
        raise rules.UnknownLevel(level=level[: rules.MAX_CODE])
    if level not in _levels_with_deadline(form):
        raise rules.NoDeadline(level=found.name, form=form.code)
    for other in form.duties.filter(level=found):
        if rules.Span(from_day, None).meets(rules.Span(other.from_day, other.until_day)):
            raise rules.DutyIsLaid(level=found.name, form=form.code, day=write_day(other.from_day))
    duty = Duty.objects.create(form=form, level=found, from_day=from_day)
    record(actor=actor, verb="forms.duty_laid", on=form, at=at, place=form.owner.path, level=level)
    return duty


def _levels_with_deadline(form: Form) -> set[str]:
    return {step.level for step in periods.Schedule.from_json(form.schedule).steps}


@service
def end_duty(*, actor: Actor, form_id: int, duty_id: int, until_day: date, at: datetime) -> Duty:
    """From `until_day` on the level owes the form no more. Raises rules.NothingToEnd, rules.EndsBeforeItBegins."""
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    duty = form.duties.filter(pk=duty_id).select_related("level").first()
    if duty is None:
        raise NotFound()
    _check_end(rules.Span(duty.from_day, duty.until_day), until_day)
    duty.until_day = until_day
    duty.save(update_fields=["until_day"])
    record(actor=actor, verb="forms.duty_ended", on=form, at=at, place=form.owner.path, level=duty.level.code)
    return duty


def _check_end(span: rules.Span, until_day: date) -> None:
    if span.until_day is not None and span.until_day <= until_day:
        raise rules.NothingToEnd(day=write_day(until_day))
    if until_day <= span.from_day:
        raise rules.EndsBeforeItBegins(until=write_day(until_day), day=write_day(span.from_day))


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
    """One unit owes although its level does not, or the reverse, over the days [from, until).

    Raises NotFound for a unit the actor does not keep, rules.NoReason, rules.EndsBeforeItBegins,
    rules.AlreadyExcepted, rules.NoDeadline when the unit is to owe on a level without a deadline.
    """
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    if not actor.reach("keeper").covers(unit.path):
        raise NotFound()
    if not 0 < len(reason.strip()) <= rules.MAX_REASON:
        raise rules.NoReason(most=rules.MAX_REASON)
    if until_day is not None and until_day <= from_day:
        raise rules.EndsBeforeItBegins(until=write_day(until_day), day=write_day(from_day))
    for other in form.exceptions.filter(unit=unit):
        if rules.Span(from_day, until_day).meets(rules.Span(other.from_day, other.until_day)):
            raise rules.AlreadyExcepted(unit=unit.label, day=write_day(other.from_day))
    if owes:
        _require_deadline(form, unit, from_day)
    exception = DutyException.objects.create(
        form=form, unit=unit, owes=owes, reason=reason.strip(), from_day=from_day, until_day=until_day
    )
    record(actor=actor, verb="forms.unit_excepted", on=form, at=at, place=form.owner.path, unit=unit.code, owes=owes)
    return exception


def _require_deadline(form: Form, unit: Unit, day: date) -> None:
    placed = Placement.objects.on(day).filter(unit=unit).select_related("level").first()
    if placed is not None and placed.level.code not in _levels_with_deadline(form):
        raise rules.NoDeadline(level=placed.level.name, form=form.code)


@service
def end_exception(*, actor: Actor, form_id: int, exception_id: int, until_day: date, at: datetime) -> DutyException:
    """From `until_day` on the unit is like its level again. Raises rules.NothingToEnd, rules.EndsBeforeItBegins."""
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    exception = form.exceptions.filter(pk=exception_id).select_related("unit").first()
    if exception is None:
        raise NotFound()
    _check_end(rules.Span(exception.from_day, exception.until_day), until_day)
    exception.until_day = until_day
    exception.save(update_fields=["until_day"])
    record(actor=actor, verb="forms.exception_ended", on=form, at=at, place=form.owner.path, unit=exception.unit.code)
    return exception


@service
def open_round(*, actor: Actor, form_id: int, period: periods.Period, at: datetime, is_made_up: bool = False) -> Round:
    """Ask for a period: the newest published version, the tree of the period's last day, a deadline per level.

    Raises rules.NothingPublished, rules.WrongPeriod (kind or calendar differs from the form's), rules.RoundIsOpen.
    """
    form = Form.objects.allowed(actor, access.DESIGN).locked().one(form_id)
    if (period.kind, period.calendar) != (form.period_kind, form.calendar):
        expected = kind_name(periods.PeriodKind(form.period_kind))
        raise rules.WrongPeriod(form=form.code, expected=expected, period=period.label())
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
