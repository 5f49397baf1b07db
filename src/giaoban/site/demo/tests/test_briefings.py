"""The briefings of the demo world: what was published of each, and one that can be opened this afternoon."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from giaoban.apps.briefings import queries, rules, services
from giaoban.apps.briefings.models import Briefing
from giaoban.apps.people import queries as people
from giaoban.apps.people.models import Account
from giaoban.apps.tasks.models import Task
from giaoban.base.access import Actor
from giaoban.site.demo import world

pytestmark = pytest.mark.django_db
TODAY = world.NOW.date()


def person(username: str) -> Actor:
    return people.actor_of(Account.objects.get(username=username), TODAY)


def of_period(code: str) -> Briefing:
    return Briefing.objects.get(period_code=code)


def kinds(briefing: Briefing) -> Counter[str]:
    return Counter(briefing.conclusions.values_list("kind", flat=True))


def test_five_briefings_stand_in_the_demo_and_those_held_are_sealed_as_they_stand(nation):
    assert Briefing.objects.count() == 5
    for briefing in Briefing.objects.filter(state="closed"):
        assert briefing.seal == rules.sealed(queries.sealed_record(briefing)), briefing.title


def test_the_quarters_briefing_has_68_sites_three_results_five_lessons_and_five_directives(nation):
    quarter = of_period("2020-Q4")

    assert quarter.sites.count() == 68
    assert len(quarter.packs.get().sections[0]["rows"]) == 3
    assert kinds(quarter) == {"lesson": 5, "directive": 5}
    assert not Task.objects.filter(origin__in=[one.origin for one in quarter.conclusions.all()]).exists()


def test_the_northern_briefing_tells_the_tasks_by_body(nation):
    lead = of_period("2021-H1").packs.get().sections[0]["lead"]

    assert "4 nội dung, trong đó 2 nội dung quan trọng" in lead[0]
    assert "6 nội dung: 2 nội dung về công tác nhân sự và 4 nội dung còn lại" in lead[1]
    assert "liệt kê 3 việc" in lead[2]


def test_the_briefing_of_january_tells_eight_groups_and_nine(nation):
    lead = of_period("2020-01").packs.get().sections[1]["lead"]

    assert "8 nhóm" in lead[0]
    assert "9 nhóm" in lead[1]


def test_hanois_directives_have_become_tasks_some_of_them_overdue_or_done(nation):
    half = of_period("2020-H1")
    found = Task.objects.filter(origin__in=[one.origin for one in half.conclusions.all()])

    assert half.sites.count() == 51
    assert found.count() == kinds(half)["directive"] == 7
    assert found.overdue(TODAY).exists()
    assert found.filter(state="accepted").exists()


def test_this_weeks_briefing_can_be_opened_and_its_three_conclusions_handed_out(nation):
    week, chair = of_period("2020-W34"), person("trunguong")
    assert week.state == "called"
    assert week.packs.exists()
    assert week.sites.filter(reply="invited", unit__code="01").exists()

    services.open_session(actor=chair, briefing_id=week.pk, at=world.NOW + timedelta(hours=6))
    for day in (30, 15, 28):
        said = rules.Concluded(
            kind="directive",
            words=f"Việc có hạn ngày {day}.",
            lead_unit_id=week.unit_id,
            due=services.concluding.task_rules.Deadline(TODAY + timedelta(days=day)),
        )
        services.conclude(actor=chair, briefing_id=week.pk, said=said, at=world.NOW + timedelta(hours=7))

    assert [one.marker for one in queries.record(actor=chair, briefing_id=week.pk, on=TODAY).directives] == [
        "Một là",
        "Hai là",
        "Ba là",
    ]


def test_people_of_the_tour_see_what_is_theirs(nation):
    seen = {
        who: {row.period_code for row in queries.calendar(actor=person(who), at=world.NOW).past}
        for who in ("trunguong", "nguoixem", "hanoi", "nghean", "caugiay", "chibo1")
    }
    assert seen["trunguong"] == {"2020-01", "2020-H1", "2020-Q4", "2021-H1"}
    assert seen["hanoi"] == {"2020-01", "2020-H1", "2020-Q4", "2021-H1"}
    assert seen["nghean"] == {"2020-01", "2020-Q4"}
    assert (seen["caugiay"], seen["chibo1"]) == ({"2020-H1"}, set())
