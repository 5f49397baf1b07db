"""The live roll-up: matrices kept in this process, brought up to the ledger at every question.

A matrix is a disposable copy of the reports of one round; the rows are the truth. What it is as of is named by the
number and the hash of the last ledger entry it has seen: a ledger that went on is followed, any other ledger (a
restored backup, a rolled-back transaction) means building anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

import orjson
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from giaoban.apps.forms import queries as forms
from giaoban.apps.forms.models import Round
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.rules import State
from giaoban.apps.rollups.queries.spread import How, Spread, spread
from giaoban.apps.units import queries as units
from giaoban.base.ledger.models import GENESIS, Entry
from giaoban.core.rollup import Layout, Matrix, Row, Slots, SlotState

KEPT_MATRICES = 32
FOLLOWED_AT_MOST = 5_000  # beyond so many entries reading the rounds anew is cheaper than following

_REPORT = Report._meta.label_lower
_REBUILDING = frozenset((*units.TREE_VERBS, *forms.DUTY_VERBS))
_SLOT_STATE = {
    State.DRAFT: SlotState.DRAFT,
    State.RETURNED: SlotState.DRAFT,
    State.SUBMITTED: SlotState.SUBMITTED,
    State.ACCEPTED: SlotState.ACCEPTED,
}


@dataclass(frozen=True)
class Picture:
    """Several rounds as they stood at one ledger number. Good only inside the `picture` block that gave it."""

    head: int
    matrices: Mapping[int, Matrix]  # by round

    def spread(self, round_: Round, how: How, *, official: bool = False) -> Spread:
        """A measure at every unit of the round's tree; worked out once until a report of the round changes."""
        kept = _store.spreads.setdefault(round_.pk, {})
        if (how, official) not in kept:
            kept[how, official] = spread(how, self.matrices[round_.pk], official=official)
        return kept[how, official]


@dataclass
class _Store:
    """The matrices of this process, least recently asked first, all as of one ledger entry."""

    head: int = 0
    seal: str = GENESIS
    matrices: dict[int, Matrix] = field(default_factory=dict)
    spreads: dict[int, dict[tuple[How, bool], Spread]] = field(default_factory=dict)  # of the matrices, by round

    def drop(self, round_id: int) -> None:
        self.matrices.pop(round_id)
        self.spreads.pop(round_id, None)

    def clear(self) -> None:
        self.matrices.clear()
        self.spreads.clear()


_store = _Store()
_lock = RLock()


@contextmanager
def picture(rounds: Iterable[Round]) -> Iterator[Picture]:
    """The rounds' figures as of now, all of the same ledger number; nobody changes them inside the block.

    One query when nothing has happened since the last question, four when something has; five for each round that
    is not at hand. Raises core.rollup.NotAFigure when a stored figure is not what its field needs.
    """
    with _lock:
        _catch_up()
        asked = {round_.pk: _matrix(round_) for round_ in rounds}
        while len(_store.matrices) > max(KEPT_MATRICES, len(asked)):
            _store.drop(next(iter(_store.matrices)))
        yield Picture(_store.head, asked)


def _catch_up() -> None:
    head, seal = Entry.objects.order_by("-id").values_list("id", "hash").first() or (0, GENESIS)
    if (head, seal) == (_store.head, _store.seal):
        return
    if _store.matrices and not _followed(head):
        _store.clear()
    _store.head, _store.seal = head, seal


def _followed(head: int) -> bool:
    """Whether the kept matrices could be brought up to `head` entry by entry."""
    if not 0 < head - _store.head <= FOLLOWED_AT_MOST:
        return False
    if not Entry.objects.filter(id=_store.head, hash=_store.seal).exists():
        return False
    since = Entry.objects.filter(id__gt=_store.head, id__lte=head).values_list("verb", "subject_kind", "subject_id")
    changed: set[int] = set()
    for verb, kind, subject in since:
        if verb in _REBUILDING:
            return False
        if kind == _REPORT:
            changed.add(subject)
    if changed:
        rows = Report.objects.filter(pk__in=changed, round_id__in=list(_store.matrices))
        for round_id, unit, *told in _told(rows):
            _store.spreads.pop(round_id, None)
            matrix = _store.matrices[round_id]
            slot = matrix.slots.slot(unit) if unit in matrix.slots.tree else None
            if slot is not None:
                matrix.put_many([_row(matrix, slot, *told)])
    return True


def _matrix(round_: Round) -> Matrix:
    matrix = _store.matrices.pop(round_.pk, None) or _built(round_)
    _store.matrices[round_.pk] = matrix
    return matrix


def _built(round_: Round) -> Matrix:
    tree = units.tree_on(round_.day)
    owing = forms.owing_units(form_id=round_.form_version.form_id, day=round_.day, tree=tree)
    matrix = Matrix.empty(Layout(round_.form_version.spec.columns()), Slots(tree, owing))
    slots = {unit: slot for slot, unit in enumerate(matrix.slots.units.tolist())}
    rows = _told(Report.objects.filter(round=round_)).iterator(chunk_size=2_000)
    matrix.put_many(_row(matrix, slots[unit], *told) for _, unit, *told in rows if unit in slots)
    return matrix


def _told(reports: QuerySet[Report]) -> QuerySet[Report, tuple[Any, ...]]:
    """Round, unit, state, figures as the text they are stored in, and «không phát sinh» of each report.

    As text, because the field's own decoding of tens of thousands of reports is most of a cold start.
    """
    told = reports.annotate(text=Cast("figures", TextField()))
    return told.values_list("round_id", "unit_id", "state", "text", "is_nothing")


def _row(matrix: Matrix, slot: int, state: State, figures: str, is_nothing: bool) -> Row:  # noqa: FBT001
    values, answered = matrix.layout.encode(orjson.loads(figures), nothing=is_nothing)
    return Row(slot, _SLOT_STATE[state], values, answered)


def forget() -> None:
    """Drop everything kept, so that the next question reads the rows again."""
    with _lock:
        _store.clear()
