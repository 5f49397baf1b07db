"""The same expression on a cluster of two workers gives our figures to the last digit."""

import os
from collections.abc import Iterator
from decimal import Decimal

import pytest
from tests.harness import spark
from tests.harness.spark_totals import Session, session

from giaoban.apps.rollups.tests import leaving, worlds

pytestmark = [
    pytest.mark.skipif(bool(spark.missing()), reason=f"no Spark: {spark.missing()}"),
    pytest.mark.skipif(
        os.environ.get("GIAOBAN_TEST_DATABASE") == "postgresql", reason="what the database gives is held with DuckDB"
    ),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Session]:
    with spark.cluster() as master, session(master) as opened:
        yield opened


def exact(rows):
    return [row | {"value": None if row["value"] is None else Decimal(row["value"])} for row in rows]


def test_two_workers_give_every_figure_of_every_unit_live_and_official_and_over_time(world, tmp_path, cluster):
    made = worlds.make(world, worlds.EVERY_KIND, number=0)
    leaving.export(tmp_path / "0", form=made.form)

    told = cluster.totals(tmp_path / "0")

    assert told["executors"] == spark.WORKERS
    for name, official in (("live", False), ("official", True)):
        expected = leaving.ours(made.rounds, official=official)
        assert (
            any(isinstance(value, int) and abs(value) > worlds.LARGEST for value, *_ in expected.values()) != official
        )
        assert leaving.theirs(exact(told[name])) == expected
    assert leaving.theirs_over_time(exact(told["together"])) == leaving.ours_over_time(made.rounds, official=False)


def test_it_adds_up_the_whole_house_as_it_stands(world, tmp_path, cluster):
    world.accepted(world.caugiay)
    world.submitted(world.vinh, held=False)
    leaving.export(tmp_path / "0")

    told = cluster.totals(tmp_path / "0")

    rounds = [world.round, world.round_before, world.weekly_round]
    assert leaving.theirs(exact(told["live"])) == leaving.ours(rounds, official=False)
