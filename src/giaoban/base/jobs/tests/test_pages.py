"""Keepers of the house see what is done in the background, and decide on what failed."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from giaoban.base.jobs import enqueue, follows, job, queries, schedule, services
from giaoban.base.jobs.models import Follower, Job
from giaoban.base.jobs.rules import AlreadyWaiting
from giaoban.base.jobs.running import claim
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.tests.conftest import store
from giaoban.core.moves import WrongMoment
from giaoban.core.refusal import NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("declared")]


@pytest.fixture
def failing():
    """A job that fails at once, by a label of its own."""

    @job(name="tests.failing", label="Việc hỏng", retries=0)
    def body(*, at):
        raise OSError("đường dây hỏng")

    return body


@pytest.fixture
def keeper(client: Client, world, at):
    client.force_login(world.accounts["an"])
    return client


def failed(kind, run_jobs, at) -> Job:
    number = enqueue(kind, actor=None, at=at)
    run_jobs(at=at, may_fail=True)
    return Job.objects.get(pk=number)


def test_a_keeper_of_the_house_sees_what_failed_waits_and_is_due(keeper, failing, run_jobs, at, queries):
    schedule(daily_at="07:00")(job(name="tests.daily", label="Việc hằng ngày")(lambda *, at: None))
    failed(failing, run_jobs, at)
    enqueue(failing, actor=None, at=at, after=at + timedelta(hours=1))

    with queries(16):
        answer = keeper.get("/system/jobs/")

    page = answer.content.decode()
    for told in (
        "Việc hỏng",
        "OSError: đường dây hỏng",
        "Không xong · 1",
        "Đang chờ · 1",
        "Việc hằng ngày",
        "hệ thống",
    ):
        assert told in page
    assert "Không có tiến trình nào đang làm việc" in page


def test_an_empty_place_says_what_will_stand_there(keeper):
    assert "Chưa có việc nền nào" in keeper.get("/system/jobs/").content.decode()


def test_other_keepers_do_not_see_the_page_nor_the_way_to_it(client: Client, world, at):
    client.force_login(world.accounts["binh"])

    assert client.get("/system/jobs/").status_code == 404
    assert "/system/jobs/" not in client.get("/system/").content.decode()
    with pytest.raises(NotFound):
        queries.overview(actor=world.binh, at=at)


def test_a_failed_job_is_run_again_by_a_keeper_and_the_ledger_tells(keeper, failing, run_jobs, at, world):
    one = failed(failing, run_jobs, at)

    answer = keeper.post(f"/system/jobs/{one.pk}/restart/", {"write_key": uuid.uuid4().hex})

    one.refresh_from_db()
    entry = Entry.objects.latest("id")
    assert (answer.status_code, one.state, one.attempts) == (302, "waiting", 0)
    assert (entry.verb, entry.subject_id, entry.actor) == ("jobs.restarted", one.pk, world.an.key)
    assert run_jobs(at=at, may_fail=True) == ["tests.failing"]


def test_a_dismissed_job_is_no_fault_any_more(keeper, failing, run_jobs, at):
    one = failed(failing, run_jobs, at)
    assert [told for told in queries.faults(at=at) if "Việc hỏng" in told]

    keeper.post(f"/system/jobs/{one.pk}/dismiss/", {"write_key": uuid.uuid4().hex})

    assert list(queries.faults(at=at)) == []
    assert Entry.objects.latest("id").verb == "jobs.dismissed"


def test_only_what_failed_is_run_again(failing, world, at):
    waiting = enqueue(failing, actor=None, at=at)

    with pytest.raises(WrongMoment):
        services.restart(actor=world.an, job_id=waiting, at=at)
    with pytest.raises(NotFound):
        services.restart(actor=world.binh, job_id=waiting, at=at)


def test_of_two_with_one_key_only_one_is_unfinished(failing, world, at):
    old = Job.objects.create(name="tests.failing", key="k", state="failed", asked_at=at, run_at=at)
    Job.objects.create(name="tests.failing", key="k", asked_at=at, run_at=at)

    with pytest.raises(AlreadyWaiting):
        services.restart(actor=world.an, job_id=old.pk, at=at)


def test_what_waits_too_long_is_a_fault(failing, at):
    enqueue(failing, actor=None, at=at)

    assert list(queries.faults(at=at + timedelta(minutes=15))) == []
    (told,) = queries.faults(at=at + timedelta(minutes=16))
    assert "«Việc hỏng» chờ từ 09:00 ngày 24-8-2020; hãy chạy giaoban work" in told


def test_a_schedule_nobody_keeps_and_a_follower_nobody_hears_are_faults(run_jobs, at):
    schedule(daily_at="07:00")(job(name="tests.daily", label="Việc hằng ngày")(lambda *, at: None))
    follows("files.")(job(name="tests.follower", label="Người nghe")(lambda *, entries, at: None))
    run_jobs(at=at)
    store("a")
    assert list(queries.faults(at=at)) == []

    told = list(queries.faults(at=at + timedelta(days=1)))

    assert told == [
        "lịch chạy «Việc hằng ngày» lẽ ra đã chạy; hãy chạy giaoban work",
        "«Người nghe» chưa đọc mục sổ nhật ký 1; hãy chạy giaoban work",
    ]


def test_a_follower_that_fails_again_and_again_is_a_fault_with_its_reason(run_jobs, at):
    @follows("files.")
    @job(name="tests.follower", label="Người nghe")
    def fail(*, entries, at):
        raise OSError("hỏng")

    run_jobs(at=at)
    store("a")
    for hour in range(6):
        run_jobs(at=at + timedelta(hours=2 * hour), may_fail=True)

    assert list(queries.faults(at=at + timedelta(hours=10))) == [
        "«Người nghe» dừng ở mục sổ nhật ký 0: OSError: hỏng",
    ]
    assert Follower.objects.get().cursor == 0


def test_a_running_job_is_shown_as_running(keeper, failing, at):
    enqueue(failing, actor=None, at=at)
    claim(worker=None, at=at)

    assert "Đang chạy · 1" in keeper.get("/system/jobs/").content.decode()


def test_a_month_after_they_ended_jobs_are_forgotten_but_those_that_failed(run_jobs, at):
    from giaoban.base.jobs.jobs import KEPT, tidy

    for state in ("done", "dismissed", "failed"):
        Job.objects.create(name="x", state=state, asked_at=at, run_at=at, finished_at=at)

    tidy(at=at + KEPT)
    assert Job.objects.count() == 3

    tidy(at=at + KEPT + timedelta(seconds=1))
    assert Job.objects.get().state == "failed"
