"""Why a unit is seen: the offices that reach it, and no others."""

from datetime import date

from giaoban.base.access import Actor, Place
from giaoban.base.access.why import Reason, why

LAN = Actor(
    kind="person",
    id=7,
    name="Lan",
    day=date(2020, 8, 24),
    places={"reader": (Place(1, "/1/"),), "reporter": (Place(2, "/1/2/"),), "keeper": (Place(3, "/1/3/"),)},
)


def test_the_nearest_office_is_the_first_reason():
    assert why(LAN, "/1/2/") == (Reason("reporter", 2, is_here=True), Reason("reader", 1, is_here=False))


def test_an_office_beside_is_no_reason():
    assert [reason.unit_id for reason in why(LAN, "/1/20/")] == [1]


def test_nobody_sees_a_unit_outside_every_office():
    assert why(LAN, "/9/") == ()
