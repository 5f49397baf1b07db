"""The matrices this process has mapped, and how they are opened, built from the reports, and brought up to the ledger.

The rows are the truth; a file is a disposable copy of them, named by the last ledger entry it has seen and that entry's
hash. A ledger that went on is followed; any other ledger, as after a restore, means building anew.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups.queries import rows
from giaoban.apps.rollups.queries.planning import Plan, forget_slots, plans
from giaoban.apps.rollups.queries.spread import How, Spread, spread
from giaoban.apps.rollups.queries.working_out import WorkedOut
from giaoban.base.databases import many_rows
from giaoban.core.rollup import Matrix, Row
from giaoban.files.matrix import NOWHERE, Mapped, Mark, Shelf, Status, Unusable

KEPT_ROUNDS = 96  # rounds one process keeps mapped
AWAKE_ROUNDS = 12  # of them, those for which it keeps what it worked out
CHECKPOINT_EVERY = 5_000  # ledger entries: a start of the machine replays no more than about so many

Watched = Callable[[Iterator[rows.Told]], Iterable[rows.Told]]  # lets somebody see the reports go by

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}


@dataclass
class Kept:
    """A round's matrix as one process has it, and what was worked out from it since it last changed."""

    plan: Plan
    mapped: Mapped
    matrix: Matrix = field(init=False)
    sums: WorkedOut | None = None
    _spreads: dict[tuple[How, bool], Spread] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.matrix = self.plan.matrix(self.mapped)

    def spread(self, how: How, *, official: bool, is_closed: bool) -> Spread:
        """A measure at every unit, worked out once until the matrix changes. The shelf is held.

        `is_closed`: the round is over, so that what is worked out is worth storing for all.
        """
        changes = self.mapped.status().changes
        if self.sums is None or self.sums.changes != changes or self.sums.is_stored != is_closed:
            path = shelf().totals_path(self.plan.name) if is_closed else None
            self.sums = WorkedOut(self.plan, self.matrix, changes=changes, path=path)
            self._spreads.clear()
        if (how, official) not in self._spreads:
            self._spreads[how, official] = spread(how, self.sums, official=official)
        return self._spreads[how, official]

    def rest(self) -> None:
        """Keep nothing that was worked out: it is worked out again when it is asked for."""
        self.sums = None
        self._spreads.clear()

    def put(self, decoded: Sequence[Row], to: Mark) -> None:
        """Put what changed and move the sequence to the mark. The shelf is held alone, or nobody else sees it."""

        def put() -> bool:
            self.matrix.put_many(decoded)
            return bool(decoded)

        self.mapped.write(to, put)

    def is_at(self, mark: Mark) -> bool:
        """Whether it holds everything up to the mark, under the name others know. The shelf is held."""
        status = self.mapped.status()
        is_there = self.mapped.is_in_place(shelf().path(self.plan.name))
        return is_there and status.sequence == mark and not status.is_dirty


@dataclass
class Store:
    """What this process has mapped, least recently asked first; the plans are as of the ledger entry `seen`."""

    seen: Mark = NOWHERE
    kept: dict[int, Kept] = field(default_factory=dict)
    is_asked: bool = False  # whether a question is being answered


store = Store()


def shelf() -> Shelf:
    """Where this installation's matrices stand."""
    return _shelf_at(settings.ROLLUPS_ROOT)


@lru_cache(maxsize=4)
def _shelf_at(folder: str | Path) -> Shelf:
    return Shelf(Path(folder))


# ---------------------------------------------------------------- at hand


def all_at(head: Mark, asked: Iterable[int]) -> bool:
    """Whether every round asked for is mapped and as of `head`. The shelf is held."""
    return store.seen == head and all(pk in store.kept and store.kept[pk].is_at(head) for pk in asked)


def at_hand(asked: Mapping[int, Round]) -> dict[int, Kept]:
    """What is asked for, mapped; built from the reports where it is not there. Raises rules.UnreadableReport."""
    if not store.kept:
        store.seen = rows.newest()  # before the plans are made: they are of this entry or a later one
    known = {pk: one.plan for pk, one in store.kept.items() if pk in asked}
    known |= plans([round_ for pk, round_ in asked.items() if pk not in known])
    found, built = {}, False
    for pk, wanted in known.items():
        kept = store.kept.pop(pk, None)
        if kept is None or not kept.mapped.is_in_place(shelf().path(wanted.name)):
            try:
                kept = Kept(wanted, _opened(wanted))
            except Unusable:
                kept, built = _built(wanted), True
        store.kept[pk] = found[pk] = kept
        shelf().touch(wanted.name)
    while len(store.kept) > max(KEPT_ROUNDS, len(asked)):
        store.kept.pop(next(iter(store.kept)))
    for resting in list(store.kept.values())[: -max(AWAKE_ROUNDS, len(asked))]:
        resting.rest()
    if built:
        with shelf().writing():
            shelf().tidy(keep=[one.plan.name for one in found.values()])
    return found


def _opened(wanted: Plan) -> Mapped:
    with shelf().writing():
        return Mapped.open(shelf().path(wanted.name), key=wanted.key, shape=wanted.shape)


def _built(wanted: Plan, *, instead_of: Mapped | None = None, watched: Watched = iter) -> Kept:
    """The matrix of a round from its reports, unless somebody else has built it meanwhile."""
    path = shelf().path(wanted.name)
    with shelf().building(wanted.name):
        try:
            found = _opened(wanted)
            if instead_of is None or not instead_of.is_in_place(path):
                return Kept(wanted, found)
        except Unusable:
            pass
        try:
            Mapped.build(path, key=wanted.key, shape=wanted.shape, fill=lambda page: _fill(wanted, page, watched))
        except OSError as full:
            if full.errno not in _NO_ROOM:
                raise
            rows.log.warning("the roll-up is kept in memory: %s", full)
            return in_memory(wanted)
        return Kept(wanted, _opened(wanted))


def _fill(wanted: Plan, mapped: Mapped, watched: Watched = iter) -> Mark:
    """Put every report of the round into an empty matrix; returns what it is as of. Two queries."""
    head = rows.newest()
    matrix = wanted.matrix(mapped)
    with many_rows():
        matrix.fill(wanted.blocks(watched(rows.reports_of(wanted.round_id))))
    return head


def in_memory(wanted: Plan) -> Kept:
    """A round's matrix from its reports in memory that nobody else sees."""
    mapped = Mapped.in_memory(key=wanted.key, shape=wanted.shape)
    mapped.finish(_fill(wanted, mapped))
    return Kept(wanted, mapped)


def rebuild(lost: Kept) -> None:
    """Build anew what cannot be followed."""
    store.kept.pop(lost.plan.round_id, None)
    store.kept[lost.plan.round_id] = _built(lost.plan, instead_of=lost.mapped)


def renew(round_: Round, watched: Watched) -> None:
    """Build a round's matrix anew, whatever is there. Raises rules.UnreadableReport; then what was there remains."""
    store.kept.pop(round_.pk, None)
    wanted = plans([round_])[round_.pk]
    try:
        old = _opened(wanted)
    except Unusable:
        old = None
    _built(wanted, instead_of=old, watched=watched)


# ---------------------------------------------------------------- following the ledger


def catch_up(kept: Mapping[int, Kept], *, told: rows.Since, has_shelf: bool = False) -> list[Kept]:
    """Bring matrices up to what the ledger told, or further, to `store.seen`; returns those to be built anew instead.

    What others did meanwhile is left for the next try, unless the caller has the shelf alone (`has_shelf`).
    One query, more for what others left. Raises rules.UnreadableReport, and nothing has changed then.
    """
    with nullcontext() if has_shelf else shelf().reading():
        before = {pk: one.mapped.status() for pk, one in kept.items()}
    head, marks = told.head, [store.seen, *(status.sequence for status in before.values())]
    if any(status.is_dirty or status.sequence.number > head.number for status in before.values()):
        head = rows.newest()  # after the look at the files: whatever a dead writer brought in is in the ledger by now
        told = _told(head, marks)
    elif told.first > min(mark.number for mark in marks):
        told = _told(head, marks)
    if not told.holds([store.seen]) or told.replanned > store.seen.number:
        store.kept.clear()
        return []
    store.seen = head
    stale = {pk: one for pk, one in kept.items() if before[pk].is_dirty or before[pk].sequence != head}
    follows = {pk: one for pk, one in stale.items() if told.holds(before[pk].claims)}
    _follow(follows, before, told, head, has_shelf=has_shelf)
    return [one for pk, one in stale.items() if pk not in follows]


def _told(head: Mark, marks: Sequence[Mark]) -> rows.Since:
    """The ledger from the earliest of the marks on, as far as following is worth it."""
    return rows.since(min(mark.number for mark in marks), head)


def changed_rows(follows: Mapping[int, Kept], before: Mapping[int, Status], told: rows.Since) -> dict[int, list[Row]]:
    """By round, what changed since each matrix's sequence, as it is now. One query when something did."""
    earliest = min((before[pk].sequence.number for pk in follows), default=0)
    changed = [report for report, entry in told.changed.items() if entry > earliest]
    found: dict[int, list[rows.Told]] = {pk: [] for pk in follows}
    for one in rows.changed_reports(changed, rounds=list(follows)) if changed and follows else []:
        found[one.round].append(one)
    return {pk: list(one.plan.rows(found[pk])) for pk, one in follows.items()}


def _follow(
    follows: Mapping[int, Kept], before: Mapping[int, Status], told: rows.Since, head: Mark, *, has_shelf: bool
) -> None:
    """Put what changed. Everything is decoded first, so that a row that cannot be read changes nothing."""
    decoded = changed_rows(follows, before, told)
    after = {}
    with nullcontext() if has_shelf else shelf().writing():
        for pk, one in follows.items():
            if one.mapped.status() == before[pk]:  # else somebody was quicker, perhaps with later rows
                one.put(decoded[pk], head)
            after[pk] = one.mapped.status()
    for pk, one in follows.items():
        _checkpoint(one.mapped, after[pk], has_shelf=has_shelf)


def _checkpoint(mapped: Mapped, status: Status, *, has_shelf: bool) -> None:
    """Now and then make sure that what was in memory is on disk, too."""
    if status.is_dirty or status.sequence.number - status.durable.number < CHECKPOINT_EVERY:
        return
    mapped.sync()
    with nullcontext() if has_shelf else shelf().writing():
        mapped.note_durable(status.sequence)


# ---------------------------------------------------------------- inside a transaction


def of_transaction(asked: Mapping[int, Round]) -> tuple[Mark, dict[int, Kept]]:
    """What an open transaction sees, in copies that nobody else does: it may be undone. The shelf is held."""
    head = rows.newest()
    known = {pk: store.kept[pk].plan for pk in asked if pk in store.kept and store.seen == head}
    known |= plans([round_ for pk, round_ in asked.items() if pk not in known])
    return head, {pk: _copy(wanted, head) for pk, wanted in known.items()}


def _copy(wanted: Plan, head: Mark) -> Kept:
    try:
        copied = Kept(wanted, Mapped.copy(shelf().path(wanted.name), key=wanted.key, shape=wanted.shape))
    except Unusable:
        return in_memory(wanted)
    return copied if follow_alone(copied, head) else in_memory(wanted)


def follow_alone(copied: Kept, head: Mark) -> bool:
    """Bring a matrix nobody else sees up to the ledger; False when it is not of this ledger, or too far behind."""
    status = copied.mapped.status()
    if status.sequence == head and not status.is_dirty:
        return True
    told = _told(head, [status.sequence])
    if not told.holds(status.claims):
        return False
    round_id = copied.plan.round_id
    copied.put(changed_rows({round_id: copied}, {round_id: status}, told)[round_id], head)
    return True


def forget() -> None:
    """Let go of everything and clear the shelf, so that the next question reads the rows again."""
    let_go()
    with shelf().writing():
        for name in shelf().names():
            shelf().remove(name)


def let_go() -> None:
    """Let go of everything this process has mapped, as when it ends."""
    store.kept.clear()
    store.seen = NOWHERE
    forget_slots()
