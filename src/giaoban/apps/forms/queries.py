"""The read side of forms: who owes what, which rounds there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Prefetch, Q

from giaoban.apps.forms import access
from giaoban.apps.forms.models import Duty, DutyException, Form, Round
from giaoban.apps.units.models import Level
from giaoban.apps.units.rules.plans import Tie
from giaoban.base.access import Actor
from giaoban.base.ledger.models import Entry
from giaoban.base.web.language import language
from giaoban.core import formlang, periods
from giaoban.core.formlang import FormSpec
from giaoban.core.orgtree import OrgTree
from giaoban.core.periods.labels import calendar_name, kind_name
from giaoban.core.refusal import NotFound, Refusal

DUTY_VERBS = ("forms.duty_laid", "forms.unit_excepted", "forms.duty_ended", "forms.exception_ended")


def duty_stamp() -> int:
    """The last ledger number that changed who owes what: the key under which duty may be kept."""
    return Entry.objects.filter(verb__in=DUTY_VERBS).aggregate(last=Max("id"))["last"] or 0


def owing_units(*, form_id: int, day: date, tree: OrgTree) -> Sequence[int]:
    """Ids of the units that owe the form on that day, in the tree's order. Two queries."""
    levels = set(Duty.objects.filter(_in_force(day), form_id=form_id).values_list("level__code", flat=True))
    exceptions = dict(DutyException.objects.filter(_in_force(day), form_id=form_id).values_list("unit_id", "owes"))
    return [unit for unit, level in zip(tree.units, tree.levels, strict=True) if exceptions.get(unit, level in levels)]


def ties_before(*, units: Set[int], ended: Set[int], heirs: Mapping[int, int], day: date) -> Sequence[Tie]:
    """Exceptions from duty of units that end: they end with the unit, because only units of the tree owe."""
    count = DutyException.objects.filter(Q(until_day=None) | Q(until_day__gt=day), unit_id__in=ended).count()
    says = "{count} ngoại lệ nghĩa vụ của đơn vị sẽ kết thúc thôi có hiệu lực; hãy ghi lại cho đơn vị kế thừa nếu cần."
    return [Tie(0, says, {"count": count})] if count else []


def ties_since(*, units: Set[int], since: date) -> Sequence[Tie]:
    """Nothing: exceptions of a unit that a plan founded are found by the database itself."""
    return []


def rounds_of(form: Form) -> Sequence[Round]:
    """Every round of a form, newest period first."""
    return list(
        Round.objects.filter(form_version__form=form)
        .select_related("period", "form_version")
        .order_by("-period__until_day", "-period__from_day")
    )


@dataclass(frozen=True)
class FormRow:
    """A form in the list."""

    code: str
    name: str
    owner: str
    period_kind: str
    published: int | None  # number of the newest published version
    has_draft: bool
    levels: Sequence[str]
    rounds: int


def form_rows(*, actor: Actor) -> Sequence[FormRow]:
    """Every form, by code, with the levels that owe it on the actor's day. Three queries."""
    in_force = Duty.objects.filter(_in_force(actor.day)).select_related("level").order_by("-level__rank")
    forms = (
        Form.objects.allowed(actor, access.READ)
        .select_related("owner")
        .order_by("code")
        .prefetch_related(Prefetch("duties", in_force))
    )
    counted = (
        Form.objects.allowed(actor, access.READ)
        .annotate(
            last=Max("versions__number", filter=Q(versions__published_at__isnull=False)),
            drafts=Count("versions", filter=Q(versions__published_at=None), distinct=True),
            asked=Count("versions__rounds", distinct=True),
        )
        .values_list("pk", "last", "drafts", "asked")
    )
    counts = {pk: (published, drafts, rounds) for pk, published, drafts, rounds in counted}
    return [
        FormRow(
            code=form.code,
            name=form.label,
            owner=form.owner.label,
            period_kind=kind_name(periods.PeriodKind(form.period_kind), language()),
            published=counts[form.pk][0],
            has_draft=counts[form.pk][1] > 0,
            levels=[duty.level.label for duty in form.duties.all()],
            rounds=counts[form.pk][2],
        )
        for form in forms
    ]


def _in_force(day: date) -> Q:
    return (Q(until_day__isnull=True) | Q(until_day__gt=day)) & Q(from_day__lte=day)


@dataclass(frozen=True)
class VersionRow:
    number: int
    revision: int
    published_at: datetime | None
    spec: FormSpec
    changes: Sequence[str]  # in words, against the version before


@dataclass(frozen=True)
class RoundRow:
    id: int
    period_code: str
    label: str
    version: int
    cut_off_at: datetime
    deadlines: Sequence[tuple[str, datetime]]
    is_made_up: bool


@dataclass(frozen=True)
class StepRow:
    """When one level is due: so many working days after the step before, at an hour."""

    level: str
    name: str
    working_days: int
    at: str


@dataclass(frozen=True)
class ScheduleRow:
    """A form's schedule, deepest level first. `days` counts from the period's last day, before it when negative."""

    days: int
    at: str
    steps: Sequence[StepRow]

    @property
    def days_before(self) -> int:
        """How many days before the period's last day figures stop; 0 when not before it."""
        return max(-self.days, 0)


@dataclass(frozen=True)
class DutyRow:
    """A level that owes the form, or an exception of one unit, over days [from, until)."""

    id: int
    who: str
    code: str
    from_day: date
    until_day: date | None
    owes: bool = True
    reason: str = ""

    @property
    def last_day(self) -> date | None:
        """The last day itself, as people say it."""
        return self.until_day and self.until_day - timedelta(days=1)


@dataclass(frozen=True)
class FormPage:
    """Everything a form's own page says; versions and rounds newest first."""

    id: int
    code: str
    name: str
    owner: str
    period_kind: str
    period_kind_name: str
    calendar: str
    calendar_name: str
    schedule: ScheduleRow
    duties: Sequence[DutyRow]
    exceptions: Sequence[DutyRow]
    versions: Sequence[VersionRow]
    rounds: Sequence[RoundRow]
    may_design: bool
    day: date

    @property
    def published(self) -> VersionRow | None:
        return next((version for version in self.versions if version.published_at), None)

    @property
    def draft(self) -> VersionRow | None:
        return next((version for version in self.versions if not version.published_at), None)

    @property
    def levels(self) -> Sequence[str]:
        """The levels that owe the form on the actor's day."""
        return [duty.who for duty in self.duties if _is_on(duty, self.day)]

    @property
    def codes_in_force(self) -> Set[str]:
        """Every code a published version has given a meaning."""
        return {field.code for version in self.versions if version.published_at for field in version.spec.fields}


def _is_on(duty: DutyRow, day: date) -> bool:
    return duty.from_day <= day and (duty.until_day is None or day < duty.until_day)


def form_page(*, actor: Actor, code: str) -> FormPage:
    """One form with its versions, duties and rounds. Raises NotFound. Six queries."""
    form = Form.objects.allowed(actor, access.READ).select_related("owner").one(code=code)
    level_name = {level.code: level.label for level in Level.objects.all()}
    duties = form.duties.select_related("level").order_by("-level__rank", "from_day")
    exceptions = form.exceptions.select_related("unit").order_by("-from_day", "unit__code")
    return FormPage(
        id=form.pk,
        code=form.code,
        name=form.label,
        owner=form.owner.label,
        period_kind=form.period_kind,
        period_kind_name=kind_name(periods.PeriodKind(form.period_kind), language()),
        calendar=form.calendar,
        calendar_name=calendar_name(periods.Calendar(form.calendar), language()),
        schedule=_schedule_row(form, level_name),
        duties=[DutyRow(one.pk, one.level.label, one.level.code, one.from_day, one.until_day) for one in duties],
        exceptions=[
            DutyRow(one.pk, one.unit.label, one.unit.code, one.from_day, one.until_day, one.owes, one.reason)
            for one in exceptions
        ],
        versions=_versions(form),
        rounds=[_round_row(one, level_name) for one in rounds_of(form)],
        may_design=actor.reach("keeper").covers(form.owner.path),
        day=actor.day,
    )


def designed_form(*, actor: Actor, code: str) -> FormPage:
    """The same for who may design the form. Raises NotFound for everybody else."""
    form = form_page(actor=actor, code=code)
    if not form.may_design:
        raise NotFound()
    return form


def _versions(form: Form) -> Sequence[VersionRow]:
    versions = list(form.versions.order_by("number"))
    rows = [
        VersionRow(
            number=version.number,
            revision=version.revision,
            published_at=version.published_at,
            spec=version.spec,
            changes=formlang.diff(versions[at - 1].spec, version.spec) if at else [],
        )
        for at, version in enumerate(versions)
    ]
    return rows[::-1]


def _schedule_row(form: Form, level_name: Mapping[str, str]) -> ScheduleRow:
    schedule = periods.Schedule.from_json(form.schedule)
    return ScheduleRow(
        days=schedule.cut_off.days,
        at=f"{schedule.cut_off.at:%H:%M}",
        steps=[
            StepRow(step.level, level_name.get(step.level, step.level), step.working_days, f"{step.at:%H:%M}")
            for step in schedule.steps
        ],
    )


def _round_row(one: Round, level_name: Mapping[str, str]) -> RoundRow:
    return RoundRow(
        id=one.pk,
        period_code=one.period.code,
        label=one.period.label,
        version=one.form_version.number,
        cut_off_at=one.cut_off_at,
        deadlines=[(level_name[level], datetime.fromisoformat(moment)) for level, moment in one.deadlines.items()],
        is_made_up=one.is_made_up,
    )


def periods_to_open(form: FormPage) -> Sequence[periods.Period]:
    """Periods around the actor's day that nobody has asked for yet, earliest first; none for events and free ranges."""
    kind, calendar = periods.PeriodKind(form.period_kind), periods.Calendar(form.calendar)
    if kind in {periods.PeriodKind.DAY, periods.PeriodKind.RANGE}:
        return []
    try:
        now = periods.Period.containing(form.day, kind, calendar)
    except Refusal:  # nine months have no period in a year's last quarter
        return []
    before, after = now.previous(), now.next()
    around = [before.previous(), before, now, after, after.next()]
    asked = {one.period_code for one in form.rounds}
    return [period for period in around if period.code not in asked]
