"""Decisions on units, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from giaoban.core.refusal import Kind, Refusal
from giaoban.core.treeimport import PlannedUnit


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
    )


class LevelsAreSet(Refusal):
    kind = Kind.CONFLICT
    says = "Các cấp của tổ chức đã được đặt; không đặt lại được khi đã có đơn vị và báo cáo."


class HasATop(Refusal):
    kind = Kind.CONFLICT
    says = "Tổ chức đã có đơn vị cao nhất; hãy thêm đơn vị mới bên dưới đơn vị đó."


class ParentNotThere(Refusal):
    says = "Không tìm thấy đơn vị cấp trên có mã {parent} trong phần cây đồng chí được giữ; hãy sửa mã cấp trên."


MAX_IMPORT_BYTES = 50_000_000


class NoFile(Refusal):
    says = "Chưa chọn tệp; hãy chọn một tệp .csv hoặc .xlsx rồi bấm lại."


class FileTooLarge(Refusal):
    kind = Kind.TOO_LARGE
    says = "Tệp {name} lớn hơn {limit} MB cho phép; hãy chia nhỏ tệp."


class NotAPlan(Refusal):
    says = "Tệp {name} có {count} lỗi nên chưa nhập gì; hãy sửa từng dòng nêu dưới đây rồi nhập lại."
