"""Where things are drawn: pure geometry in whole units, so that templates only write attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from giaoban.base.web.figures import Point, Tile, TileMap, Trend
from giaoban.core.text_vi.numbers import write_scaled

LEFT, RIGHT, TOP, BOTTOM = 44, 88, 20, 24  # room for labels around the drawing
INSET = 10  # from the axis to the first dot, so that it does not lie on a label
MANY = 14  # points beyond which dots are small
MOST = 30  # points beyond which a dot is drawn only where it says something of its own
LETTER, APART = 8, 56  # room for a letter of a label, and least room for one label
_NICE = (1, 2, 3, 4, 6, 12, 24, 48)  # every so manieth label, so that long runs show the same month of each year

_Along = Callable[[int], int]


@dataclass(frozen=True)
class Plan:
    """A tile map on its grid. `beside_column`/`beside_row` is where the units without territory begin."""

    tiles: tuple[Tile, ...]
    beside: tuple[Tile, ...]
    beside_column: int
    beside_row: int
    legend_column: int
    legend_row: int


def plan(units: TileMap) -> Plan:
    """Lay a tile map out: units without territory stand in the free corner below, the legend in the free left."""
    taken = {(tile.column, tile.row) for tile in units.tiles}
    columns = max((column for column, _ in taken), default=0) + 1
    rows = max((row for _, row in taken), default=0) + 1
    height = len(units.beside) + 1
    corner = [(column, row) for column in range(columns - 3, columns) for row in range(rows - height, rows)]
    is_free = height <= rows and columns >= 3 and not taken.intersection(corner)
    return Plan(
        tiles=units.tiles,
        beside=tuple(units.beside),
        beside_column=columns - 3 if is_free else 0,
        beside_row=rows - height if is_free else rows,
        legend_column=0,
        legend_row=_free_rows(taken, rows),
    )


def _free_rows(taken: set[tuple[int, int]], rows: int, wide: int = 2, high: int = 8) -> int:
    """The first row from which `high` rows of the first `wide` columns are free, or the row below all."""
    for first in range(rows - high + 1):
        block = {(column, row) for column in range(wide) for row in range(first, first + high)}
        if not taken & block:
            return first
    return rows + 1


@dataclass(frozen=True)
class Dot:
    """One drawn point with what a reader sees and hears of it."""

    x: int
    y: int
    point: Point
    is_quiet: bool = False  # one of many: seen when pointed at


@dataclass(frozen=True)
class Tick:
    """A label under the drawing."""

    x: int
    label: str


@dataclass(frozen=True)
class DrawnBreak:
    """A vertical line where what is counted changed, and its label where there is room for it."""

    x: int
    label: str
    anchor: str


@dataclass(frozen=True)
class Level:
    """A horizontal line with its value."""

    y: int
    label: str


@dataclass(frozen=True)
class DrawnTrend:
    """A trend as coordinates."""

    path: str
    dots: tuple[Dot, ...]
    previous_path: str
    previous_end: Dot | None
    last: Dot | None
    deadline_x: int | None
    breaks: tuple[DrawnBreak, ...]
    radius: int
    ticks: tuple[Tick, ...]
    levels: tuple[Level, ...]
    base: Level | None
    left: int
    right: int
    top: int
    bottom: int
    label_y: int
    previous_label_y: int


def draw_trend(chart: Trend) -> DrawnTrend:
    """Turn a trend into coordinates. A missing value is a gap in the line, never a drop to zero."""
    count = max(len(chart.points), len(chart.previous), 1)
    right, bottom = chart.width - RIGHT, chart.height - BOTTOM
    both = (*chart.points, *chart.previous)
    wholes = [point.whole for point in chart.points if point.whole is not None]
    highest = max([point.value for point in both if point.value is not None] + wholes, default=0) or 1
    step = _round_step(highest)

    def x(index: int) -> int:
        return LEFT + INSET + (right - LEFT - INSET) * index // max(count - 1, 1)

    def y(value: int) -> int:
        return bottom - (bottom - TOP) * max(value, 0) // highest

    now, before = (_dots(points, x, y, is_many=count > MOST) for points in (chart.points, chart.previous))
    deadline_x = None if chart.deadline_index is None else x(chart.deadline_index)
    last, end = (now[-1] if now else None), (before[-1] if before else None)
    base = Level(y(wholes[-1]), write_scaled(wholes[-1], places=chart.places)) if wholes else None
    return DrawnTrend(
        path=_path(chart.points, x, y),
        dots=now,
        previous_path=_path(chart.previous, x, y),
        previous_end=end,
        last=last,
        deadline_x=deadline_x,
        breaks=tuple(_breaks(chart, x, deadline_x)),
        radius=3 if count <= MANY else 2,
        ticks=tuple(_ticks(chart, x)),
        levels=tuple(
            Level(y(value), write_scaled(value, places=chart.places))
            for value in range(step, highest + 1, step)
            if base is None or y(value) - base.y > 14
        ),
        base=base,
        left=LEFT,
        right=right,
        top=TOP,
        bottom=bottom,
        **_apart(last, end, base),
    )


def _dots(points: Sequence[Point], x: _Along, y: _Along, *, is_many: bool) -> tuple[Dot, ...]:
    """The points that have a value; of many only the last one and estimates are seen unasked."""
    known = [(place, point, point.value) for place, point in enumerate(points) if point.value is not None]
    found = [Dot(x(place), y(value), point, is_many and not point.made_up) for place, point, value in known]
    return (*found[:-1], replace(found[-1], is_quiet=False)) if found else ()


def _apart(last: Dot | None, end: Dot | None, base: Level | None) -> dict[str, int]:
    """Heights of the direct labels, moved so that they do not lie on each other."""
    label_y = last.y + 4 if last else 0
    if last and base and abs(label_y - 4 - base.y) < 14 and last.y != base.y:
        label_y = base.y + 18
    previous_y = end.y + 4 if end else 0
    if last and end and abs(previous_y - label_y) < 28:
        previous_y = label_y + 30
    return {"label_y": label_y, "previous_label_y": previous_y}


def _breaks(chart: Trend, x: _Along, deadline_x: int | None) -> Iterator[DrawnBreak]:
    """Lines half-way between two points; a label that would lie on another is left to the notes."""
    half = LETTER * len(chart.deadline_label) // 2
    taken = [] if deadline_x is None else [(deadline_x - half, deadline_x + half)]
    for one in sorted(chart.breaks, key=lambda one: -one.index):
        place = (x(one.index - 1) + x(one.index)) // 2
        long = LETTER * len(one.label)
        is_left = place + long > chart.width - RIGHT
        first, last = (place - long, place) if is_left else (place, place + long)
        is_free = all(last < begin or end < first for begin, end in taken)
        if is_free:
            taken.append((first, last))
        yield DrawnBreak(place, one.label if is_free else "", "end" if is_left else "start")


def _path(points: Sequence[Point], x: _Along, y: _Along) -> str:
    """SVG path data; the pen is lifted where a value is missing."""
    drawn, is_down = [], False
    for index, point in enumerate(points):
        if point.value is None:
            is_down = False
            continue
        drawn.append(f"{'L' if is_down else 'M'}{x(index)} {y(point.value)}")
        is_down = True
    return " ".join(drawn)


def _ticks(chart: Trend, x: _Along) -> Iterator[Tick]:
    """Labels that have room, the last one always."""
    points = chart.points if len(chart.points) >= len(chart.previous) else chart.previous
    room = max(APART, LETTER * max((len(point.label) for point in points), default=0))
    least = -(-len(points) * room // max(chart.width - LEFT - RIGHT, 1))
    every = next((one for one in _NICE if one >= least), least)
    for index, point in enumerate(points):
        if (len(points) - 1 - index) % every == 0:
            yield Tick(x(index), point.label)


def _round_step(highest: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that gives two to five lines.

    >>> [_round_step(n) for n in (4, 67, 1312, 54321)]
    [1, 20, 500, 20000]
    """
    power = 1
    while True:
        for factor in (1, 2, 5):
            if highest // (factor * power) <= 4:
                return factor * power
        power *= 10


def spark_path(values: Sequence[int | None]) -> str:
    """Path data of a word-sized line, 80 by 20.

    >>> spark_path((0, 5, None, 10))
    'M2 18 L27 10 M78 2'
    """
    highest = max((value for value in values if value is not None), default=0) or 1
    points = [Point("", value) for value in values]
    return _path(
        points,
        lambda index: 2 + 76 * index // max(len(values) - 1, 1),
        lambda value: 18 - 16 * max(value, 0) // highest,
    )
