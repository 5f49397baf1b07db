"""The data set of a tenth of the organisation: 28,000 reports × 100 fields, written, and added up by other engines.

`*_s` is every field at every unit of the tree, `*_root_s` every field at the root alone. Spark is a master and two
workers of one core each on this machine, a session that is already open; without Java it is left out.
`python -m benchmarks.export 0.01` is a quick try.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks import rollup_world
from benchmarks.measurement import Measurement, timed

RUNS = 3
SCALE = 0.1


def measure() -> Iterable[Measurement]:
    command = [sys.executable, "-m", "benchmarks.export", str(SCALE)]
    ran = subprocess.run(command, env=dict(os.environ), stdout=subprocess.PIPE, text=True, check=True)
    for line in ran.stdout.splitlines():
        yield Measurement(**json.loads(line))


def main(scale: float) -> None:
    """Measure and print each measurement as a line of JSON."""
    with tempfile.TemporaryDirectory(prefix="giaoban-export-") as folder:
        from benchmarks.run import prepare

        prepare(folder)
        rollup_world.build(scale)
        for one in _measured(Path(folder)):
            print(json.dumps(asdict(one)), flush=True)


def _measured(folder: Path) -> Iterator[Measurement]:
    from tests.harness import spark

    from giaoban.apps.rollups import papers
    from giaoban.apps.rollups.queries.exporting import leaving
    from giaoban.files.lake.opening import on_duckdb, on_spark
    from giaoban.files.lake.writing import data_set, publish

    numbers = count()

    def write() -> None:
        place = folder / f"out-{next(numbers)}"
        with data_set(place) as made:
            with leaving() as going:
                papers.write(going, made, seen=lambda one, size: None)
            publish(made, place)

    yield _seconds("export.write_s", write)
    written = folder / "out-0"
    yield Measurement("export.mb", "MB", [sum(one.stat().st_size for one in written.rglob("*.parquet")) / 1e6])
    facts = sum(one.stat().st_size for one in (written / "facts").rglob("*.parquet"))
    yield Measurement("export.facts_mb", "MB", [facts / 1e6])
    with on_duckdb(written) as lake:
        yield from _added("duckdb", lake)
    if why := spark.missing():
        print(f"Spark is not measured: {why}", file=sys.stderr)
        return
    quick = ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions", "spark.sql.adaptive.enabled")
    lasting = {name: value for name, value in spark.SETTINGS.items() if name not in quick}
    with spark.cluster() as master, on_spark(written, master=master, settings=lasting) as lake:
        yield from _added("spark", lake)


def _added(engine: str, lake: Any) -> Iterator[Measurement]:
    """The work is done to the last row, but only how many rows there are and their sum comes back."""
    from giaoban.files.lake.adding import rollup

    root = lake.trees.filter(lake.trees.parent.isnull()).select("unit").to_pyarrow()["unit"][0].as_py()

    def ask(units: list[int]) -> Callable[[], None]:
        found = rollup(lake, units=units)
        told = found.aggregate(rows=found.count(), value=found.value.sum(), answered=found.answered.sum())

        def run() -> None:
            told.to_pyarrow()

        return run

    ask([root])()
    yield _seconds(f"export.{engine}_root_s", ask([root]))
    yield _seconds(f"export.{engine}_s", ask([]))


def _seconds(name: str, work: Callable[[], None]) -> Measurement:
    return Measurement(name, "s", [run / 1_000 for run in timed("", work, runs=RUNS).runs])


if __name__ == "__main__":
    main(float(sys.argv[1]))
