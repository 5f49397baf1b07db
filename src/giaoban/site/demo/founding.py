"""How an installation begins: its levels, its top unit, and the actor that may plant the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from giaoban.apps.units import services as units
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor, Place

LEVELS = (  # code, Vietnamese, English; from the top down
    ("tw", "Trung ương", "Centre"),
    ("tt", "trực thuộc Trung ương", "directly under the centre"),
    ("tren-co-so", "cấp trên trực tiếp cơ sở", "above base"),
    ("co-so", "tổ chức cơ sở đảng", "base"),
    ("chi-bo", "chi bộ", "cell"),
)
TOP_CODE = "TW"
TOP_NAME = "Đảng bộ toàn quốc"
SYSTEM = "Khởi tạo hệ thống"


@dataclass(frozen=True)
class Founded:
    """The top unit, and the system acting as its keeper."""

    top: Unit
    actor: Actor


def found(*, name: str, from_day: date, at: datetime) -> Founded:
    """Set the five levels and plant the top unit. Refused when there is an organisation already."""
    bare = Actor(kind="job", id=0, name=SYSTEM, day=at.date())
    units.define_levels(actor=bare, names=LEVELS, at=at)
    top = units.plant(actor=bare, code=TOP_CODE, name=name, level=LEVELS[0][0], from_day=from_day, at=at)
    return Founded(top=top, actor=system_at(top, day=at.date()))


def system_at(unit: Unit, *, day: date) -> Actor:
    """The system acting as keeper and reviewer at a unit, for what no person does by hand."""
    here = (Place(unit_id=unit.pk, path=unit.path),)
    return Actor(kind="job", id=0, name=SYSTEM, day=day, places=MappingProxyType({"keeper": here, "reviewer": here}))


def reporter_at(unit: Unit, *, day: date, name: str = SYSTEM) -> Actor:
    """The system speaking for one unit."""
    here = (Place(unit_id=unit.pk, path=unit.path),)
    return Actor(kind="job", id=0, name=name, day=day, places=MappingProxyType({"reporter": here}))
