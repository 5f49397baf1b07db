"""The list of reports: period by period, filtered, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from giaoban.apps.forms.models import Form, Period
from giaoban.apps.reports import access, rules
from giaoban.apps.reports.models import Report, ReportQuerySet
from giaoban.apps.units.queries import naming
from giaoban.base.access import Actor

PAGE = 50
_PERIODS_OFFERED = 60


@dataclass(frozen=True)
class Filters:
    """What to show; empty means any. `scope` is «mine» (units the actor reports for) or «all» it may read."""

    scope: str = ""
    form: str = ""
    period: str = ""
    state: str = ""
    unit: str = ""
    page: int = 1


@dataclass(frozen=True)
class Listed:
    """One report in the list."""

    report_id: int
    unit: str  # as it was called on the day of the round
    unit_now: str  # where it is called otherwise today
    form: str
    period: str
    state: str
    state_label: str
    due_at: datetime
    submitted_at: datetime | None
    is_late: bool
    is_nothing: bool


@dataclass(frozen=True)
class Listing:
    """One page of the list, with what can be chosen in the filters as (code, label)."""

    rows: Sequence[Listed]
    total: int
    scope: str
    forms: Sequence[tuple[str, str]]
    periods: Sequence[tuple[str, str]]
    states: Sequence[tuple[str, str]]

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


def listing(*, actor: Actor, filters: Filters, at: datetime) -> Listing:
    """The reports the actor may read, newest period first. Four queries at any size."""
    mine = bool(actor.reach("reporter"))
    scope = filters.scope if filters.scope in {"mine", "all"} else ("mine" if mine and not filters.unit else "all")
    reports = _narrowed(
        Report.objects.allowed(actor, access.READ),
        Q(unit__in=[place.unit_id for place in actor.reach("reporter").places]) if scope == "mine" else Q(),
        filters,
    )
    total = reports.count()
    first = (filters.page - 1) * PAGE
    rows = list(
        reports.select_related("unit", "period", "form_version__form")
        .annotate(**naming.former(unit="unit", day="round__day"))
        .defer("form_version__data", "figures", "prose", "evidence")
        .order_by("-period__until_day", "form_version__form__code", "unit__path", "pk")[first : first + PAGE]
    )
    return Listing(
        rows=[_listed(row, at) for row in rows],
        total=total,
        scope=scope,
        forms=[(form.code, form.label) for form in Form.objects.order_by("code")],
        periods=[(row.code, row.label) for row in Period.objects.order_by("-until_day")[:_PERIODS_OFFERED]],
        states=[(state.value, state.label) for state in rules.State],
    )


def _narrowed(reports: ReportQuerySet, scope: Q, filters: Filters) -> ReportQuerySet:
    wanted = {
        "form_version__form__code": filters.form,
        "period__code": filters.period,
        "state": filters.state,
        "unit__code": filters.unit,
    }
    return reports.filter(scope, **{column: value for column, value in wanted.items() if value})


def _listed(row: Report, at: datetime) -> Listed:
    in_hand = row.state in rules.IN_HAND
    unit = naming.bore(row)
    return Listed(
        report_id=row.pk,
        unit=unit.label,
        unit_now=unit.now,
        form=row.form_version.form.label,
        period=row.period.label,
        state=row.state,
        state_label=rules.State(row.state).label,
        due_at=row.due_at,
        submitted_at=row.submitted_at,
        is_late=rules.is_late(due_at=row.due_at, submitted_at=None if in_hand else row.submitted_at, at=at),
        is_nothing=row.is_nothing,
    )
