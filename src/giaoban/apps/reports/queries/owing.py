"""«Ai còn nợ»: units below the actor that owe a round and have not handed in, with their deadline and telephone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from giaoban.apps.forms import queries as forms
from giaoban.apps.forms.models import Round
from giaoban.apps.reports import rules
from giaoban.apps.reports.models import Report
from giaoban.apps.units import queries as units
from giaoban.base.access import Actor
from giaoban.core.orgtree import OrgTree
from giaoban.core.refusal import NotFound

PAGE = 100
MOST_PRINTED = 5_000  # beyond 140 sheets nobody reads; the levels still count everyone
OFFERED_DAYS = 400
_ROUNDS_OFFERED = 40
_OVERSEERS = ("reviewer", "reader", "keeper")


@dataclass(frozen=True)
class RoundChoice:
    """A round one may ask about."""

    id: int
    form: str
    period: str
    last_due_at: datetime


def rounds_to_collect(at: datetime) -> Sequence[RoundChoice]:
    """Rounds of the last year, newest period first. One query."""
    rows = (
        Round.objects.filter(period__until_day__gt=at.date() - timedelta(days=OFFERED_DAYS))
        .select_related("form_version__form", "period")
        .defer("form_version__data")
        .order_by("-period__until_day", "form_version__form__code")[:_ROUNDS_OFFERED]
    )
    return [
        RoundChoice(
            id=row.pk,
            form=row.form_version.form.label,
            period=row.period.label,
            last_due_at=max(datetime.fromisoformat(moment) for moment in row.deadlines.values()),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Debtor:
    """A unit that has not handed in."""

    unit_id: int
    code: str
    unit: str  # as it was called on the day of the round
    unit_now: str  # where it is called otherwise today
    above: str
    phone: str
    state: str
    state_label: str
    due_at: datetime
    is_late: bool


@dataclass(frozen=True)
class LevelDebt:
    """One level: how many owe, how many of them have not handed in, and when it was due."""

    code: str
    name: str
    owing: int
    missing: int
    due_at: datetime
    is_late: bool
    span: str


@dataclass(frozen=True)
class Debts:
    """One round: every level, and one page of the units of the asked level (all levels when none is asked)."""

    round_id: int
    form: str
    period: str
    levels: Sequence[LevelDebt]
    level: str
    rows: Sequence[Debtor]
    total: int

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


def owing(
    *, actor: Actor, round_id: int, at: datetime, level: str = "", page: int = 1, is_whole: bool = False
) -> Debts:
    """Who below the actor still owes the round; `is_whole` gives up to MOST_PRINTED rows, for print.

    Eight queries at any size, nine when the tree of the day must be built. Raises NotFound when there is no such round.
    """
    round_ = (
        Round.objects.filter(pk=round_id)
        .select_related("form_version__form", "period")
        .defer("form_version__data")
        .first()
    )
    if round_ is None:
        raise NotFound()
    tree = units.tree_on(round_.day)
    seen = _below(actor, tree)
    owe = [
        unit
        for unit in forms.owing_units(form_id=round_.form_version.form_id, day=round_.day, tree=tree)
        if tree.position(unit) in seen and tree.level(unit) in round_.deadlines
    ]
    states = dict(Report.objects.filter(round=round_).values_list("unit_id", "state"))
    missing = [unit for unit in owe if states.get(unit) not in rules.COUNTED]
    wanted = [unit for unit in missing if not level or tree.level(unit) == level]
    first = 0 if is_whole else (page - 1) * PAGE
    shown = wanted[first : first + (MOST_PRINTED if is_whole else PAGE)]
    return Debts(
        round_id=round_.pk,
        form=round_.form_version.form.label,
        period=round_.period.label,
        levels=_levels(round_, tree, owe, missing, at),
        level=level,
        rows=_debtors(round_, tree, shown, states, at),
        total=len(wanted),
    )


def _below(actor: Actor, tree: OrgTree) -> set[int]:
    """Positions strictly below the places the actor oversees, on the tree of the round's day."""
    seen: set[int] = set()
    for place in actor.reach(*_OVERSEERS).places:
        if place.unit_id in tree:
            seen.update(tree.subtree(place.unit_id)[1:])
    return seen


def _levels(
    round_: Round, tree: OrgTree, owe: Sequence[int], missing: Sequence[int], at: datetime
) -> Sequence[LevelDebt]:
    owing_at = Counter(tree.level(unit) for unit in owe)
    missing_at = Counter(tree.level(unit) for unit in missing)
    found = []
    for level in units.levels():
        if level.code in owing_at:
            due_at = datetime.fromisoformat(round_.deadlines[level.code])
            found.append(
                LevelDebt(
                    code=level.code,
                    name=level.label,
                    owing=owing_at[level.code],
                    missing=missing_at[level.code],
                    due_at=due_at,
                    is_late=rules.is_late(due_at=due_at, submitted_at=None, at=at),
                    span=rules.span(due_at, at),
                )
            )
    return found


def _debtors(
    round_: Round, tree: OrgTree, shown: Sequence[int], states: dict[int, str], at: datetime
) -> Sequence[Debtor]:
    parents = {unit: tree.parent(unit) for unit in shown}
    names = units.names({*shown, *(parent for parent in parents.values() if parent is not None)}, on=round_.day)
    found = []
    for unit in shown:
        due_at = datetime.fromisoformat(round_.deadlines[tree.level(unit)])
        parent, state = parents[unit], states.get(unit)
        found.append(
            Debtor(
                unit_id=unit,
                code=names[unit].code,
                unit=names[unit].name,
                unit_now=names[unit].now,
                above=names[parent].label if parent is not None else "",
                phone=names[unit].phone,
                state=state or "none",
                state_label=rules.State(state).label if state else rules.NOT_BEGUN_LABEL,
                due_at=due_at,
                is_late=rules.is_late(due_at=due_at, submitted_at=None, at=at),
            )
        )
    return found
