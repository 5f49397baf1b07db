"""The board: what the server needs to answer it on the demo world, and how many questions it asks the database."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measurement import Measurement, timed

WARM, RUNS = 3, 40
PAGES = {
    "board": "/rollups/",
    "board.province": "/rollups/?unit=01",
    "board.figure": "/rollups/figure/dai-hoi-cap-tren-co-so/2020-W34/TW/",
    "board.units": "/rollups/units/dai-hoi-cap-tren-co-so/2020-W34/TW/?group=missing",
    "board.completeness": "/rollups/completeness/?form=DH-TCS",
}


@contextmanager
def demo_world() -> Iterator[None]:
    """The demo world in a database of its own, so that other families keep theirs."""
    from django.core.management import call_command
    from django.db import connection

    from giaoban.site.demo import world

    before = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="giaoban-board-") as folder:
        connection.close()
        connection.settings_dict["NAME"] = Path(folder) / "demo.sqlite3"
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
        world.build(scale="office")
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before


def measure() -> Iterable[Measurement]:
    """Warm pages in milliseconds with their queries; the first board of a process; a board right after a submission."""
    from django.db import connection
    from django.test import Client, override_settings
    from django.test.utils import CaptureQueriesContext

    from giaoban.apps.people.models import Account
    from giaoban.apps.reports import services as reports
    from giaoban.apps.reports.models import Report
    from giaoban.apps.rollups import queries
    from giaoban.apps.units.models import Unit
    from giaoban.base.web import clock
    from giaoban.site.demo import founding, shelf

    client = Client()
    clock.now = lambda: shelf.NOW  # type: ignore[assignment]  # the demo lives on one morning

    def asks(address: str) -> Callable[[], None]:
        def ask() -> None:
            answer = client.get(address)
            assert answer.status_code == 200, answer.status_code

        return ask

    def cold() -> None:
        queries.forget()
        asks("/rollups/")()

    def accept_one() -> None:
        reviewer = founding.system_at(Unit.objects.get(code="TW"), day=shelf.NOW.date())
        waiting = Report.objects.filter(state="submitted").values_list("pk", flat=True)[0]
        reports.accept(actor=reviewer, report_id=waiting, at=shelf.NOW)

    with demo_world(), override_settings(ALLOWED_HOSTS=["testserver"]):
        account = Account.objects.get(username="trunguong")
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        yield timed("board.cold_ms", cold, runs=5)
        for name, address in PAGES.items():
            for _ in range(WARM):
                asks(address)()
            yield timed(f"{name}.ms", asks(address), runs=RUNS)
            with CaptureQueriesContext(connection) as asked:
                asks(address)()
            yield Measurement(f"{name}.queries", "queries", [float(len(asked))])
        after = []
        for _ in range(10):
            accept_one()
            after += timed("", asks("/rollups/"), runs=1).runs
        yield Measurement("board.after_a_change.ms", "ms", after)
