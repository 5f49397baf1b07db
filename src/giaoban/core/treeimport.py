"""A typed list of units into placements: everything that is wrong with it at once, line by line.

Nothing is imported while one fault stands; a clerk should mend the file once, not once per fault.
A unit may have several lines, one for each span of days in which it hung somewhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from giaoban.core.refusal import Fault
from giaoban.core.sheets import Row
from giaoban.core.text_vi.dates import NotADay, read_day, write_day

MAX_DEPTH: Final = 100  # no organisation has so many levels; a longer way up is a mistake
NEEDED: Final = ("code", "name", "parent", "level", "from_day")
THROUGH: Final = "through"  # «đến ngày»: the last day itself, where until_day is the day after
HEADINGS: Final[Mapping[str, str]] = {
    "code": "code",
    "mã": "code",
    "mã đơn vị": "code",
    "name": "name",
    "tên": "name",
    "tên đơn vị": "name",
    "short_name": "short_name",
    "tên ngắn": "short_name",
    "parent": "parent",
    "cấp trên": "parent",
    "mã cấp trên": "parent",
    "level": "level",
    "cấp": "level",
    "from_day": "from_day",
    "từ ngày": "from_day",
    "until_day": "until_day",
    "đến ngày": THROUGH,
    "phone": "phone",
    "điện thoại": "phone",
}
COLUMN_NAMES: Final = {"code": "mã", "name": "tên", "parent": "cấp trên", "level": "cấp", "from_day": "từ ngày"}


@dataclass(frozen=True)
class PlannedUnit:
    """One line of the list, read. `parent` None makes it a root; days are half-open."""

    line: int
    code: str
    name: str
    short_name: str
    parent: str | None
    level: str
    from_day: date
    until_day: date | None
    phone: str

    def meets(self, other: PlannedUnit) -> bool:
        """Is there a day on which both are in force?"""
        return max(self.from_day, other.from_day) < min(self.end, other.end)

    @property
    def end(self) -> date:
        """`until_day`, or the end of time."""
        return self.until_day or date.max


@dataclass(frozen=True)
class ImportPlan:
    """What the list says, and all that is wrong with it; import only when `faults` is empty.

    `units` holds the lines that could be read, in the order of the file.
    """

    units: tuple[PlannedUnit, ...]
    faults: tuple[Fault, ...]


def plan(*, rows: Sequence[Row], levels: Sequence[str], existing: AbstractSet[str]) -> ImportPlan:
    """Read a list of units and find every fault in it.

    `levels` are the level codes from the top down; `existing` are the codes the system already
    has, which may be superiors but may not be listed again. Columns are known by their English
    names or by mã, tên, tên ngắn, cấp trên, cấp, từ ngày, đến ngày, điện thoại; «đến ngày» names
    the last day, `until_day` the day after it.
    """
    if not rows:
        return ImportPlan((), (_fault(1, "Danh sách không có đơn vị nào; hãy kiểm tra lại tệp."),))
    columns: dict[str, str] = {}
    for heading in rows[0].cells:
        column = HEADINGS.get(" ".join(heading.casefold().split()))
        if column in columns and column:
            says = "Hai cột «{one}» và «{other}» cùng một nghĩa; hãy bỏ một cột."
            return ImportPlan((), (_fault(1, says, one=columns[column], other=heading),))
        if column:
            columns[column] = heading
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        says = "Thiếu cột «{column}»; hãy thêm cột này vào dòng tiêu đề."
        return ImportPlan((), tuple(_fault(1, says, column=COLUMN_NAMES[column]) for column in missing))
    reading = _Reading(columns=columns, ranks={level: rank for rank, level in enumerate(levels)})
    units = tuple(unit for row in rows if (unit := reading.read(row)))
    faults = [*reading.faults, *_Checks(units, levels=reading.ranks, existing=existing, typed=reading.codes).faults()]
    faults.sort(key=lambda fault: int(str(fault.values["line"])))
    return ImportPlan(units, tuple(faults))


@dataclass
class _Reading:
    """Reads lines one by one and keeps what is wrong with each on its own."""

    columns: Mapping[str, str]
    ranks: Mapping[str, int]
    faults: list[Fault] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)

    def read(self, row: Row) -> PlannedUnit | None:
        cell = {column: row.cells.get(heading, "") for column, heading in self.columns.items()}
        if cell["code"]:
            self.codes.add(cell["code"])
        else:
            self._add(row, "Thiếu mã đơn vị; hãy điền mã.")
        if not cell["name"]:
            self._add(row, "Đơn vị «{code}» thiếu tên; hãy điền tên.", code=cell["code"])
        if cell["level"] not in self.ranks:
            says = "Cấp «{level}» không có trong hệ thống; hãy dùng một trong các cấp: {levels}."
            self._add(row, says, level=cell["level"], levels=", ".join(self.ranks))
        days = self._days(row, cell)
        if days is None or not cell["code"]:
            return None
        return PlannedUnit(
            line=row.line,
            code=cell["code"],
            name=cell["name"],
            short_name=cell.get("short_name", ""),
            parent=cell["parent"] or None,
            level=cell["level"],
            from_day=days[0],
            until_day=days[1],
            phone=cell.get("phone", ""),
        )

    def _days(self, row: Row, cell: Mapping[str, str]) -> tuple[date, date | None] | None:
        typed = {column: cell[column] for column in ("from_day", "until_day", THROUGH) if cell.get(column)}
        days: dict[str, date] = {}
        for column, text in typed.items():
            try:
                days[column] = read_day(text)
            except NotADay as refusal:
                self._add(row, refusal.says, **refusal.values)
        if "from_day" not in typed:
            self._add(row, "Thiếu «từ ngày»; hãy điền ngày đơn vị bắt đầu ở vị trí này.")
        if days.keys() != typed.keys() or "from_day" not in days:
            return None
        from_day, until_day, through = days["from_day"], days.get("until_day"), days.get(THROUGH)
        if through and through < date.max:
            until_day = through + timedelta(days=1)
        if until_day and until_day <= from_day:
            says = "Đơn vị «{code}» kết thúc khi chưa bắt đầu (ngày {day}); hãy sửa một trong hai ngày."
            self._add(row, says, code=cell["code"], day=write_day(from_day))
            return None
        return from_day, until_day

    def _add(self, row: Row, says: str, **values: object) -> None:
        self.faults.append(_fault(row.line, says, **values))


class _Checks:
    """What only shows when lines are held against each other."""

    def __init__(
        self,
        units: Sequence[PlannedUnit],
        *,
        levels: Mapping[str, int],
        existing: AbstractSet[str],
        typed: AbstractSet[str],
    ) -> None:
        self._units = units
        self._ranks = levels
        self._existing = existing
        self._typed = typed
        self._spans: dict[str, list[PlannedUnit]] = defaultdict(list)
        for unit in sorted(units, key=lambda one: (one.from_day, one.line)):
            self._spans[unit.code].append(unit)
        self._in_rings: set[int] = set()

    def faults(self) -> Iterator[Fault]:
        for code, spans in self._spans.items():
            if code in self._existing:
                says = "Mã «{code}» đã có trong hệ thống; hãy bỏ dòng này hoặc dùng mã khác."
                yield from (_fault(unit.line, says, code=code) for unit in spans)
            yield from _overlaps(spans)
        for unit in self._units:
            if unit.parent is not None and unit.parent not in self._existing:
                yield from self._faults_above(unit, unit.parent)

    def _faults_above(self, unit: PlannedUnit, parent: str) -> Iterator[Fault]:
        if parent not in self._spans:
            if parent not in self._typed:  # a superior whose own line could not be read has its fault there
                says = (
                    "Không có đơn vị cấp trên mang mã «{parent}» của đơn vị «{code}»; hãy sửa mã hoặc thêm đơn vị ấy."
                )
                yield _fault(unit.line, says, parent=parent, code=unit.code)
            return
        above = [one for one in self._spans[parent] if one.meets(unit)]
        if gap := _first_day_without(unit, above):
            says = "Cấp trên «{parent}» của đơn vị «{code}» không tồn tại ngày {day}; hãy sửa thời gian của một đơn vị."
            yield _fault(unit.line, says, parent=parent, code=unit.code, day=write_day(gap))
        rank = self._ranks.get(unit.level)
        surely_below = True
        for one in above:
            rank_above = self._ranks.get(one.level)
            if rank is None or rank_above is None or rank <= rank_above:
                surely_below = False
            if rank is not None and rank_above is not None and rank <= rank_above:
                says = (
                    "Cấp «{level}» của đơn vị «{code}» không dưới cấp «{above}» của cấp trên «{parent}»; hãy sửa cấp."
                )
                yield _fault(unit.line, says, level=unit.level, code=unit.code, above=one.level, parent=parent)
                break
        # Where every step goes down a level no ring can close, so only doubtful steps are walked.
        if not surely_below and unit.line not in self._in_rings:
            yield from self._ring_through(unit)

    def _ring_through(self, start: PlannedUnit) -> Iterator[Fault]:
        """Walk up from one line through the days it is in force, until the way ends or comes back."""
        ways: list[tuple[tuple[PlannedUnit, ...], date, date]] = [((start,), start.from_day, start.end)]
        while ways:
            way, from_day, end = ways.pop()
            if len(way) > MAX_DEPTH:
                says = "Đường lên cấp trên của đơn vị «{code}» dài quá {limit} bậc; hãy kiểm tra các cấp trên."
                yield _fault(start.line, says, code=start.code, limit=MAX_DEPTH)
                return
            for above in self._spans.get(way[-1].parent or "", ()):
                first, last = max(from_day, above.from_day), min(end, above.end)
                if first >= last:
                    continue
                if above is start:
                    self._in_rings.update(unit.line for unit in way)
                    ring = " → ".join([*(unit.code for unit in way), start.code])
                    says = "Các đơn vị {ring} là cấp trên của nhau thành vòng kín ngày {day}; hãy sửa một cấp trên."
                    yield _fault(start.line, says, ring=ring, day=write_day(first))
                    return
                if above not in way:
                    ways.append(((*way, above), first, last))


def _overlaps(spans: Sequence[PlannedUnit]) -> Iterator[Fault]:
    """Spans come ordered by their first day; each is held against the one reaching furthest before it."""
    furthest = spans[0]
    for unit in spans[1:]:
        if unit.meets(furthest):
            if (unit.from_day, unit.until_day) == (furthest.from_day, furthest.until_day):
                says = "Mã «{code}» trùng với dòng {other}; hãy bỏ một dòng hoặc dùng mã khác."
                yield _fault(unit.line, says, code=unit.code, other=furthest.line)
            else:
                says = "Thời gian của đơn vị «{code}» chồng lên dòng {other} từ ngày {day}; hãy sửa ngày của một dòng."
                yield _fault(unit.line, says, code=unit.code, other=furthest.line, day=write_day(unit.from_day))
        if unit.end > furthest.end:
            furthest = unit


def _first_day_without(unit: PlannedUnit, above: Sequence[PlannedUnit]) -> date | None:
    covered = unit.from_day
    for one in above:  # ordered by first day
        if one.from_day > covered:
            return covered
        covered = max(covered, one.end)
    return covered if covered < unit.end else None


def _fault(line: int, says: str, **values: object) -> Fault:
    return Fault(place=f"dòng {line}", says=says, values={"line": line, **values})
