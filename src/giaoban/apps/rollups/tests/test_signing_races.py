"""Two signers at once: one sign-off, one entry of the ledger, and a refusal that names who was first."""

from __future__ import annotations

import pytest
from django.db import connection

from giaoban.apps.rollups import queries, rules
from giaoban.apps.rollups.models import SignOff
from giaoban.apps.rollups.tests.test_signing import sign
from giaoban.apps.tasks.tests.test_races import beside
from giaoban.apps.units import queries as units
from giaoban.base.ledger.models import Entry
from giaoban.site.demo.small import World, build_small

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]


@pytest.fixture
def world() -> World:
    units.forget_trees()
    return build_small()


def test_of_two_signers_at_once_the_second_is_told_who_was_first(world):
    for unit in (world.caugiay, world.dongda, world.bavi):
        world.accepted(unit)
    seen = queries.standing(round_=world.round, unit=world.hanoi).official.digest

    with pytest.raises(rules.JustSigned, match="Quách Thanh Bình vừa ký chốt"):
        beside(lambda: sign(world, seen=seen), lambda: sign(world, seen=seen))

    assert SignOff.objects.get().number == 1
    assert Entry.objects.filter(verb="rollups.signed").count() == 1
