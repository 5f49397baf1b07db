"""The roll-up at the size of a whole organisation: 280,000 reports × 100 fields, 333,380 units, from a durable store.

Each database is measured in a process of its own. SQLite writes as in service; PostgreSQL is the tests' server, which
does not wait for its disk: what is timed here is reading. `python -m benchmarks.rollup sqlite 0.01` is a quick try.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks import rollup_world
from benchmarks.measurement import RUNS, Measurement, timed

CHANGES = 100  # reports changed one by one, in each of five runs


def measure() -> Iterable[Measurement]:
    for kind in ("sqlite", "postgresql"):
        yield from _apart([sys.executable, "-m", "benchmarks.rollup", kind, "1"], dict(os.environ))


def _apart(command: list[str], surroundings: dict[str, str]) -> Iterator[Measurement]:
    ran = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)
    for line in ran.stdout.splitlines():
        yield Measurement(**json.loads(line))


def main(kind: str, scale: float) -> None:
    """Measure on one database and print each measurement as a line of JSON."""
    with tempfile.TemporaryDirectory(prefix="giaoban-rollup-") as folder:
        os.environ["GIAOBAN_DATABASE"] = _database(kind)
        from benchmarks.run import prepare

        prepare(folder)
        round_id = rollup_world.build(scale)
        for one in _measured(kind, round_id):
            print(json.dumps(asdict(one)), flush=True)


def _database(kind: str) -> str:
    if kind != "postgresql":
        return ""
    from tests.harness import postgresql

    return postgresql.start().address.replace("/giaoban?", "/postgres?")  # the one database every server has


def _measured(kind: str, round_id: int) -> Iterator[Measurement]:
    from giaoban.apps.forms.models import Round
    from giaoban.apps.rollups import queries
    from giaoban.apps.rollups.queries import keeping
    from giaoban.apps.rollups.queries.live import picture
    from giaoban.apps.units import queries as units

    round_ = Round.objects.get(pk=round_id)
    root = units.tree_on(round_.day).roots[0]

    def total() -> None:
        with picture([round_]) as now:
            now.matrices[round_id].total(root)

    if kind == "sqlite":

        def rebuild() -> None:
            queries.forget()
            total()

        def open_anew() -> None:
            keeping.let_go()
            units.let_trees_go()
            total()

        def root_page() -> None:  # every field at the root and at each unit below it
            with picture([round_]) as now:
                now.matrices[round_id].total(root)
                now.matrices[round_id].children(root)

        def recompute() -> None:  # every field at every unit
            with picture([round_]) as now:
                matrix = now.matrices[round_id]
                for column in matrix.layout.columns:
                    matrix.field(column)

        def one_pass() -> None:  # what reading the whole matrix costs, whatever is done with it
            with picture([round_]) as now:
                now.matrices[round_id].values.sum()

        rebuilt = timed("", rebuild)
        yield Measurement("rollup.rebuild_s", "s", [run / 1_000 for run in rebuilt.runs])
        yield timed("rollup.open_ms", open_anew)
        for name, work in (
            ("root_total", total),
            ("root_page", root_page),
            ("recompute", recompute),
            ("memory_limit", one_pass),
        ):
            work()
            yield timed(f"rollup.{name}_ms", work)
        yield Measurement("rollup.worker_mb", "MB", [_worker(round_id) for _ in range(RUNS)])
    total()
    yield from _refreshed(kind, round_id)


def _refreshed(kind: str, round_id: int) -> Iterator[Measurement]:
    """After each change, how long the next question waits until it may answer."""
    from giaoban.apps.forms.models import Round
    from giaoban.apps.reports.models import Report
    from giaoban.apps.rollups.queries.live import picture
    from giaoban.base.access import Actor
    from giaoban.base.ledger.work import record, service

    round_ = Round.objects.get(pk=round_id)
    clerk = Actor(kind="job", id=1, name="đo", day=rollup_world.AT.date())
    ids = list(Report.objects.filter(round=round_id).order_by("id").values_list("id", flat=True)[: CHANGES * RUNS])

    @service
    def change(report_id: int) -> None:
        report = Report.objects.get(pk=report_id)
        report.figures = report.figures | {"f000": report_id}
        report.save(update_fields=["figures"])
        record(actor=clerk, verb="reports.filled", on=report, at=rollup_world.AT)

    def ask() -> None:
        with picture([round_]):
            pass

    runs = []
    for number in range(RUNS):
        taken = []
        for report_id in ids[number::RUNS]:
            change(report_id)
            taken += timed("", ask, runs=1).runs
        runs.append(taken)
    yield Measurement(f"rollup.refresh_ms.{kind}", "ms", [statistics.median(run) for run in runs])
    yield Measurement(f"rollup.refresh_p99_ms.{kind}", "ms", [statistics.quantiles(run, n=100)[-1] for run in runs])


def _worker(round_id: int) -> float:
    """Memory of its own, in megabytes, of a new process that has answered the root's page."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.rollup", "worker", str(round_id)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(told.stdout)


def worker(round_id: int) -> None:
    """What `_worker` asks: print this process's anonymous memory after the root's page."""
    import django

    django.setup()
    from giaoban.apps.forms.models import Round
    from giaoban.apps.rollups.queries.live import picture

    round_ = Round.objects.get(pk=round_id)
    with picture([round_]) as now:
        matrix = now.matrices[round_id]
        root = matrix.slots.tree.roots[0]
        matrix.total(root)
        matrix.children(root)
    status = Path("/proc/self/status").read_text()
    print(int(next(line for line in status.splitlines() if line.startswith("RssAnon")).split()[1]) / 1_024)


if __name__ == "__main__":
    begun = time.perf_counter()
    {"worker": lambda given: worker(int(given))}.get(sys.argv[1], lambda given: main(sys.argv[1], float(given)))(
        sys.argv[2]
    )
    print(f"{sys.argv[1]}: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
