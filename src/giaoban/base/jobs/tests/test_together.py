"""Several workers look at the same moment: each thing is handed out once, and whoever is alive stays known."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from giaoban.base.jobs import following, follows, job, running, schedule, timetable
from giaoban.base.jobs.models import Job, Worker
from giaoban.base.jobs.tests.conftest import AT
from giaoban.base.jobs.worker import WorkLoop
from giaoban.base.ledger.tests.conftest import store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("declared")]
WORKERS = 4
DAY = timedelta(days=1)


def at_once(*, look):
    """`look` in as many threads at the same moment, each on its own connection; what went wrong in them."""
    barrier, troubles = threading.Barrier(WORKERS), []

    def run():
        try:
            barrier.wait(timeout=10)
            look()
        except Exception as trouble:  # noqa: BLE001 - told to the test
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return troubles


def test_workers_that_look_at_once_hand_out_each_moment_once():
    schedule(daily_at="07:00")(job(name="tests.daily")(lambda *, at: None))
    assert at_once(look=lambda: timetable.hand_out(at=AT)) == []

    for day in range(1, 6):
        assert at_once(look=lambda day=day: timetable.hand_out(at=AT + day * DAY)) == []
        assert Job.objects.count() == day
        running.run_due(at=AT + day * DAY)


def test_workers_that_look_at_once_hear_the_ledger_once():
    heard = []
    follows("files.")(job(name="tests.follower")(lambda *, entries, at: heard.extend(entry.id for entry in entries)))
    assert at_once(look=lambda: following.hand_out(at=AT, looked={})) == []

    for number in range(5):
        store(f"{number}")
        assert at_once(look=lambda: following.hand_out(at=AT, looked={})) == []
        assert Job.objects.count() == 1
        running.run_due(at=AT)

    assert heard == [1, 2, 3, 4, 5]


def test_workers_that_reap_at_once_free_a_job_once():
    kind = job(name="tests.lost")(lambda *, at: None)
    dead = Worker.objects.create(name="dead", started_at=AT, beat_at=AT)
    Job.objects.create(name=kind.name, state="running", attempts=1, worker=dead, asked_at=AT, run_at=AT)

    assert at_once(look=lambda: running.reap(at=AT + timedelta(minutes=1))) == []

    found = Job.objects.get()
    assert (found.state, found.attempts, found.worker) == ("waiting", 1, None)
    assert not Worker.objects.exists()


def test_a_job_that_takes_its_worker_along_each_time_fails_in_the_end():
    kind = job(name="tests.deadly", retries=2)(lambda *, at: None)
    Job.objects.create(name=kind.name, asked_at=AT, run_at=AT)
    for number in range(3):
        at = AT + timedelta(minutes=number)
        worker = Worker.objects.create(name=f"w{number}", started_at=at, beat_at=at)
        assert running.claim(worker=worker, at=at) is not None
        running.reap(at=at + timedelta(seconds=31))

    found = Job.objects.get()
    assert (found.state, found.attempts) == ("failed", 3)
    assert "dừng đột ngột" in found.trouble


def test_a_worker_with_a_recent_sign_keeps_its_job_and_one_from_the_future_does_not():
    kind = job(name="tests.kept")(lambda *, at: None)
    for name, beat_at in (("alive", AT - timedelta(seconds=20)), ("clock put back", AT + timedelta(hours=1))):
        worker = Worker.objects.create(name=name, started_at=AT, beat_at=beat_at)
        Job.objects.create(name=kind.name, state="running", attempts=1, worker=worker, asked_at=AT, run_at=AT)

    assert running.reap(at=AT) == 1

    assert [worker.name for worker in Worker.objects.all()] == ["alive"]


def test_a_worker_that_was_taken_for_dead_signs_on_again_with_its_next_sign():
    loop = WorkLoop(now=lambda: AT)
    loop.me = loop._signed_on()
    number = loop.me.pk
    Worker.objects.all().delete()

    loop._give_sign()

    assert Worker.objects.get().pk == number
