"""Reports as the rows of a matrix, and what the ledger says about which of them changed."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np
import orjson
from django.db import connection

from giaoban.apps.forms import queries as forms
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.rules import State
from giaoban.apps.rollups.rules import UnreadableReport
from giaoban.apps.units import queries as units
from giaoban.base.ledger.models import GENESIS, Entry
from giaoban.core.rollup import Block, Given, Layout, NotAFigure, Row, SlotState, encode_many
from giaoban.files.matrix import Mark

FOLLOWED_AT_MOST = 20_000  # beyond so many entries reading a round anew is cheaper than following

log = logging.getLogger("giaoban.rollups")

_ASKED_AT_ONCE = 400
_LEDGER, _REPORTS = Entry._meta.db_table, Report._meta.db_table
_AT_ONCE = 2_000
# put together once: building a query anew is most of what a question costs
_READ = f"SELECT id, round_id, unit_id, state, CAST(figures AS text), is_nothing FROM {_REPORTS}"
_SOME_REPORTS, _ALL_REPORTS = _READ + " WHERE id IN ({}) AND round_id IN ({})", _READ + " WHERE round_id = %s"
_REPORT = Report._meta.label_lower
_REPLANNING = frozenset((*units.TREE_VERBS, *forms.DUTY_VERBS))
_LOWEST = "-9223372036854775808"
_SLOT_STATE: Mapping[str, SlotState] = {
    State.DRAFT: SlotState.DRAFT,
    State.RETURNED: SlotState.DRAFT,
    State.SUBMITTED: SlotState.SUBMITTED,
    State.ACCEPTED: SlotState.ACCEPTED,
}


class Told(NamedTuple):
    """One report as it is stored; `figures` is the text of its JSON."""

    id: int
    round: int
    unit: int
    state: str
    figures: str
    is_nothing: bool


@dataclass(frozen=True)
class Since:
    """What the ledger tells from entry number `first` up to `head`, both included."""

    first: int
    head: Mark
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


def since(first: int, last: Mark) -> Since:
    """The ledger from entry `first`, or as far back as following is worth it, to entry `last`. One query."""
    first = max(first, last.number - FOLLOWED_AT_MOST)
    return _told_by([entry for entry in _entries(first) if entry[0] <= last.number], first=first, last=last)


def lately(seen: Mark) -> Since:
    """The ledger from an entry seen before to its end. One query; a second one when there is too much to follow."""
    if seen.number:
        entries = _entries(seen.number)
        if entries and len(entries) <= FOLLOWED_AT_MOST:
            return _told_by(entries, first=seen.number, last=Mark(*entries[-1][:2]))
    head = newest()
    return Since(head.number, head, {head.number: head.seal}, {}, 0)


def _entries(first: int) -> list[tuple[int, str, str, str, int]]:
    """Entries from a number on, somewhat more than are worth following. Asked with every page, so not put together
    anew each time."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, hash, verb, subject_kind, subject_id FROM {_LEDGER} WHERE id >= %s ORDER BY id LIMIT %s",
            [first, FOLLOWED_AT_MOST + 2],
        )
        found: list[tuple[int, str, str, str, int]] = cursor.fetchall()
        return found


def _told_by(entries: Sequence[tuple[int, str, str, str, int]], *, first: int, last: Mark) -> Since:
    seals, changed, replanned = {}, {}, 0
    for number, seal, verb, kind, subject in entries:
        seals[number] = seal
        if verb in _REPLANNING:
            replanned = number
        elif kind == _REPORT:
            changed[subject] = number
    return Since(first, last, seals, changed, replanned)


def changed_reports(reports: Collection[int], *, rounds: Collection[int]) -> list[Told]:
    """Those of the reports that belong to one of the rounds, as they are now. One query for some hundreds."""
    found: list[Told] = []
    waiting = iter(reports)
    with connection.cursor() as cursor:
        while some := list(islice(waiting, _ASKED_AT_ONCE)):
            sql = _SOME_REPORTS.format(", ".join(["%s"] * len(some)), ", ".join(["%s"] * len(rounds)))
            cursor.execute(sql, [*some, *rounds])
            found += map(Told._make, cursor.fetchall())
    return found


def reports_of(round_id: int) -> Iterator[Told]:
    """Every report of a round, as it is now. One query."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ALL_REPORTS, [round_id])
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from map(Told._make, rows)


def encoded_many(layout: Layout, told: Sequence[tuple[int, Told]]) -> Block:
    """Reports with their slots as rows of their matrix. Raises UnreadableReport, and writes it to the log."""
    try:
        values, answered = encode_many(layout, (_given(one) for _, one in told))
        states = np.array([_SLOT_STATE[one.state] for _, one in told], np.uint8)
        return Block(np.array([slot for slot, _ in told], np.int64), states, values, answered)
    except (NotAFigure, TypeError, KeyError, ValueError):
        for slot, one in told:
            encoded(layout, slot, one)  # says which
        raise


def _given(told: Told) -> Given:
    return Given(orjson.loads(told.figures), told.is_nothing, _is_plain(told.figures))


def _is_plain(figures: str) -> bool:
    """Whether no figure is true, false or the lowest number; by endings, since codes of fields often begin so.

    A single letter is found many times quicker than a word, and mostly it is not there at all.
    """
    return not (
        ("u" in figures and "rue" in figures)
        or ("l" in figures and "alse" in figures)
        or ("-" in figures and _LOWEST in figures)
    )


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
