"""Schedules: each moment once, missed ones once together, nothing piles up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from giaoban.base.jobs import job, schedule, timetable
from giaoban.base.jobs.models import Job, Schedule
from giaoban.base.jobs.tests.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("declared")]
DAY = timedelta(days=1)


@pytest.fixture
def runs():
    """When the job that is due at seven in the morning ran."""
    seen = []

    @schedule(daily_at="07:00")
    @job(name="tests.daily", retries=1)
    def daily(*, at):
        seen.append(at)

    return seen


def test_a_new_schedule_begins_with_its_next_moment(runs, run_jobs):
    run_jobs(at=AT)
    assert runs == []

    run_jobs(at=AT + DAY)
    assert runs == [AT + DAY]


def test_a_moment_is_run_once_however_often_somebody_looks(runs, run_jobs):
    run_jobs(at=AT)
    for minute in range(0, 48 * 60, 17):
        run_jobs(at=AT + timedelta(minutes=minute))

    assert len(runs) == 2


def test_what_was_missed_while_the_machine_was_off_is_run_once(runs, run_jobs):
    run_jobs(at=AT)

    run_jobs(at=AT + 9 * DAY)
    run_jobs(at=AT + 9 * DAY + timedelta(hours=1))

    assert runs == [AT + 9 * DAY]


def test_a_clock_put_back_runs_nothing_again(runs, run_jobs):
    run_jobs(at=AT)
    run_jobs(at=AT + DAY)

    run_jobs(at=AT)
    run_jobs(at=AT + DAY)

    assert len(runs) == 1


def test_moments_do_not_pile_up_behind_a_job_that_is_still_running(runs, run_jobs):
    timetable.hand_out(at=AT)
    for day in range(1, 5):
        timetable.hand_out(at=AT + day * DAY)

    assert Job.objects.count() == 1
    assert run_jobs(at=AT + 5 * DAY) == [
        "tests.daily",
    ]
    assert run_jobs(at=AT + 5 * DAY) == ["tests.daily"], "the latest moment had waited for the earlier job"
    assert run_jobs(at=AT + 5 * DAY) == []


def test_a_schedule_this_version_does_not_know_hands_out_nothing(run_jobs):
    Schedule.objects.create(name="gone", last_due=AT - 9 * DAY)

    assert run_jobs(at=AT) == []


def test_a_job_with_arguments_cannot_be_scheduled():
    with pytest.raises(TypeError):

        @schedule(daily_at="07:00")
        @job(name="tests.wanting")
        def wanting(*, unit_id, at):
            pass
