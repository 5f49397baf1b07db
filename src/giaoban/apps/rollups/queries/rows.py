"""Reports as the rows of a matrix, and what the ledger says about which of them changed."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from giaoban.apps.forms import queries as forms
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.rules import State
from giaoban.apps.rollups.rules import UnreadableReport
from giaoban.apps.units import queries as units
from giaoban.base.ledger.models import GENESIS, Entry
from giaoban.core.rollup import Layout, NotAFigure, Row, SlotState
from giaoban.files.matrix import Mark

FOLLOWED_AT_MOST = 20_000  # beyond so many entries reading a round anew is cheaper than following

log = logging.getLogger("giaoban.rollups")

_REPORT = Report._meta.label_lower
_REPLANNING = frozenset((*units.TREE_VERBS, *forms.DUTY_VERBS))
_SLOT_STATE = {
    State.DRAFT: SlotState.DRAFT,
    State.RETURNED: SlotState.DRAFT,
    State.SUBMITTED: SlotState.SUBMITTED,
    State.ACCEPTED: SlotState.ACCEPTED,
}


@dataclass(frozen=True)
class Told:
    """One report as it is stored; `figures` is the text of its JSON."""

    id: int
    round: int
    unit: int
    state: str
    figures: str
    is_nothing: bool


@dataclass(frozen=True)
class Since:
    """What the ledger tells from one entry up to another, both included."""

    seals: Mapping[int, str]  # by number of the entry
    changed: Mapping[int, int]  # report -> the last entry about it
    replanned: int  # the last entry that changed a tree or a duty; 0 when there is none

    def holds(self, marks: Collection[Mark]) -> bool:
        """Whether these marks are of this ledger."""
        return all(self.seals.get(mark.number, GENESIS if mark.number == 0 else "") == mark.seal for mark in marks)


def newest() -> Mark:
    """The last entry of the ledger. One query."""
    found = Entry.objects.order_by("-id").values_list("id", "hash").first()
    return Mark(*(found or (0, GENESIS)))


def since(first: int, last: int) -> Since:
    """The ledger from entry `first` to entry `last`. One query."""
    seals, changed, replanned = {}, {}, 0
    told = Entry.objects.filter(id__gte=first, id__lte=last).order_by("id")
    for number, seal, verb, kind, subject in told.values_list("id", "hash", "verb", "subject_kind", "subject_id"):
        seals[number] = seal
        if verb in _REPLANNING:
            replanned = number
        elif kind == _REPORT:
            changed[subject] = number
    return Since(seals, changed, replanned)


def changed_reports(reports: Collection[int], *, rounds: Collection[int]) -> list[Told]:
    """Those of the reports that belong to one of the rounds, as they are now. One query."""
    return [Told(*row) for row in _told(Report.objects.filter(pk__in=reports, round_id__in=rounds))]


def reports_of(round_id: int) -> Iterator[Told]:
    """Every report of a round, as it is now. One query."""
    return (Told(*row) for row in _told(Report.objects.filter(round_id=round_id)).iterator(chunk_size=2_000))


def _told(reports: QuerySet[Report]) -> QuerySet[Report, tuple[Any, ...]]:
    """Figures as the text they are stored in: the field's own decoding is most of reading a round anew."""
    told = reports.annotate(text=Cast("figures", TextField()))
    return told.values_list("id", "round_id", "unit_id", "state", "text", "is_nothing")


def encoded(layout: Layout, slot: int, told: Told) -> Row:
    """One report as a row of its matrix. Raises UnreadableReport, and writes it to the log."""
    try:
        figures = orjson.loads(told.figures)
        if not isinstance(figures, dict):
            raise UnreadableReport(report=told.id, field="figures")
        values, answered = layout.encode(figures, nothing=told.is_nothing)
        return Row(slot, _SLOT_STATE[State(told.state)], values, answered)
    except (NotAFigure, UnreadableReport, ValueError) as bad:
        field = bad.values["field"] if isinstance(bad, NotAFigure) else "figures"
        log.error("report %d cannot be added up: %s", told.id, field)
        raise UnreadableReport(report=told.id, field=field) from bad
