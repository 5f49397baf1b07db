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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

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

        rebuilt = timed("", rebuild)
        yield Measurement("rollup.rebuild_s", "s", [run / 1_000 for run in rebuilt.runs])
        for name, work in _questions(round_, root).items():
            work()
            yield timed(f"rollup.{name}_ms", work)
        yield from _workers(round_id)
    total()
    yield from _refreshed(kind, round_id)


def _questions(round_: Any, root: int) -> dict[str, Callable[[], object]]:
    """What is asked of a process that has the matrix at hand."""
    from giaoban.apps.rollups.queries.live import picture

    def with_matrix(work: Callable[[Any], object]) -> Callable[[], object]:
        def asked() -> object:
            with picture([round_]) as now:
                return work(now.matrices[round_.pk])

        return asked

    def sums(matrix: Any) -> None:  # of one field after the other; the total of any unit is then one subtraction
        for column in matrix.layout.columns:
            matrix.field(column)

    def written_out(matrix: Any) -> int:  # the same as a number for each unit and field
        every = (matrix.field(column) for column in matrix.layout.columns)
        return sum(len(one.values.all()) + len(one.answered.all()) for one in every)

    return {
        "root_total": with_matrix(lambda matrix: matrix.total(root)),
        "root_page": with_matrix(lambda matrix: matrix.table(root)),  # the root and the units below it, every field
        "recompute": with_matrix(sums),
        "every_unit": with_matrix(written_out),
        "memory_limit": with_matrix(lambda matrix: matrix.values.sum()),  # reading the figures once, no more
    }


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


def _workers(round_id: int) -> Iterator[Measurement]:
    """New processes, four at a time: how soon one answers, and what the roll-up costs in memory."""
    opened, own, together = [], [], []
    for _ in range(RUNS):
        four = [
            subprocess.Popen(
                [sys.executable, "-m", "benchmarks.rollup", "worker", str(round_id)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(4)
        ]
        waiting = [_next(one) for one in four]
        for one in four:  # one after the other, so that nobody waits for a core
            _say(one, "open")
            opened.append(_next(one))
            _say(one, "page")
            _next(one)
        added = [_private(one.pid) - before for one, before in zip(four, waiting, strict=True)]
        own += added
        together.append(sum(added) + sum(_mapped(one.pid) for one in four))
        for one in four:
            one.communicate("")
    yield Measurement("rollup.open_ms", "ms", opened)
    yield Measurement("rollup.worker_mb", "MB", own)
    yield Measurement("rollup.four_workers_mb", "MB", together)


def _say(worker: subprocess.Popen[str], word: str) -> None:
    print(word, file=worker.stdin, flush=True)


def _next(worker: subprocess.Popen[str]) -> float:
    return float(worker.stdout.readline()) if worker.stdout else 0.0


def _private(pid: int) -> float:
    """Megabytes of a process that no file stands behind."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1]) / 1_024


def _mapped(pid: int) -> float:
    """Its share of the megabytes of the roll-up's files: what four have mapped counts a quarter for each."""
    kilobytes, is_ours = 0, False
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        if "-" in line.split(" ", 1)[0]:
            is_ours = line.endswith((".matrix", ".tree", ".totals"))
        elif is_ours and line.startswith("Pss:"):
            kilobytes += int(line.split()[1])
    return kilobytes / 1_024


def worker(round_id: int) -> None:
    """What `_workers` asks: say what memory is in use, then the milliseconds of each thing asked."""
    import django

    django.setup()
    from giaoban.apps.forms.models import Round
    from giaoban.apps.rollups.queries.live import picture

    round_ = Round.objects.get(pk=round_id)
    print(_private(os.getpid()), flush=True)
    for word in sys.stdin:
        begun = time.perf_counter()
        with picture([round_]) as now:
            matrix = now.matrices[round_id]
            root = matrix.slots.tree.roots[0]
            matrix.total(root) if word == "open\n" else matrix.table(root)
        print((time.perf_counter() - begun) * 1_000, flush=True)


if __name__ == "__main__":
    begun = time.perf_counter()
    {"worker": lambda given: worker(int(given))}.get(sys.argv[1], lambda given: main(sys.argv[1], float(given)))(
        sys.argv[2]
    )
    print(f"{sys.argv[1]}: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
