"""Walk the chain: is every entry still the one that was sealed?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from giaoban.base.ledger.models import GENESIS, Entry

_BATCH = 5_000


class Break(Enum):
    """How a chain can be broken."""

    MISSING = "missing"  # a number that was given is not there
    CHANGED = "changed"  # the entry, or the seal it carries, is not what was written


@dataclass(frozen=True)
class Verdict:
    """What the walk found. `head` is the last entry that still fits, with its hash; keep it elsewhere, and a
    later walk shows whether entries were cut off at the end."""

    entries: int  # walked and sound
    head: int
    hash: str
    broken: int | None = None  # number of the first entry that does not fit
    how: Break | None = None

    @property
    def is_sound(self) -> bool:
        return self.broken is None


def verify(on_progress: Callable[[int], None] = lambda walked: None) -> Verdict:
    """Recompute every seal from the first entry on; stops at the first that does not fit.

    `on_progress` hears the number of entries walked, after each batch.
    """
    head, previous = 0, GENESIS
    for entry in Entry.objects.order_by("id").iterator(chunk_size=_BATCH):
        if entry.id != head + 1:
            return Verdict(head, head, previous, broken=head + 1, how=Break.MISSING)
        if entry.sealed(previous) != entry.hash:
            return Verdict(head, head, previous, broken=entry.id, how=Break.CHANGED)
        head, previous = entry.id, entry.hash
        if head % _BATCH == 0:
            on_progress(head)
    on_progress(head)
    return Verdict(head, head, previous)
