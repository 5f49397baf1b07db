"""What a reading consists of: facts with evidence.

A fact names the half-open span of the canonical text it was read from, its words, and how sure the reader is.
A kind added later is one more dataclass here; `as_json` needs no change.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar

from giaoban.core.reading.scaled import Scaled

SURE, LIKELY, GUESS = "sure", "likely", "guess"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Base of every fact: where it stands and what is written there."""

    kind: ClassVar[str]

    start: int
    end: int
    quote: str
    confidence: str = SURE

    def as_json(self) -> dict[str, object]:
        """The fact as the reading contract writes it; what is not known is left out."""
        rows = {item.name: _plain(getattr(self, item.name)) for item in fields(self)}
        known = {name: value for name, value in rows.items() if value is not None or name in self.always}
        return {"kind": self.kind, **known}

    always: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Check:
    """Whether a published figure agrees with its parts. It is flagged, never repaired."""

    computed: Scaled
    stated: Scaled
    verdict: str  # ok | warn | mismatch


@dataclass(frozen=True, kw_only=True)
class Figure(Fact):
    """A number that says how many. Integers and scaled integers, never floats."""

    kind = "figure"

    sub: str  # ratio | count | percent | range | money
    num: int | None = None
    den: int | None = None
    value: Scaled | None = None
    lo: Scaled | None = None
    hi: Scaled | None = None
    pct: Scaled | None = None
    pct_approx: str | None = None
    approx: str | None = None
    unit: str | None = None
    scope: str | None = None
    as_of: date | None = None
    part_of: int | None = None
    parent: int | None = None
    delta: str | None = None
    share: bool | None = None
    check: Check | None = None


@dataclass(frozen=True, kw_only=True)
class DateFact(Fact):
    """A day. `role` is published, event, document or other."""

    kind = "date"

    iso: date
    time: str | None = None
    daypart: str | None = None
    role: str = "other"
    year_inferred: bool | None = None


@dataclass(frozen=True, kw_only=True)
class PeriodFact(Fact):
    """A stretch of days, both ends included as the contract writes them; a term has years as ends."""

    kind = "period"
    always = frozenset({"start_date", "end_date"})

    sub: str
    start_date: date | str | None
    end_date: date | str | None
    role: str = "reporting"
    year_inferred: bool | None = None


@dataclass(frozen=True, kw_only=True)
class AsOf(Fact):
    """The day at which figures stood."""

    kind = "as_of"

    iso: date


@dataclass(frozen=True, kw_only=True)
class Deadline(Fact):
    """By when something is due: a day, an event, or a day that comes back every month."""

    kind = "deadline"
    always = frozenset({"iso"})

    iso: date | None
    time: str | None = None
    strict: bool | None = None
    event: str | None = None
    recurring: str | None = None


@dataclass(frozen=True, kw_only=True)
class Citation(Fact):
    """A paper referred to. `symbol` has TƯ written as TW; a number keeps its leading zero."""

    kind = "citation"
    always = frozenset({"number", "symbol"})

    type: str
    number: str | None = None
    symbol: str | None = None
    body: str | None = None
    date: date | None = None
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class Directive(Fact):
    """One item of an enumeration, or a sentence that tells somebody to act."""

    kind = "directive"

    ordinal: int | None = None
    style: str = "cue"  # la | thu | paren | num | letter | dash | step | article | row | cue
    role: str = "directive"  # directive | result | lesson | agenda | plan
    speaker: str | None = None
    deadline: date | None = None
    warn: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person(Fact):
    """A person named, with the posts the text gives in the order it gives them; the span is the name alone.

    `former`: the text says that the posts were held before.
    """

    kind = "person"

    titles: tuple[str, ...] = ()
    honorific: str | None = None
    former: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Task(Fact):
    """What a superior body assigned: how many, of which parts, and how many items are then listed."""

    kind = "task"
    always = frozenset({"assigner", "count"})

    assigner: str | None
    count: int | None = None
    parts: tuple[int, ...] | None = None
    listed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Event(Fact):
    """A meeting or occasion; `sites` counts the places joined online, `main` is the one a text reports on."""

    kind = "event"
    always = frozenset({"type", "date"})

    type: str
    date: date | None = None
    online: bool | None = None
    sites: int | None = None
    place: str | None = None
    chair: str | None = None
    main: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Issuer(Fact):
    """The body that speaks in a document, where it is first named."""

    kind = "issuer"

    name: str


@dataclass(frozen=True, kw_only=True)
class Byline(Fact):
    """Who wrote a text or took its pictures; `role` is text or photo."""

    kind = "byline"

    name: str
    role: str = "text"


@dataclass(frozen=True, kw_only=True)
class Award(Fact):
    """A distinction by name. `level` is that of the body that confers it.

    state (President), government (Prime Minister), central (a ministry, a central body), province, district, base,
    party (the Party badge).
    """

    kind = "award"

    name: str
    level: str | None = None


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Scaled):
        return value.as_number()
    if isinstance(value, Check):
        return {
            "computed": value.computed.as_number(),
            "stated": value.stated.as_number(),
            "verdict": value.verdict,
        }
    return value
