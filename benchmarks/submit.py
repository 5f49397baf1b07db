"""Reports handed in through the service: its checks, the ledger, a commit that waits for the disk; several at once.

Each database is measured in a process of its own, each client is another one. PostgreSQL is a server that keeps what
it says it has kept. `python -m benchmarks.submit sqlite 1` measures one client.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.measurement import RUNS, Measurement
from benchmarks.rollup import apart

CLIENTS = 8
REPORTS = 1_600  # in each run
fork = multiprocessing.get_context("fork")

Handed = tuple[int, int, str]  # a report, its unit, the unit's path


def measure() -> Iterable[Measurement]:
    for kind, clients in (("sqlite", 1), ("sqlite", CLIENTS), ("postgresql", CLIENTS)):
        yield from apart([sys.executable, "-m", "benchmarks.submit", kind, str(clients)])


def main(kind: str, clients: int) -> None:
    """Measure on one database and print each measurement as a line of JSON."""
    with tempfile.TemporaryDirectory(prefix="giaoban-submit-") as folder:
        os.environ["GIAOBAN_DATABASE"] = _database(kind)
        from benchmarks.run import prepare

        prepare(folder)
        for one in _measured(kind, clients):
            print(json.dumps(asdict(one)), flush=True)


def _database(kind: str) -> str:
    if kind != "postgresql":
        return ""
    from tests.harness import postgresql

    return postgresql.start(is_durable=True).address.replace("/giaoban?", "/postgres?")


def _measured(kind: str, clients: int) -> Iterator[Measurement]:
    from giaoban.site.demo.small import build_small

    world = build_small()
    name = f"{kind}_alone" if (kind, clients) == ("sqlite", 1) else kind
    submitted, handed_in = [], []
    for number in range(RUNS):
        drafts = _drafts(world, number)
        submitted.append(_rate(drafts, clients, lambda one: _submit(world, one)))
    for number in range(RUNS, 2 * RUNS):
        drafts = _drafts(world, number)
        handed_in.append(_rate(drafts, clients, lambda one: _hand_in(world, one)))
    yield Measurement(f"submit.per_s.{name}", "a second", submitted)
    yield Measurement(f"submit.hand_in_per_s.{name}", "a second", handed_in)


def _submit(world: Any, one: Handed) -> None:
    from giaoban.apps.reports import services

    services.submit(actor=_reporter(world, one), report_id=one[0], at=world.at)


def _hand_in(world: Any, one: Handed) -> None:
    """What the button of the page does: the whole form is saved and handed in, two verbs in one transaction."""
    from giaoban.apps.reports import services

    figures = _figures() | {"women": one[0] % 9}
    done = services.hand_in(
        actor=_reporter(world, one), report_id=one[0], revision=1, figures=figures, prose=None, at=world.at
    )
    assert done.is_submitted, done.faults


def _reporter(world: Any, one: Handed) -> Any:
    from giaoban.base.access import Actor
    from giaoban.base.access.actor import Place

    return Actor("person", one[1], "người báo cáo", world.day, {"reporter": (Place(one[1], one[2]),)})


def _figures() -> dict[str, Any]:
    from giaoban.site.demo.small import usual_figures

    return usual_figures(held=True)


def _drafts(world: Any, number: int) -> list[Handed]:
    """Whole drafts of the congress form, of units founded for one run."""
    from giaoban.apps.reports.models import Report
    from giaoban.apps.units import services as units
    from giaoban.apps.units.models import Unit
    from giaoban.apps.units.rules import NewUnit
    from giaoban.site.demo.small import FOUNDED

    codes = [f"N-{number}-{at:05}" for at in range(REPORTS)]
    planned = [NewUnit(code=code, name=f"Đảng bộ {code}", level="tren-co-so", from_day=FOUNDED) for code in codes]
    units.bring_in(
        actor=world.system, below="01", units=planned, source="đo", today=world.day, at=world.at
    )  # fmt: skip
    figures = dict(world.round.form_version.spec.compute(_figures()))
    paths = dict(Unit.objects.filter(code__in=codes).values_list("id", "path"))
    rows = Report.objects.bulk_create(
        Report(
            round=world.round,
            form_version=world.round.form_version,
            period=world.round.period,
            unit_id=unit,
            figures=figures,
            due_at=world.at,
        )
        for unit in paths
    )
    return [(row.pk, row.unit_id, paths[row.unit_id]) for row in rows]


def _rate(drafts: Sequence[Handed], clients: int, hand_over: Callable[[Handed], None]) -> float:
    """How many a second, from the moment all clients may begin until the last has done its share."""
    from django.db import connection, connections

    ready, gate = fork.Semaphore(0), fork.Event()

    def client(share: Sequence[Handed]) -> None:
        connection.ensure_connection()
        ready.release()
        gate.wait()
        for one in share:
            hand_over(one)
        connections.close_all()

    connections.close_all()
    working = [fork.Process(target=client, args=(drafts[at::clients],)) for at in range(clients)]
    for one in working:
        one.start()
    for _ in working:
        ready.acquire()
    begun = time.perf_counter()
    gate.set()
    for one in working:
        one.join()
    taken = time.perf_counter() - begun
    if any(one.exitcode for one in working):
        raise SystemExit("a client failed; see above")
    return len(drafts) / taken


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
