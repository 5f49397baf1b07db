"""Workers are processes: they are killed, told to stop, and work side by side."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone
from tests.harness.server import ROOT, surroundings

from giaoban.base.jobs.models import Job, Worker
from giaoban.base.jobs.tests.conftest import StoredFile
from giaoban.base.ledger.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 30  # seconds a test waits for what takes less than two


def until(what: Callable[[], bool]) -> None:
    patience = time.monotonic() + LONG
    while not what():
        assert time.monotonic() < patience, "it did not come about"
        time.sleep(0.02)


@pytest.fixture
def begin(tmp_path):
    """`begin(grace=3.0)` starts a worker on this test's database; what is left of them is killed in the end."""
    begun = []

    def start(*, grace=3.0):
        environment = surroundings(tmp_path) | {
            "GIAOBAN_DATABASE": os.environ.get("GIAOBAN_DATABASE") or f"sqlite://{connection.settings_dict['NAME']}",
            "GIAOBAN_TEST_NAME": str(connection.settings_dict["NAME"]),
        }
        command = [sys.executable, "-m", "giaoban.base.jobs.tests.hand", str(grace)]
        with (tmp_path / "worker.log").open("ab") as log:
            begun.append(subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log))
        return begun[-1]

    yield start
    for process in begun:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()


def ask(name: str, **arguments) -> Job:
    at = timezone.now()
    return Job.objects.create(name=name, arguments=arguments, asked_at=at, run_at=at)


def count(mark: str) -> int:
    return StoredFile.objects.filter(sha256__startswith=mark).count()


def state_of(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def test_a_killed_worker_s_job_runs_again_and_its_effect_happens_once(begin):
    job = ask("tests.slow", mark="a", seconds=1.5)
    first = begin()
    until(lambda: count("begun a") == 1)
    first.send_signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    assert (state_of(job), count("sent a")) == ("running", 0)

    begin()
    until(lambda: state_of(job) == "done")

    assert (count("begun a"), count("sent a")) == (2, 1)
    assert Job.objects.get(pk=job.pk).attempts == 2
    assert Worker.objects.count() == 1, "the dead one was struck off"


def test_two_workers_do_each_job_once(begin):
    workers = [begin(), begin()]
    until(lambda: Worker.objects.count() == 2)
    for number in range(40):
        ask("tests.letter", mark=f"{number:02}")
    until(lambda: not Job.objects.unfinished().exists())

    begun = list(StoredFile.objects.filter(sha256__startswith="begun").values_list("sha256", flat=True))
    assert (len(begun), count("sent")) == (40, 40), "none was taken twice"
    assert {int(mark.split()[-1]) for mark in begun} == {worker.pid for worker in workers}, "both had their part"
    assert verify().is_sound


def test_an_idle_worker_stops_at_once_and_signs_off(begin):
    worker = begin(grace=10 * LONG)
    until(lambda: Worker.objects.exists())

    worker.terminate()

    assert worker.wait(timeout=LONG) == 0  # well within what a job would be given
    assert not Worker.objects.exists()


def test_a_job_that_ends_in_time_is_finished_before_the_worker_stops(begin):
    job = ask("tests.slow", mark="a", seconds=0.5)
    worker = begin(grace=10)
    until(lambda: count("begun a") == 1)

    worker.send_signal(signal.SIGINT)

    assert worker.wait(timeout=LONG) == 0
    assert state_of(job) == "done"


def test_a_job_that_takes_too_long_for_a_stop_is_broken_off_and_waits_for_the_next_worker(begin):
    job = ask("tests.slow", mark="a", seconds=10 * LONG)
    worker = begin(grace=0.3)
    until(lambda: count("begun a") == 1)

    worker.terminate()

    assert worker.wait(timeout=LONG) == 0
    found = Job.objects.get(pk=job.pk)
    assert (found.state, found.attempts, found.worker, found.trouble) == ("waiting", 0, None, "")
    assert count("sent") == 0


def test_a_second_signal_waits_for_nothing(begin):
    job = ask("tests.slow", mark="a", seconds=10 * LONG)
    worker = begin(grace=10 * LONG)
    until(lambda: count("begun a") == 1)

    worker.terminate()
    time.sleep(0.2)
    worker.terminate()

    assert worker.wait(timeout=LONG) == 0
    assert state_of(job) == "waiting"


def test_a_job_beyond_its_time_is_broken_off_and_the_worker_goes_on(begin):
    endless, letter = ask("tests.endless"), ask("tests.letter", mark="next")
    begin()
    until(lambda: state_of(letter) == "done")

    found = Job.objects.get(pk=endless.pk)
    assert (found.state, found.attempts) == ("failed", 1)
    assert "quá thời gian" in found.trouble
