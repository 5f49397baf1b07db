"""The ledger as rooms read it: on from a mark, or the stretch that somebody missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from giaoban.base.ledger.models import Entry
from giaoban.base.live.beat import asked
from giaoban.base.live.memory import AT_ONCE

_COLUMNS = ("id", "verb", "subject_kind", "subject_id", "facts")


@dataclass(frozen=True)
class Heard:
    """An entry as a room hears it."""

    id: int
    verb: str
    subject_kind: str
    subject_id: int
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Mark:
    """How far the ledger was read: the number and the seal of the last entry, so that another ledger is noticed."""

    id: int
    seal: str


@dataclass(frozen=True)
class Growth:
    """What came after a mark, oldest first, and the new mark.

    `is_another`: the ledger is no longer the one that was read, it was set back; `has_more`: the batch was full.
    """

    mark: Mark
    entries: tuple[Heard, ...] = ()
    is_another: bool = False
    has_more: bool = False


def read_on(mark: Mark | None) -> Growth | None:
    """What the ledger holds after `mark`, at most one batch; without a mark only where it ends.

    One query, which reads the marked entry again: when it is gone or has another seal, the ledger was set back.
    None when the database does not answer.
    """
    return asked(lambda: _from_end() if mark is None else _from(mark))


def missed(after: int, until: int) -> tuple[Heard, ...] | None:
    """The entries in (after, until]. None when the database does not answer."""
    between = Entry.objects.after(after).filter(id__lte=until).values_list(*_COLUMNS)
    return asked(lambda: tuple(Heard(*row) for row in between))


def _from_end() -> Growth:
    last = Entry.objects.order_by("-id").values_list("id", "hash").first() or (0, "")
    return Growth(Mark(*last))


def _from(mark: Mark) -> Growth:
    rows = list(Entry.objects.after(mark.id - 1).values_list("hash", *_COLUMNS)[: AT_ONCE + 1])
    if mark.id:
        if not rows or (rows[0][1], rows[0][0]) != (mark.id, mark.seal):
            return Growth(_from_end().mark, is_another=True)
        del rows[0]
    if not rows:
        return Growth(mark)
    return Growth(
        Mark(rows[-1][1], rows[-1][0]),
        tuple(Heard(*row[1:]) for row in rows),
        has_more=len(rows) >= AT_ONCE,
    )
