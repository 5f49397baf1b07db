"""The calendars of the demo world: two weeks of the centre with one clash, and one of Hà Nội."""

from __future__ import annotations

import pytest

from giaoban.apps.people import queries as people
from giaoban.apps.people.models import Account
from giaoban.apps.tasks import queries
from giaoban.core.periods import Period
from giaoban.site.demo import world

pytestmark = pytest.mark.django_db
TODAY = world.NOW.date()


def week(username: str, unit: str, code: str) -> queries.WeekPage:
    actor = people.actor_of(Account.objects.get(username=username), TODAY)
    return queries.week_page(actor=actor, code=unit, period=Period.parse(code), on=TODAY)


@pytest.mark.parametrize(
    ("unit", "code", "least"), [("TW", "2020-W34", 8), ("TW", "2020-W35", 8), ("01", "2020-W35", 6)]
)
def test_the_weeks_of_the_centre_and_of_hanoi_are_full(nation, unit, code, least):
    assert week("trunguong", unit, code).total >= least


def test_one_pair_of_this_weeks_entries_clashes_because_one_person_chairs_both(nation):
    found = week("trunguong", "TW", "2020-W35")
    clashing = [row for day in found.days for half in day.halves for row in half.rows if row.clashes]

    assert [row.hours for row in clashing] == ["8:00–10:00", "9:00–11:00"]
    assert {clash.why for row in clashing for clash in row.clashes} == {"trùng người chủ trì"}


def test_who_is_named_on_another_calendar_finds_it_on_their_own(nation):
    own = week("nghean", "me", "2020-W35")
    titles = {row.title for day in own.days for half in day.halves for row in half.rows}

    assert "Đi nắm tình hình chuẩn bị đại hội tại Nghệ An" in titles
    assert week("nghean", "", "2020-W35").code == "40"
