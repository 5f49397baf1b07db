"""The read side of forms: who owes what, which rounds there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Prefetch, Q

from giaoban.apps.forms import access
from giaoban.apps.forms.models import Duty, DutyException, Form, Round
from giaoban.apps.units.models import Level
from giaoban.base.access import Actor
from giaoban.base.ledger.models import Entry
from giaoban.core import formlang
from giaoban.core.formlang import FormSpec
from giaoban.core.orgtree import OrgTree

DUTY_VERBS = ("forms.duty_laid", "forms.unit_excepted", "forms.duty_ended")


def duty_stamp() -> int:
    """The last ledger number that changed who owes what: the key under which duty may be kept."""
    return Entry.objects.filter(verb__in=DUTY_VERBS).aggregate(last=Max("id"))["last"] or 0


def owing_units(*, form_id: int, day: date, tree: OrgTree) -> Sequence[int]:
    """Ids of the units that owe the form on that day, in the tree's order. Two queries."""
    in_force = Q(until_day__isnull=True) | Q(until_day__gt=day)
    levels = set(
        Duty.objects.filter(in_force, form_id=form_id, from_day__lte=day).values_list("level__code", flat=True)
    )
    exceptions = dict(
        DutyException.objects.filter(in_force, form_id=form_id, from_day__lte=day).values_list("unit_id", "owes")
    )
    return [unit for unit, level in zip(tree.units, tree.levels, strict=True) if exceptions.get(unit, level in levels)]


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
    """Every form, by code. Three queries."""
    forms = (
        Form.objects.allowed(actor, access.READ)
        .select_related("owner")
        .order_by("code")
        .prefetch_related(Prefetch("duties", Duty.objects.select_related("level")))
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
            name=form.name,
            owner=form.owner.label,
            period_kind=form.period_kind,
            published=counts[form.pk][0],
            has_draft=counts[form.pk][1] > 0,
            levels=[duty.level.name for duty in form.duties.all()],
            rounds=counts[form.pk][2],
        )
        for form in forms
    ]


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
class FormPage:
    """Everything a form's own page says; versions and rounds newest first."""

    id: int
    code: str
    name: str
    owner: str
    period_kind: str
    calendar: str
    levels: Sequence[str]
    versions: Sequence[VersionRow]
    rounds: Sequence[RoundRow]
    may_design: bool

    @property
    def published(self) -> VersionRow | None:
        return next((version for version in self.versions if version.published_at), None)

    @property
    def draft(self) -> VersionRow | None:
        return next((version for version in self.versions if not version.published_at), None)


def form_page(*, actor: Actor, code: str) -> FormPage:
    """One form with its versions and rounds. Raises NotFound. Five queries."""
    form = Form.objects.allowed(actor, access.READ).select_related("owner").one(code=code)
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
    level_name = {level.code: level.name for level in Level.objects.all()}
    duties = form.duties.values_list("level__code", flat=True)
    return FormPage(
        id=form.pk,
        code=form.code,
        name=form.name,
        owner=form.owner.label,
        period_kind=form.period_kind,
        calendar=form.calendar,
        levels=[level_name[level] for level in duties],
        versions=rows[::-1],
        rounds=[_round_row(one, level_name) for one in rounds_of(form)],
        may_design=actor.reach("keeper").covers(form.owner.path),
    )


def _round_row(one: Round, level_name: Mapping[str, str]) -> RoundRow:
    return RoundRow(
        id=one.pk,
        period_code=one.period.code,
        label=one.period.value.label(),
        version=one.form_version.number,
        cut_off_at=one.cut_off_at,
        deadlines=[(level_name[level], datetime.fromisoformat(moment)) for level, moment in one.deadlines.items()],
        is_made_up=one.is_made_up,
    )
