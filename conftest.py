"""Fixtures and guards for every test of the house; the machinery is in tests/harness."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.core import mail
from django.db import connection
from tests.harness import golden as golden_files
from tests.harness import guards
from tests.harness.budget import budget

from giaoban.base.jobs.running import run_due
from giaoban.base.ledger.guards import no_stray_writes
from giaoban.base.web import clock

pytest_plugins = ["tests.harness.browser", "tests.world"]

hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile("fuzz" if os.environ.get("GIAOBAN_FUZZ") else "suite")

_TOUCHES_DATABASE = {"db", "transactional_db", "client", "admin_client"}


def pytest_configure(config: pytest.Config) -> None:
    socket.socket.connect = guards.connect_locally
    socket.getaddrinfo = guards.resolve_locally
    guards.hear_interrupts()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches a database; golden tests are marked; browser tests come last."""
    for item in items:
        if "golden" in getattr(item, "fixturenames", ()):
            item.add_marker("golden")
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if os.environ.get("GIAOBAN_TEST_DATABASE") == "postgresql":
        kept = [item for item in items if _is_for_both(item)]
        config.hook.pytest_deselected(items=[item for item in items if not _is_for_both(item)])
        items[:] = kept
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """The floors without a database need no second run."""
    if os.environ.get("GIAOBAN_TEST_DATABASE") != "postgresql":
        return None
    return True if collection_path.name in {"core", "files"} and collection_path.parent.name == "giaoban" else None


def _is_for_both(item: pytest.Item) -> bool:
    touches = item.get_closest_marker("django_db") or _TOUCHES_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(touches) and item.get_closest_marker("browser") is None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """While the test itself runs, rows are written by services alone."""
    with no_stray_writes():
        return (yield)


@pytest.fixture(autouse=True)
def _told_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", guards.untold)


@pytest.fixture(autouse=True)
def _no_mail(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "mailoutbox" not in request.fixturenames:
        assert not getattr(mail, "outbox", []), "mail was sent; ask for `mailoutbox` where that is meant"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, _told_the_time: None) -> datetime:
    """The moment at which the test happens, also for views: Monday, 24 August 2020, nine in the morning."""
    moment = datetime(2020, 8, 24, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


@pytest.fixture
def run_jobs() -> Callable[..., list[str]]:
    """`run_jobs(at=…)`: do what has come due, schedules and followers too; the names of what was done.

    Nothing runs by itself in a test. What goes wrong in a job is raised, unless `may_fail=True` leaves it to its retry.
    """

    def run(*, at: datetime, may_fail: bool = False) -> list[str]:
        done = run_due(at=at)
        for _job, trouble in done:
            if trouble is not None and not may_fail:
                raise trouble
        return [job.name for job, _trouble in done]

    return run


@pytest.fixture
def queries() -> Callable[[int], AbstractContextManager[None]]:
    """A query budget: `with queries(7): client.get(...)` fails beyond seven, and shows them."""
    return lambda most: budget(connection, most)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes | str], None]:
    """Compare with a file kept beside the test: `golden("notice.txt", text)`; `make golden` writes it anew."""
    return lambda name, made: golden_files.compare(Path(request.path).parent / "golden" / name, made)
