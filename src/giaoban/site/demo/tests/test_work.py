"""The tasks of the demo world: the published counts, and something to see in every state."""

from __future__ import annotations

from datetime import timedelta

import pytest

from giaoban.apps.people import queries as people
from giaoban.apps.people.models import Account
from giaoban.apps.tasks import queries, rules
from giaoban.apps.tasks.models import Extension, Task
from giaoban.base.ledger.models import Entry
from giaoban.site.demo import world

pytestmark = pytest.mark.django_db
TODAY = world.NOW.date()


def centre():
    return people.actor_of(Account.objects.get(username="trunguong"), TODAY)


def test_each_body_has_assigned_as_many_as_was_published(nation):
    said = {one.code: one.sentence for one in queries.counts_by_assigner(actor=centre(), on=TODAY)}

    assert said["bct"].startswith("Bộ Chính trị giao 6 nội dung, trong đó ")
    assert "2 nội dung về công tác nhân sự" in said["bct"]
    assert said["bchtw"].startswith("Ban Chấp hành Trung ương giao 4 nội dung")
    assert said["bbt"].startswith("Ban Bí thư giao 3 nội dung")


def test_something_stands_in_every_state_and_every_way(nation):
    assert set(Task.objects.values_list("state", flat=True)) == set(rules.State.values)
    assert set(Extension.objects.values_list("state", flat=True)) == {"asked", "granted"}
    standings = queries.listing(actor=centre(), filters=queries.Filters(), on=TODAY).standings
    assert all(standings[way] >= 3 for way in ("living", "overdue", "soon", "stuck", "waiting", "done")), standings


def test_nothing_of_a_task_happens_after_the_demos_present(nation):
    entries = Entry.objects.filter(verb__startswith="tasks.")

    assert not entries.filter(at__gt=world.NOW).exists()
    assert entries.filter(at__gte=world.NOW - timedelta(days=7)).count() >= 20


def test_people_of_the_tour_have_work_in_hand(nation):
    for username in ("hanoi", "caugiay", "nghean", "trunguong"):
        actor = people.actor_of(Account.objects.get(username=username), TODAY)
        mine = queries.listing(actor=actor, filters=queries.Filters(scope="mine"), on=TODAY)
        assert mine.total, username
