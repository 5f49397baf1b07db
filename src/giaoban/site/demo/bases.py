"""Base organisations and cells as plans: Hà Nội's 2.310 and 17.118, or the whole nation's for measuring."""

from __future__ import annotations

from collections.abc import Sequence

from giaoban.apps.units.rules import NewUnit
from giaoban.site.demo import draw, places

HANOI_BASES, HANOI_CELLS = 2_310, 17_118  # published for Hà Nội, 2020
NATION_BASES, NATION_CELLS = 52_105, 280_000  # published for 30-6-2020; cells rounded

_CAU_GIAY = ("Dịch Vọng", "Dịch Vọng Hậu", "Mai Dịch", "Nghĩa Đô", "Nghĩa Tân", "Quan Hoa", "Trung Hòa", "Yên Hòa")
_FIRST = ("Tân", "An", "Bình", "Đông", "Hòa", "Phú", "Thanh", "Vĩnh", "Xuân", "Yên", "Minh", "Liên", "Đại", "Trung")
_SECOND = ("Hưng", "Lập", "Tiến", "Phong", "Thịnh", "Lợi", "Mỹ", "Sơn", "Thành", "Giang", "Hải", "Phúc")
_BODIES = (  # what else has a base organisation
    "Trường Trung học phổ thông",
    "Trường Trung học cơ sở",
    "Trường Tiểu học",
    "Bệnh viện",
    "Trung tâm Y tế",
    "Công ty cổ phần",
    "Công ty trách nhiệm hữu hạn",
    "Phòng Văn hóa và Thông tin",
    "Tòa án nhân dân",
    "Viện kiểm sát nhân dân",
    "Chi cục Thuế",
    "Kho bạc Nhà nước",
    "Ban Quản lý dự án",
    "Hợp tác xã",
    "Viện nghiên cứu",
)
_PARTS = ("Văn phòng", "Phòng Tổ chức", "Phòng Kế hoạch", "Phòng Kỹ thuật", "Khoa", "Tổ", "Phân xưởng", "Đội")


def bases(above: Sequence[NewUnit], *, total: int) -> list[NewUnit]:
    """`total` base organisations below the given committees, more of them below a district."""
    weights = [draw.number(unit.code, "size", low=44, high=70) if not unit.is_made_up else
               draw.number(unit.code, "size", low=18, high=34) for unit in above]  # fmt: skip
    units: list[NewUnit] = []
    for unit, count in zip(above, draw.shares(total, weights), strict=True):
        units += [_base(unit, number) for number in range(1, count + 1)]
    return units


def _base(above: NewUnit, number: int) -> NewUnit:
    code = f"{above.code}-{number:03d}"
    if above.short_name == "Cầu Giấy" and number <= len(_CAU_GIAY):
        name, short = f"Đảng bộ phường {_CAU_GIAY[number - 1]}", _CAU_GIAY[number - 1]
    elif not above.is_made_up and above.short_name != "Cầu Giấy" and number <= 22:
        place = f"{draw.one_of(_FIRST, above.code, number)} {draw.one_of(_SECOND, above.code, number, 'b')}"
        kind = "phường" if " quận " in above.name else "xã"
        name, short = f"Đảng bộ {kind} {place} {number}", f"{place} {number}"
    else:
        body = f"{draw.one_of(_BODIES, code)} số {number}"
        kind = "Đảng bộ" if _has_cells(code) else "Chi bộ"
        name, short = f"{kind} {body} {above.short_name}", body
    return NewUnit(
        code=code,
        parent=above.code,
        name=name,
        short_name=short,
        level="co-so",
        from_day=places.FROM_DAY,
        phone=places.phone(code),
        is_made_up=short not in _CAU_GIAY,
    )


def _has_cells(code: str) -> bool:
    return draw.chance(code, "cells", percent=30)


def cells(below: Sequence[NewUnit], *, total: int) -> list[NewUnit]:
    """`total` cells below the base committees; a base cell («chi bộ cơ sở») is one itself and has none below."""
    committees = [unit for unit in below if unit.name.startswith("Đảng bộ")]
    weights = [draw.number(unit.code, "cells", low=15, high=30) if _is_place(unit) else
               draw.number(unit.code, "cells", low=5, high=11) for unit in committees]  # fmt: skip
    units: list[NewUnit] = []
    for unit, count in zip(committees, draw.shares(total, weights), strict=True):
        units += [_cell(unit, number) for number in range(1, count + 1)]
    return units


def _is_place(unit: NewUnit) -> bool:
    return unit.name.startswith(("Đảng bộ phường", "Đảng bộ xã"))


def _cell(base: NewUnit, number: int) -> NewUnit:
    code = f"{base.code}-{number:02d}"
    if base.name.startswith("Đảng bộ phường"):
        name = f"Chi bộ tổ dân phố số {number}"
    elif base.name.startswith("Đảng bộ xã"):
        name = f"Chi bộ thôn {number}"
    else:
        name = f"Chi bộ {_PARTS[(number - 1) % len(_PARTS)]} {(number - 1) // len(_PARTS) + 1}"
    return NewUnit(code=code, parent=base.code, name=name, level="chi-bo", from_day=places.FROM_DAY, is_made_up=True)
