"""`python -m tests.harness.spark_totals MASTER`: a Spark session in a process of its own that adds up data sets.

A line names what is wanted and the folder; the answer is one line of JSON, the decimals as text.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.harness.server import ROOT
from tests.harness.spark import HOST, SETTINGS

_ANSWER = "answer: "


class Session:
    """A session that is open, as the tests ask it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def totals(self, folder: Path, *names: str) -> Mapping[str, Any]:
        """The rows of those of `live`, `official`, `together` (live, over time); and how many `executors` worked."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(",".join(names), folder, file=self._process.stdin, flush=True)
        for line in self._process.stdout:
            if line.startswith(_ANSWER):
                return dict(json.loads(line.removeprefix(_ANSWER)))
        raise RuntimeError("the session has ended; what it said is on standard error")


def _surroundings() -> dict[str, str]:
    return os.environ | {"SPARK_LOCAL_IP": HOST, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


@contextmanager
def session(master: str) -> Iterator[Session]:
    """A session on the cluster at `master`; ended whatever happens inside."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.harness.spark_totals", master],
        cwd=ROOT, env=_surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    with process:
        try:
            yield Session(process)
            assert process.stdin is not None
            process.stdin.close()
            process.wait(timeout=60)
        finally:
            process.kill()


def main(master: str) -> None:
    from pyspark.sql import SparkSession

    from giaoban.files.lake.adding import over_time, rollup
    from giaoban.files.lake.opening import in_session

    build = SparkSession.builder.master(master).appName("tests").config("spark.ui.enabled", "false")
    for name, value in SETTINGS.items():
        build = build.config(name, value)
    spark = build.getOrCreate()
    for line in sys.stdin:
        names, _, folder = line.strip().partition(" ")
        lake = in_session(spark, Path(folder))
        live = rollup(lake)
        found = {"live": live, "official": rollup(lake, official=True), "together": over_time(live, lake.periods)}
        told = {name: table.to_pyarrow().to_pylist() for name, table in found.items() if name in names.split(",")}
        executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1  # the driver counts itself
        print(_ANSWER + json.dumps(told | {"executors": executors}, default=str), flush=True)
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1])
