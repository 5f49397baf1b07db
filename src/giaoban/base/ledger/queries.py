"""The read side of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from giaoban.base.access import Actor
from giaoban.base.databases import prefix_end
from giaoban.base.ledger.models import GENESIS, Entry

PAGE = 50
READ = "read"


@dataclass(frozen=True)
class Line:
    """One entry as a page writes it."""

    id: int
    at: datetime
    actor_name: str
    verb: str
    subject_kind: str
    subject_id: int


@dataclass(frozen=True)
class Extract:
    """One entry whole, with its place in the chain."""

    line: Line
    facts: dict[str, object]
    hash: str
    previous_hash: str
    is_sound: bool


def _line(entry: Entry) -> Line:
    return Line(entry.id, entry.at, entry.actor_name, entry.verb, entry.subject_kind, entry.subject_id)


def newest(*, actor: Actor, before: int | None = None, verb: str = "", place: str = "") -> Sequence[Line]:
    """The newest entries the actor may see, at most PAGE, older than `before`; `place` keeps to a part of the tree."""
    entries = Entry.objects.allowed(actor, READ).order_by("-id")
    if place:
        entries = entries.filter(place__gte=place, place__lt=prefix_end(place))
    if before is not None:
        entries = entries.filter(id__lt=before)
    if verb:
        entries = entries.filter(verb=verb)
    return [_line(entry) for entry in entries[:PAGE]]


def newest_extract(*, actor: Actor) -> Extract | None:
    """The newest entry the actor may see, with the check of its seal; None in an empty ledger. Two queries."""
    entry = Entry.objects.allowed(actor, READ).order_by("-id").first()
    return None if entry is None else _extract(entry)


def extract(*, actor: Actor, entry_id: int) -> Extract:
    """One entry with the check that it still fits the chain. Raises NotFound."""
    return _extract(Entry.objects.allowed(actor, READ).one(entry_id))


def _extract(entry: Entry) -> Extract:
    previous = Entry.objects.filter(id=entry.id - 1).values_list("hash", flat=True).first() or GENESIS
    return Extract(
        line=_line(entry),
        facts=entry.facts,
        hash=entry.hash,
        previous_hash=previous,
        is_sound=entry.sealed(previous) == entry.hash,
    )
