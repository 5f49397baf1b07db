"""The exported data set, added up by another engine, says what our own roll-up says, to the last digit."""

from itertools import count

from hypothesis import HealthCheck, example, given, settings

from giaoban.apps.rollups.tests import leaving, worlds
from giaoban.files.lake.adding import over_time, rollup
from giaoban.files.lake.opening import on_duckdb

numbers = count()


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@example(plot=worlds.EVERY_KIND)
@given(plot=worlds.plots)
def test_duckdb_gives_every_figure_of_every_unit_live_and_official_and_over_time(world, tmp_path, plot):
    number = next(numbers)
    made = worlds.make(world, plot, number=number)
    leaving.export(tmp_path / f"{number}", form=made.form)

    with on_duckdb(tmp_path / f"{number}") as lake:
        for official in (False, True):
            found = rollup(lake, official=official)
            assert leaving.theirs(found.to_pyarrow().to_pylist()) == leaving.ours(made.rounds, official=official)
            together = over_time(found, lake.periods).to_pyarrow().to_pylist()
            assert leaving.theirs_over_time(together) == leaving.ours_over_time(made.rounds, official=official)
