"""Two hands at once with one origin: one task, one entry, and a refusal instead of a crash."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from giaoban.apps.tasks import rules, services
from giaoban.apps.tasks.models import CalendarEvent, Task
from giaoban.apps.tasks.rules import weekly
from giaoban.apps.tasks.tests import scenes
from giaoban.apps.units import queries as units
from giaoban.site.demo.small import World, build_small

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]
_ORIGIN = "briefings.conclusion:71"
_PATIENCE = 30  # seconds until a test that waits for nothing gives up


class OtherHand(threading.Thread):
    """Does something in a transaction of its own and commits once somebody waits for it."""

    def __init__(self, act) -> None:
        super().__init__()
        self.act, self.has_written, self.trouble = act, threading.Event(), None

    def run(self) -> None:
        try:
            with transaction.atomic():
                self.act()
                self.has_written.set()
                self._until_awaited()
        except Exception as trouble:  # noqa: BLE001 - told to the test that waits for it
            self.trouble = trouble
        finally:
            self.has_written.set()
            connection.close()

    def _until_awaited(self) -> None:
        """A transaction that holds a row others insert is waited for by `pg_blocking_pids`."""
        asked = "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        gate = threading.Event()
        for _ in range(_PATIENCE * 50):
            with connection.cursor() as cursor:
                cursor.execute(asked)
                if cursor.fetchone()[0]:
                    return
            gate.wait(0.02)


def beside(act, mine):
    """`mine` while another hand has done `act` and not committed yet."""
    other = OtherHand(act)
    other.start()
    assert other.has_written.wait(_PATIENCE)
    try:
        return mine()
    finally:
        other.join(_PATIENCE)
        assert other.trouble is None


@pytest.fixture
def world() -> World:
    units.forget_trees()
    return build_small()


def test_of_two_hands_that_assign_from_one_row_the_second_is_refused(world):
    scenes.lists(world)
    task = scenes.assignment(world.caugiay, origin=_ORIGIN)

    def assign():
        return services.assign(actor=world.binh, task=task, at=world.at)

    with pytest.raises(rules.AlreadyAssigned, match="đã được giao thành nhiệm vụ"):
        beside(assign, assign)
    assert Task.objects.count() == 1


def test_of_two_hands_that_enter_one_row_the_second_changes_what_the_first_entered(world):
    def enter(title):
        event = weekly.PlannedEvent(
            unit_id=world.hanoi.pk, title=title, day=date(2020, 8, 24), hours=weekly.Hours("morning"), origin=_ORIGIN
        )
        return services.enter_event(actor=world.binh, event=event, at=world.at)

    kept = beside(lambda: enter("Giao ban"), lambda: enter("Giao ban tuần"))

    assert (kept.title, kept.revision) == ("Giao ban tuần", 2)
    assert CalendarEvent.objects.count() == 1
