"""The officers of the demo world. Every name is invented; the accounts named in the tour share one demo password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.apps.people import queries
from giaoban.apps.people import services as people
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.site.demo import draw
from giaoban.site.demo.accounts import PASSWORD, SIGN_INS

FROM_DAY = date(2020, 1, 2)

_FAMILY = ("Cao", "Doãn", "Đàm", "Hứa", "Kiều", "La", "Lưu", "Mạc", "Nghiêm", "Phùng", "Quách", "Tạ", "Thái", "Tống")
_MIDDLE = ("Ngọc", "Hải", "Quang", "Thu", "Khánh", "Hồng", "Anh", "Việt", "Bảo", "Gia")
_GIVEN = (
    "An",
    "Bách",
    "Chi",
    "Duy",
    "Giang",
    "Hạnh",
    "Khoa",
    "Liên",
    "Nam",
    "Oanh",
    "Phú",
    "Sang",
    "Trà",
    "Uyên",
    "Vy",
)


@dataclass(frozen=True)
class Officer:
    """An account to open: the unit by code, and the roles held there."""

    username: str
    name: str
    post: str
    unit: str
    roles: tuple[str, ...]
    signs_in: bool = True


OFFICERS = tuple(Officer(one.username, one.name, one.post, one.unit, one.roles) for one in SIGN_INS)


def fictitious_name(code: str) -> str:
    """An invented name for whoever holds an office at this unit.

    >>> fictitious_name("01-07") == fictitious_name("01-07")
    True
    """
    return " ".join(draw.one_of(names, code, place) for place, names in enumerate((_FAMILY, _MIDDLE, _GIVEN)))


def reporter_of(code: str) -> Officer:
    """The reporter of a unit of which the tour does not speak: holds the office, signs in nowhere."""
    return Officer(
        f"bc-{code.lower()}", fictitious_name(code), "Chuyên viên Ban Tổ chức", code, ("reporter",), signs_in=False
    )


def each_once(*officers: Officer) -> tuple[Officer, ...]:
    """The officers in their order, each username once."""
    return tuple({officer.username: officer for officer in officers}.values())


def install(
    *, actor: Actor, officers: tuple[Officer, ...], units: Mapping[str, Unit], at: datetime
) -> dict[str, Actor]:
    """Open the accounts and give the offices; each officer as an Actor, by the unit's code and by username."""
    found: dict[str, Actor] = {}
    for officer in officers:
        unit = units[officer.unit]
        account = people.open_account(
            actor=actor,
            username=officer.username,
            name=officer.name,
            post=officer.post,
            password=PASSWORD if officer.signs_in else "",
            at=at,
            place=unit.path,
        )
        for role in officer.roles:
            people.give_office(actor=actor, account=account, unit=unit, role=role, from_day=FROM_DAY, at=at)
        found[officer.username] = queries.actor_of(account, at.date())
        found.setdefault(officer.unit, found[officer.username])
    return found
