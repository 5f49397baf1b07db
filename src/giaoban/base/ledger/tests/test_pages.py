"""The ledger's pages: everybody reads what happened where they reach, and a broken seal is shown."""

from __future__ import annotations

import pytest

from giaoban.base.ledger import queries
from giaoban.base.ledger.guards import writing
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.work import head

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def reader(client, world, at):
    def sign_in(username: str):
        client.force_login(world.accounts[username])
        return client

    return sign_in


def test_the_newest_entries_come_first_and_one_walks_back(reader, world):
    for unit in world.committees:
        world.accepted(unit)
    an = reader("an")
    lines = queries.newest(actor=world.an)
    assert [line.id for line in lines] == sorted((line.id for line in lines), reverse=True)
    older = queries.newest(actor=world.an, before=lines[-1].id)
    assert all(line.id < lines[-1].id for line in older)
    assert f'href="/system/ledger/{lines[0].id}/"' in text(an.get("/system/ledger/"))


def test_the_list_costs_the_same_with_a_few_and_with_hundreds_of_entries(reader, world, queries):
    an = reader("an")
    an.get("/system/ledger/")
    with queries(4):
        an.get("/system/ledger/")
    for unit in world.committees:
        world.accepted(unit)
    with queries(4):
        an.get("/system/ledger/")


def test_one_sees_what_happened_where_one_reaches_and_nothing_else(world):
    world.submitted(world.bavi)
    world.submitted(world.vinh)
    places = set(Entry.objects.allowed(world.hoa, queries.READ).values_list("place", flat=True))
    assert places
    assert all(place.startswith(world.nghean.path) for place in places)


def test_an_entry_of_others_and_one_that_is_not_there_are_the_same_answer(reader, world):
    world.submitted(world.bavi)
    number = Entry.objects.filter(place=world.bavi.path).latest("id").id
    hoa = reader("hoa")

    assert hoa.get(f"/system/ledger/{number}/").status_code == 404
    assert hoa.get(f"/system/ledger/{'9' * 30}/").status_code == 404


def test_the_filters_keep_to_a_verb_and_to_a_part_of_the_tree(reader, world):
    world.submitted(world.bavi)
    world.submitted(world.vinh)

    lines = queries.newest(actor=world.an, verb="reports.submitted", place=world.hanoi.path)

    assert len(lines) == 1
    shown = text(reader("an").get("/system/ledger/", {"verb": "reports.submitted", "place": world.hanoi.path}))
    assert "Xem tất cả" in shown


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 30, "9" * 5000])
def test_a_number_that_is_none_harms_nothing(reader, world, before):
    assert reader("an").get("/system/ledger/", {"before": before, "place": "'; --"}).status_code == 200


def test_an_entry_shows_its_facts_and_that_its_seal_fits(reader, world):
    world.submitted(world.bavi)
    shown = text(reader("an").get(f"/system/ledger/{head()}/"))
    assert "Khớp" in shown


def test_an_entry_that_was_changed_does_not_fit_its_seal(reader, world):
    world.submitted(world.bavi)
    with writing():
        Entry.objects.filter(pk=head()).update(actor_name="Ai đó")

    assert "Không khớp" in text(reader("an").get(f"/system/ledger/{head()}/"))
    assert queries.newest_extract(actor=world.an).is_sound is False
