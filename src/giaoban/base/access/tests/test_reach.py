"""A role reaches its places; what it reaches is a WHERE clause, the same for the list and for the single row."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from giaoban.base.access import Actor, Place, Reach
from giaoban.base.databases import prefix_end
from giaoban.base.ledger.guards import writing
from giaoban.core.refusal import NotFound

Unit = apps.get_model("units", "Unit")
Entry = apps.get_model("ledger", "Entry")

PATHS = ["/1/", "/1/2/", "/1/2/4/", "/1/3/", "/1/20/", "/1/20/5/", ""]


def actor(**places):
    return Actor(kind="person", id=7, name="Lan", day=date(2020, 8, 24), places=places)


def test_a_role_reaches_its_own_places_and_no_others():
    lan = actor(reporter=(Place(2, "/1/2/"),), reader=(Place(3, "/1/3/"),))

    assert [place.unit_id for place in lan.reach("reporter").places] == [2]
    assert [place.unit_id for place in lan.anywhere().places] == [2, 3]
    assert not lan.reach("keeper")


def test_a_place_held_in_two_roles_is_reached_once():
    place = Place(2, "/1/2/")

    assert actor(reporter=(place,), reader=(place,)).reach("reporter", "reader").places == (place,)


@pytest.mark.parametrize(
    ("path", "covered"),
    [("/1/2/", True), ("/1/2/4/", True), ("/1/20/", False), ("/1/", False), ("", False)],
)
def test_a_place_covers_itself_and_what_hangs_below(path, covered):
    assert Reach((Place(2, "/1/2/"),)).covers(path) is covered


@pytest.fixture
def units(db):
    with writing():
        return {
            path: Unit.objects.create(code=f"u{path}", name=path or "gone", folded_name=path, path=path)
            for path in PATHS
        }


def found(clause):
    return sorted(Unit.objects.filter(clause).values_list("path", flat=True))


def test_within_is_the_unit_and_everything_below_it_and_no_neighbour_with_a_longer_number(units):
    assert found(Reach((Place(units["/1/2/"].pk, "/1/2/"),)).within("")) == ["/1/2/", "/1/2/4/"]


def test_below_leaves_the_unit_itself_out(units):
    assert found(Reach((Place(units["/1/2/"].pk, "/1/2/"),)).below("")) == ["/1/2/4/"]


def test_at_is_the_unit_alone(units):
    assert found(Reach((Place(units["/1/2/"].pk, "/1/2/"),)).at("")) == ["/1/2/"]


@pytest.mark.parametrize("clause", ["at", "within", "below"])
def test_nobody_reaches_nothing(units, clause):
    assert found(getattr(Reach(()), clause)("")) == []


@pytest.mark.django_db
def test_the_database_and_the_rule_agree_on_what_is_covered(units):
    for held in PATHS[:-1]:
        reach = Reach((Place(units[held].pk, held),))
        assert found(reach.within("")) == sorted(path for path in PATHS if reach.covers(path))


steps = st.lists(st.integers(1, 130), min_size=1, max_size=4).map(lambda ids: "/" + "/".join(map(str, ids)) + "/")


@given(steps, steps)
def test_a_path_lies_in_the_range_of_another_exactly_when_it_begins_with_it(path, other):
    assert (other <= path < prefix_end(other)) is path.startswith(other)


@pytest.fixture
def entries(units):
    with writing():
        for number, path in enumerate(PATHS[:-1], start=1):
            Entry.objects.create(
                id=number, at=datetime(2020, 8, 24, tzinfo=UTC), actor="job:1", actor_name="", verb="units.founded",
                subject_kind="units.unit", subject_id=1, place=path, hash="",
            )  # fmt: skip


def test_not_there_and_not_yours_are_the_same_answer(entries):
    lan = actor(reader=(Place(2, "/1/2/"),))
    allowed = Entry.objects.allowed(lan, "read")

    assert sorted(allowed.values_list("place", flat=True)) == ["/1/2/", "/1/2/4/"]
    assert allowed.one(2).place == "/1/2/"
    with pytest.raises(NotFound) as not_yours:
        allowed.one(1)
    with pytest.raises(NotFound) as not_there:
        allowed.one(99)
    assert str(not_yours.value) == str(not_there.value)


def test_an_actor_without_an_office_sees_nothing(entries):
    assert not Entry.objects.allowed(actor(), "read").exists()
