"""The units of the demo world as plans: 67 committees under the centre, 1.312 above base, and what hangs below.

Provinces, districts and their number on 1 June 2020 are facts; six provinces have a published number of committees
above base; what fills up the rest is invented and marked `is_made_up`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources

from giaoban.apps.units.rules import NewUnit
from giaoban.site.demo import draw

FROM_DAY = date(2015, 10, 1)  # the committees elected for 2015-2020 begin their term about this day
ABOVE_BASE = 1_312  # published for 23-8-2020
BLOCS = (  # committees without territory: code, name, short name, committees above base, what those are called
    ("QD", "Đảng bộ Quân đội", "Quân đội", 88, ("Quân khu", "Quân đoàn", "Binh chủng", "Học viện", "Tổng cục")),
    ("CA", "Đảng bộ Công an Trung ương", "Công an", 82, ("Cục nghiệp vụ", "Học viện", "Bộ Tư lệnh", "Trường")),
    ("CQ", "Đảng bộ Khối các cơ quan Trung ương", "Khối CQTW", 62, ("Bộ", "Ban", "Viện", "Cơ quan")),
    ("DN", "Đảng bộ Khối Doanh nghiệp Trung ương", "Khối DNTW", 52, ("Tập đoàn", "Tổng công ty", "Ngân hàng")),
)
_KINDS = {"tp": "thành phố", "tx": "thị xã", "q": "quận", "h": "huyện"}
_BORDER, _INLAND = "Bộ đội Biên phòng", frozenset({"01", "30", "68", "92"})
_OTHERS = (  # committees above base that are not districts, in the order they are called on
    "Khối các cơ quan",
    "Khối doanh nghiệp",
    "Quân sự",
    "Công an",
    _BORDER,
    "Khối các trường đại học, cao đẳng",
    "Tổng công ty Xây dựng",
    "Tổng công ty Vận tải",
    "Tổng công ty Thương mại",
    "Tổng công ty Du lịch",
    "Tổng công ty Điện lực",
    "Công ty Nước sạch",
    "Công ty Môi trường đô thị",
    "Khu công nghiệp và chế xuất",
    "Sở Giáo dục và Đào tạo",
    "Sở Y tế",
    "Trường Đại học Sư phạm",
    "Trường Đại học Kinh tế",
    "Bệnh viện Đa khoa",
    "Cục Hải quan",
    "Cục Thuế",
)


@dataclass(frozen=True)
class Province:
    code: str
    kind: str  # tỉnh | thành phố
    name: str
    tile: tuple[int, int]
    above_base: int
    is_published: bool  # the number of committees above base was published


def lines(name: str) -> list[str]:
    """The lines of a file of the demo's data."""
    text = resources.files("giaoban.site.demo").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return text.splitlines()


def provinces() -> list[Province]:
    """The 63 provinces and cities, by code."""
    return [
        Province(
            code=row["code"],
            kind=row["kind"],
            name=row["name"],
            tile=(int(row["column"]), int(row["row"])),
            above_base=int(row["above_base"]),
            is_published=row["published"] == "yes",
        )
        for row in csv.DictReader(lines("provinces.csv"))
    ]


def districts() -> dict[str, list[tuple[str, str]]]:
    """(kind, name) of each province's districts, by the province's code."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in lines("districts.txt"):
        if line.startswith("#"):
            continue
        code, *groups = line.split("|")
        found[code] = [(_KINDS[kind], name) for kind, _, names in (g.partition(" ") for g in groups)
                       for name in names.split(", ")]  # fmt: skip
    return found


def committees() -> list[NewUnit]:
    """The 67 committees directly under the centre: provinces first, then those without territory."""
    units = [
        NewUnit(
            code=one.code,
            name=f"Đảng bộ {one.kind} {one.name}",
            short_name=one.name,
            level="tt",
            from_day=FROM_DAY,
            tile=one.tile,
            phone=phone(one.code),
            order=f"1-{one.code}",
        )
        for one in provinces()
    ]
    for number, (code, name, short, *_) in enumerate(BLOCS, 1):
        units.append(
            NewUnit(
                code=code,
                name=name,
                short_name=short,
                level="tt",
                from_day=FROM_DAY,
                phone=phone(code),
                order=f"2-{number}",
            )
        )
    return units


def above_base() -> list[NewUnit]:
    """The 1.312 committees directly above base level."""
    units: list[NewUnit] = []
    by_province = districts()
    for province in provinces():
        names = [(f"{kind} {name}", _label(kind, name), False) for kind, name in by_province[province.code]]
        others = [other for other in _OTHERS if other != _BORDER or province.code not in _INLAND]
        for other in others[: province.above_base - len(names)]:
            names.append((f"{other} {province.name}", other, True))
        for left in range(province.above_base - len(names)):
            names.append((f"Cơ quan {left + 1} {province.name}", f"Cơ quan {left + 1}", True))
        units += _below(province.code, names)
    for code, _, short, count, kinds in BLOCS:
        names = []
        for number in range(count):
            name = f"{kinds[number % len(kinds)]} {number // len(kinds) + 1:02d}"
            names.append((f"{name} ({short})", name, True))
        units += _below(code, names)
    return units


def _label(kind: str, name: str) -> str:
    """A district's name for tight places; a numbered one keeps its kind.

    >>> _label("quận", "5"), _label("quận", "Ba Đình")
    ('Quận 5', 'Ba Đình')
    """
    return f"{kind.capitalize()} {name}" if name.isdigit() else name


def _below(parent: str, names: list[tuple[str, str, bool]]) -> Iterator[NewUnit]:
    for number, (name, short, is_made_up) in enumerate(names, 1):
        code = f"{parent}-{number:02d}"
        yield NewUnit(
            code=code,
            parent=parent,
            name=f"Đảng bộ {name}",
            short_name=short,
            level="tren-co-so",
            from_day=FROM_DAY,
            phone=phone(code),
            is_made_up=is_made_up,
        )


def phone(code: str) -> str:
    """A well-formed office number that reaches nobody: the exchange 3000 is not given out.

    >>> len(phone("01-05"))
    13
    """
    area = draw.number(code.partition("-")[0], "area", low=200, high=299)
    return f"0{area}.3000.{draw.number(code, 'line', low=100, high=999)}"
