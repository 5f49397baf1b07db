"""What the island parser finds: words with a number or a calendar meaning, not yet placed on a calendar."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.core.reading.scaled import Scaled


@dataclass(frozen=True, kw_only=True)
class Token:
    """A span of the page that means one thing."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Consumed(Token):
    """Digits that are no fact: telephone numbers, ordinals, anniversaries, impossible days."""

    why: str


@dataclass(frozen=True, kw_only=True)
class Day(Token):
    """A day as written; what is left out is None."""

    day: int
    month: int | None = None
    year: int | None = None
    time: str | None = None
    daypart: str | None = None


@dataclass(frozen=True, kw_only=True)
class DayRange(Token):
    """From a day to a day; `last` is None when it is open."""

    first: Day
    last: Day | None
    anniversary: bool = False


@dataclass(frozen=True, kw_only=True)
class Month(Token):
    """A month, or the months up to `until` of the same year."""

    month: int
    year: int | None = None
    until: int | None = None


@dataclass(frozen=True, kw_only=True)
class Quarter(Token):
    """A quarter of a year."""

    quarter: int
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Months(Token):
    """The first or the last `count` months of a year (6 tháng đầu năm), or the last ones gone by (6 tháng qua)."""

    count: int
    last: bool = False
    past: bool = False
    bare: bool = False  # «9 tháng» alone: a period only in a text about those months
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Year(Token):
    """A year, or the years up to `until`; a term when `term`."""

    year: int
    until: int | None = None
    term: bool = False


@dataclass(frozen=True, kw_only=True)
class Relative(Token):
    """A stretch told from the document's day: tuần qua, tháng này, năm tới, đầu năm đến nay, cuối năm."""

    unit: str  # week | month | quarter | year
    shift: int = 0
    open: bool = False
    end_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Week(Token):
    """A week of a year by its number; weeks run from Monday to Sunday."""

    number: int
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class UntilEvent(Token):
    """From now until something that has no day: từ nay đến Đại hội XIII."""

    event: str


@dataclass(frozen=True, kw_only=True)
class Number(Token):
    """A count: `after` says that its noun stands before it, `cell` that it fills a table cell alone."""

    value: Scaled
    after: bool = False
    cell: bool = False
    none: bool = False


@dataclass(frozen=True, kw_only=True)
class Ratio(Token):
    """So many of so many; `share` when it is a fraction of a set and no count."""

    num: int
    den: int
    share: bool = False


@dataclass(frozen=True, kw_only=True)
class Percent(Token):
    """A percentage, or the range from `lo`."""

    pct: Scaled
    lo: Scaled | None = None


@dataclass(frozen=True, kw_only=True)
class Between(Token):
    """From a number to a number of things."""

    lo: Scaled
    hi: Scaled


@dataclass(frozen=True, kw_only=True)
class Money(Token):
    """An amount in `currency`."""

    value: Scaled
    currency: str


@dataclass(frozen=True, kw_only=True)
class Cited(Token):
    """A paper by type, number and symbol."""

    type: str
    number: str | None = None
    symbol: str | None = None
    body: str | None = None
    sure: bool = True


@dataclass(frozen=True, kw_only=True)
class Marker(Token):
    """The sign that opens an item of an enumeration. `line` when it opens its line, `depth` for 1.1."""

    style: str
    ordinal: int | None
    line: bool = False
    depth: int = 1
