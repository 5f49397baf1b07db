"""The same expression on a cluster of two workers gives our figures to the last digit."""

import os
from decimal import Decimal

import pytest
from tests.harness import spark
from tests.harness.spark_totals import session

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups.tests import leaving, worlds

pytestmark = [
    pytest.mark.skipif(bool(spark.missing()), reason=f"no Spark: {spark.missing()}"),
    pytest.mark.skipif(
        os.environ.get("GIAOBAN_TEST_DATABASE") == "postgresql", reason="what the database gives is held with DuckDB"
    ),
]


def exact(rows):
    return [row | {"value": None if row["value"] is None else Decimal(row["value"])} for row in rows]


def test_two_workers_give_every_figure_of_every_unit_live_and_official_and_over_time(world, tmp_path):
    """One test, so that the cluster and the session are begun once, however the suite is divided."""
    world.accepted(world.caugiay)
    world.submitted(world.vinh, held=False)
    made = worlds.make(world, worlds.EVERY_KIND, number=0)
    leaving.export(tmp_path / "everything", form=made.form)
    leaving.export(tmp_path / "house")

    with spark.cluster() as master, session(master) as opened:
        told = opened.totals(tmp_path / "everything", "live", "official", "together")
        house = opened.totals(tmp_path / "house", "official")

    assert told["executors"] == spark.WORKERS
    for name, official in (("live", False), ("official", True)):
        expected = leaving.ours(made.rounds, official=official)
        is_beyond = any(value is not None and abs(value) > worlds.LARGEST for value, *_ in expected.values())
        assert is_beyond != official
        assert leaving.theirs(exact(told[name])) == expected
    assert leaving.theirs_over_time(exact(told["together"])) == leaving.ours_over_time(made.rounds, official=False)

    rounds = list(Round.objects.select_related("form_version__form", "period"))
    assert leaving.theirs(exact(house["official"])) == leaving.ours(rounds, official=True)
