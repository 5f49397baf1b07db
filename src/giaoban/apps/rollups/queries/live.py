"""The live roll-up: the figures of several rounds as of one entry of the ledger, whichever process asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from threading import RLock

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups.queries import keeping, rows
from giaoban.apps.rollups.queries.keeping import Kept
from giaoban.apps.rollups.queries.spread import How, Spread
from giaoban.base.databases import may_be_undone
from giaoban.core.rollup import Matrix
from giaoban.files.matrix import Mark

TRIES_SHARED = 4  # after so many tries in which others were quicker, a question has the shelf alone

_lock = RLock()  # one question of this process at a time


class AskedTwice(RuntimeError):
    """A picture was asked for within another, whose shelf it would wait for: a bug."""


@dataclass(frozen=True)
class Picture:
    """Several rounds as they stood at one ledger number. Good only inside the `picture` block that gave it."""

    head: int
    kept: Mapping[int, Kept]  # by round
    closed: Collection[int] = ()  # rounds that a later one of the same form follows here

    @property
    def matrices(self) -> Mapping[int, Matrix]:
        return {pk: one.matrix for pk, one in self.kept.items()}

    def spread(self, round_: Round, how: How, *, official: bool = False) -> Spread:
        """A measure at every unit of the round's tree; worked out once until a report of the round changes."""
        return self.kept[round_.pk].spread(how, official=official, is_closed=round_.pk in self.closed)


def _as_of(head: Mark, asked: Collection[int]) -> Picture:
    kept = {pk: keeping.store.kept[pk] for pk in asked}
    last: dict[int, date] = {}
    for one in kept.values():
        last[one.plan.form_id] = max(one.plan.day, last.get(one.plan.form_id, one.plan.day))
    return Picture(head.number, kept, {pk for pk, one in kept.items() if one.plan.day < last[one.plan.form_id]})


@contextmanager
def picture(rounds: Iterable[Round]) -> Iterator[Picture]:
    """The rounds' figures as of now, all of the same ledger number; nobody changes them inside the block.

    One query when nothing has happened since the last question, two when something has; a few for each round that
    this process does not have at hand. Inside a transaction the figures are what it sees, for itself alone.
    Raises rules.UnreadableReport when a stored report cannot be added up; nothing has changed then.
    """
    asked = {round_.pk: round_ for round_ in rounds}
    with _alone_here():
        if may_be_undone():
            with keeping.shelf().reading():
                head, copies = keeping.of_transaction(asked)
                yield Picture(head.number, copies)
            return
        told = rows.lately(keeping.store.seen)
        head = told.head
        for tried in count():
            with keeping.shelf().reading():
                if keeping.all_at(head, asked):
                    yield _as_of(head, asked)
                    return
            kept = keeping.at_hand(asked)
            if tried:
                told = rows.lately(keeping.store.seen)
            if tried < TRIES_SHARED:
                lost = keeping.catch_up(kept, told=told)
            else:
                with keeping.shelf().writing():
                    lost = keeping.catch_up(kept, told=rows.lately(keeping.store.seen), has_shelf=True)
                    if keeping.all_at(keeping.store.seen, asked):
                        yield _as_of(keeping.store.seen, asked)
                        return
            for one in lost:
                keeping.rebuild(one)
            head = keeping.store.seen


@contextmanager
def _alone_here() -> Iterator[None]:
    with _lock:
        if keeping.store.is_asked:
            raise AskedTwice
        keeping.store.is_asked = True
        try:
            yield
        finally:
            keeping.store.is_asked = False


def rebuild(round_: Round, *, watched: keeping.Watched = iter) -> None:
    """Build a round's matrix anew from its reports, whatever is there; `watched` sees each report go by.

    Raises rules.UnreadableReport; what was there remains then.
    """
    with _alone_here():
        keeping.renew(round_, watched)


def forget() -> None:
    """Drop everything kept, so that the next question reads the rows again."""
    with _alone_here():
        keeping.forget()
