"""Decisions on units, without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from giaoban.core.refusal import Fault, Kind, Refusal
from giaoban.core.text_vi.dates import write_day
from giaoban.core.treeimport import PlannedUnit

MAX_CODE, MAX_NAME, MAX_SHORT_NAME, MAX_PHONE = 40, 200, 80, 40  # letters; the widths of the columns
RESERVED_CODES: Final = frozenset({"import", "plans"})  # addresses of the pages themselves
_BREAKS_ADDRESSES: Final = frozenset("/\\?#%")


@dataclass(frozen=True)
class NewUnit:
    """A unit about to be added. `parent` is a code; empty hangs it directly below the unit of the import."""

    code: str
    name: str
    level: str
    from_day: date
    parent: str = ""
    short_name: str = ""
    phone: str = ""
    order: str = ""
    until_day: date | None = None
    is_made_up: bool = False
    tile: tuple[int, int] | None = None  # column, row on the tile map
    line: int = 0  # of the file it was read from; 0: not from a file
    at: str = ""  # what a fault calls it, when neither its line nor its code

    @property
    def place(self) -> str:
        """What a fault calls this unit: the line to mend, or the code."""
        return self.at or (f"dòng {self.line}" if self.line else self.code)

    @property
    def end(self) -> date:
        """`until_day`, or the end of time."""
        return self.until_day or date.max


def new_unit(line: PlannedUnit) -> NewUnit:
    """A checked line of an import list as a unit about to be added."""
    return NewUnit(
        code=line.code,
        name=line.name,
        short_name=line.short_name,
        parent=line.parent or "",
        level=line.level,
        from_day=line.from_day,
        until_day=line.until_day,
        phone=line.phone,
        line=line.line,
    )


@dataclass(frozen=True)
class Stay:
    """Days [from, until) over which a unit that is already there stands on a level; a smaller rank is higher."""

    rank: int
    from_day: date
    until_day: date | None

    @property
    def end(self) -> date:
        """`until_day`, or the end of time."""
        return self.until_day or date.max


def own_faults(units: Sequence[NewUnit]) -> Iterator[Fault]:
    """What is wrong with a unit by itself: a code that no address can hold, a text wider than its column."""
    widths = (
        ("Mã", "code", MAX_CODE),
        ("Tên", "name", MAX_NAME),
        ("Tên ngắn", "short_name", MAX_SHORT_NAME),
        ("Số điện thoại", "phone", MAX_PHONE),
    )
    for unit in units:
        if bad := sorted(_BREAKS_ADDRESSES & set(unit.code)):
            yield _fault(unit, "Mã «{code}» có ký tự «{sign}»; hãy bỏ ký tự này.", sign=bad[0])
        if unit.code in RESERVED_CODES or unit.code.strip(".") == "":
            yield _fault(unit, "Mã «{code}» đã dành cho hệ thống; hãy đặt mã khác.")
        for word, attribute, most in widths:
            if len(getattr(unit, attribute)) > most:
                says = "{word} của đơn vị «{code}» dài quá {most} ký tự; hãy rút gọn."
                yield _fault(unit, says, word=word, most=most)
        if unit.until_day and unit.until_day <= unit.from_day:
            says = "Đơn vị «{code}» kết thúc khi chưa bắt đầu (ngày {day}); hãy sửa một trong hai ngày."
            yield _fault(unit, says, day=write_day(unit.from_day))


def superior_faults(
    units: Sequence[NewUnit], *, below: str, stays: Mapping[str, Sequence[Stay]], ranks: Mapping[str, int]
) -> Iterator[Fault]:
    """What is wrong between new units and the superiors that are already there.

    `stays` holds the superiors within reach, by code, each ordered by first day; `ranks` the levels' ranks by code.
    Superiors that are new themselves are the matter of core.treeimport.
    """
    new = {unit.code for unit in units}
    for unit in units:
        parent = unit.parent or below
        if parent in new or unit.level not in ranks:
            continue
        if parent not in stays:
            says = "Cấp trên «{parent}» của đơn vị «{code}» không thuộc phần cây đồng chí được giữ; hãy sửa mã ấy."
            yield _fault(unit, says, parent=parent)
            continue
        above = [stay for stay in stays[parent] if stay.from_day < unit.end and unit.from_day < stay.end]
        if gap := _first_day_without(unit, above):
            says = "Cấp trên «{parent}» của đơn vị «{code}» không tồn tại ngày {day}; hãy sửa thời gian của một đơn vị."
            yield _fault(unit, says, parent=parent, day=write_day(gap))
        elif any(ranks[unit.level] <= stay.rank for stay in above):
            says = "Cấp «{level}» của đơn vị «{code}» không dưới cấp của cấp trên «{parent}»; hãy sửa cấp."
            yield _fault(unit, says, parent=parent, level=unit.level)


def _fault(unit: NewUnit, says: str, **values: object) -> Fault:
    return Fault(unit.place, says, {"line": unit.line, "code": unit.code[:MAX_CODE], **values})


def _first_day_without(unit: NewUnit, above: Sequence[Stay]) -> date | None:
    covered = unit.from_day
    for stay in above:
        if stay.from_day > covered:
            return covered
        covered = max(covered, stay.end)
    return covered if covered < unit.end else None


class LevelsAreSet(Refusal):
    kind = Kind.CONFLICT
    says = "Các cấp của tổ chức đã được đặt; không đặt lại được khi đã có đơn vị và báo cáo."


class HasATop(Refusal):
    kind = Kind.CONFLICT
    says = "Tổ chức đã có đơn vị cao nhất; hãy thêm đơn vị mới bên dưới đơn vị đó."


class CodeTaken(Refusal):
    kind = Kind.CONFLICT
    says = "Mã đơn vị «{code}» đã có trong hệ thống; hãy bỏ đơn vị này khỏi danh sách hoặc dùng mã khác."


class NothingToBringIn(Refusal):
    says = "Danh sách không có đơn vị nào; hãy kiểm tra lại tệp."


class DoesNotFit(Refusal):
    says = "Danh sách có {count} chỗ không hợp với cây tổ chức hiện có nên chưa nhập gì; hãy sửa từng chỗ dưới đây."


MAX_IMPORT_BYTES = 50_000_000


class NoFile(Refusal):
    says = "Chưa chọn tệp; hãy chọn một tệp .csv hoặc .xlsx rồi bấm lại."


class NoSuchPlace(Refusal):
    says = "Không có đơn vị mã «{code}» trong phần cây đồng chí được giữ; hãy sửa mã ấy."


class FileTooLarge(Refusal):
    kind = Kind.TOO_LARGE
    says = "Tệp {name} lớn hơn {limit} MB cho phép; hãy chia nhỏ tệp."


class NotAPlan(Refusal):
    says = "Tệp {name} có {count} lỗi nên chưa nhập gì; hãy sửa từng dòng nêu dưới đây rồi nhập lại."
