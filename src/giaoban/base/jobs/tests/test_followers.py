"""Jobs along the ledger hear every entry, in order; the cursor moves only with what was done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from giaoban.base.jobs import follows, job
from giaoban.base.jobs.models import Follower, Job
from giaoban.base.jobs.tests.conftest import AT, StoredFile
from giaoban.base.ledger.tests.conftest import LAN, store
from giaoban.base.ledger.work import record, service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("declared")]


@service
def tell(verb):
    record(actor=LAN, verb=verb, on=StoredFile(pk=1), at=AT)


def follower(body=None, **more):
    """Hears of files; returns the list of what it heard, a list for each batch."""
    heard = []

    @follows("files.", **more)
    @job(name="tests.follower")
    def hear(*, entries, at, run):
        if body:
            body(entries, run)
        heard.append([entry.id for entry in entries])

    return heard


def test_a_follower_hears_in_order_and_in_batches_what_is_recorded_from_then_on(run_jobs):
    store("before")
    heard = follower(batch=2)
    run_jobs(at=AT)
    for name in "abc":
        store(name)

    run_jobs(at=AT)

    assert heard == [[2, 3], [4]]
    assert not Job.objects.exists(), "following leaves no heap of jobs that are done"


def test_a_follower_may_begin_with_the_first_entry(run_jobs):
    store("before")
    heard = follower(from_start=True)

    run_jobs(at=AT)
    run_jobs(at=AT)

    assert heard == [[1]]


def test_what_others_do_is_not_heard_and_does_not_hold_up(run_jobs):
    heard = follower()
    run_jobs(at=AT)
    tell("reports.submitted")
    store("a")
    tell("filesystem.mounted")

    run_jobs(at=AT)

    assert heard == [[2]]


def test_the_facts_arrive_as_they_were_recorded(run_jobs):
    facts = []
    follower(lambda entries, run: facts.extend((entry.verb, entry.place, entry.facts) for entry in entries))
    run_jobs(at=AT)
    store("a", pages=3)

    run_jobs(at=AT)

    assert facts == [("files.stored", "/1/", {"pages": 3})]


def test_the_cursor_stays_while_the_job_fails_and_nothing_is_passed_over(run_jobs):
    tried = []

    def fail_twice(entries, run):
        tried.append([entry.id for entry in entries])
        if len(tried) < 3:
            raise OSError("not yet")

    heard = follower(fail_twice)
    run_jobs(at=AT)
    store("a")
    run_jobs(at=AT, may_fail=True)
    store("b")
    assert Follower.objects.get().cursor == 0

    for minute in range(1, 6):
        run_jobs(at=AT + timedelta(minutes=minute), may_fail=True)

    assert tried == [[1], [1, 2], [1, 2]]
    assert heard == [[1, 2]]
    assert Follower.objects.get().cursor == 2


def test_a_follower_that_fails_is_tried_for_ever(run_jobs):
    def fail(entries, run):
        raise OSError("never")

    follower(fail)
    run_jobs(at=AT)
    store("a")
    for hour in range(30):
        run_jobs(at=AT + timedelta(hours=2 * hour), may_fail=True)

    found = Job.objects.get()
    assert (found.state, found.attempts) == ("waiting", 30)
    assert Follower.objects.get().cursor == 0


def test_what_a_follower_writes_once_moves_the_cursor_in_the_same_transaction(run_jobs, marks):
    def write(entries, run):
        with run.once():
            store(f"heard {entries[-1].id}") if entries[0].id == 1 else None
        raise OSError("killed just after")

    follower(write)
    run_jobs(at=AT)
    store("a")

    run_jobs(at=AT, may_fail=True)

    assert marks() == ["a", "heard 1"]
    assert Follower.objects.get().cursor == 2, "its own entry was heard too"
    assert not Job.objects.exists()


def test_what_fails_within_once_leaves_the_cursor_too(run_jobs, marks):
    def write(entries, run):
        with run.once():
            store("half")
            raise OSError("the line is dead")

    follower(write)
    run_jobs(at=AT)
    store("a")

    run_jobs(at=AT, may_fail=True)

    assert marks() == ["a"]
    assert Follower.objects.get().cursor == 0
