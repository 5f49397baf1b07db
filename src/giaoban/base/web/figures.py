"""What a template can draw: a figure and the shapes made of figures. Frozen data; queries fill it, templates write it.

Figures are whole numbers, or whole numbers scaled by 10**places. Shares are parts per million.
None is «chưa có số liệu»; it is never drawn as 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MILLION = 1_000_000
SCALE = (500_000, 700_000, 800_000, 900_000, 950_000, MILLION)  # lower bounds of the classes c1..c6


def shade(share_ppm: int | None) -> str:
    """The class of the completion scale for a share in parts per million.

    >>> [shade(share) for share in (None, 0, 500_000, 908_536, 999_999, 1_000_000)]
    ['none', 'c0', 'c1', 'c4', 'c5', 'c6']
    """
    if share_ppm is None:
        return "none"
    return f"c{sum(share_ppm >= bound for bound in SCALE)}"


@dataclass(frozen=True)
class Figure:
    """A figure as every page shows it: value, base, share, change, mark; one link to what it is made of.

    `whole` is the base the value is a part of, in the same scale; `change` is since the chosen day.
    `label` says what is counted (read aloud, not drawn), `noun` is the word drawn after the value,
    `key` names the figure on its page so that a live update can find it; `note` says what it was compared with,
    `aside` stands below a headline.
    """

    value: int | None
    whole: int | None = None
    places: int = 0
    change: int | None = None
    mark: Literal["", "live", "signed", "flagged"] = ""
    href: str = ""
    noun: str = ""
    label: str = ""
    size: Literal["s", "m", "headline"] = "m"
    key: str = ""
    note: str = ""
    aside: Choice | None = None

    @property
    def share_ppm(self) -> int | None:
        """The share of the base, rounded down, so that only the whole is a million; None without value or base."""
        if self.value is None or self.whole is None or self.whole <= 0:
            return None
        return max(0, min(MILLION, self.value * MILLION // self.whole))


@dataclass(frozen=True)
class Bar:
    """One bar of a ranked list. Without `share_ppm` the figure's own share is drawn."""

    label: str
    figure: Figure
    share_ppm: int | None = None
    note: str = ""
    href: str = ""

    @property
    def length(self) -> int:
        """Length in parts per million of the full bar; 0 when nothing is known."""
        return self.share_ppm if self.share_ppm is not None else self.figure.share_ppm or 0


@dataclass(frozen=True)
class Choice:
    """One of a few ways to look at the same thing: a link, one of them current."""

    label: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class Tile:
    """One unit of the tile map. `label` is short and drawn; `name`, if longer, is read aloud and shown on hover."""

    label: str
    code: str
    column: int
    row: int
    share_ppm: int | None
    figure: str
    href: str
    late: bool = False
    name: str = ""

    @property
    def shade(self) -> str:
        return shade(self.share_ppm)


@dataclass(frozen=True)
class TileMap:
    """Units laid out as the country lies; `beside` are those without territory. Order is the order of the tuple."""

    tiles: tuple[Tile, ...]
    beside: tuple[Tile, ...] = ()
    caption: str = ""
    legend: str = ""
    measures: tuple[Choice, ...] = ()
    beside_label: str = ""


@dataclass(frozen=True)
class Point:
    """One moment of a trend. `made_up` marks a value carried over or estimated, drawn hollow.

    `missing` says why there is no value, where it is not just unknown; `answers` how many of how many it is made of.
    """

    label: str
    value: int | None
    whole: int | None = None
    made_up: bool = False
    missing: str = ""
    answers: str = ""


@dataclass(frozen=True)
class TrendBreak:
    """A line before the point of that index: what was counted changed there; `note` says what it was before."""

    index: int
    label: str
    note: str


@dataclass(frozen=True)
class Trend:
    """A run of values; the deadline is a line before the point of that index, `previous` the round before, in grey.

    All values are scaled by 10**places.
    """

    points: tuple[Point, ...]
    breaks: tuple[TrendBreak, ...] = ()
    deadline_index: int | None = None
    previous: tuple[Point, ...] = ()
    caption: str = ""
    label: str = ""
    previous_label: str = ""
    answers_label: str = ""  # heads the column of answers, drawn where there is one
    deadline_label: str = ""
    href: str = ""
    places: int = 0
    width: int = 480
    height: int = 200


@dataclass(frozen=True)
class Column:
    """A period at the head of the completeness matrix."""

    label: str
    title: str = ""


@dataclass(frozen=True)
class Cell:
    """One report of the completeness matrix: a letter and a shade for its state, a corner when late."""

    letter: str
    shade: Literal["none", "draft", "submitted", "returned", "accepted", "signed"]
    late: bool
    href: str
    title: str


@dataclass(frozen=True)
class Row:
    """One unit of the completeness matrix, with one cell per column."""

    label: str
    cells: tuple[Cell, ...]
    href: str = ""
    figure: Figure | None = None
    note: str = ""  # of the label: «nay là …»


@dataclass(frozen=True)
class Pager:
    """Where a reader is in a long list, counted in rows; `total` None when it was not counted."""

    first: int
    last: int
    total: int | None = None
    before_href: str = ""
    after_href: str = ""


@dataclass(frozen=True)
class Entry:
    """One field of a report form as it is written in.

    `value` and `previous` are already written as text; `change` too. `fault` is a sentence.
    `check_url` is asked by POST when the field is left; it answers with this field again.
    """

    code: str
    label: str
    kind: Literal["whole", "scaled", "text", "prose", "day", "bool", "choice"] = "whole"
    value: str = ""
    noun: str = ""
    previous: str = ""
    change: str = ""
    hint: str = ""
    fault: str = ""
    warning: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    check_url: str = ""
    is_required: bool = False
    is_computed: bool = False
    is_proposed: bool = False
