"""Reminders: whom a letter reaches, of what, and that nothing is told twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client, override_settings

from giaoban.apps.people.models import Office
from giaoban.apps.tasks import queries, rules, services
from giaoban.apps.tasks.models import Reminder
from giaoban.apps.tasks.tests import scenes
from giaoban.apps.tasks.tests.scenes import person, send
from giaoban.base.jobs.models import Job
from giaoban.base.ledger import guards
from giaoban.base.ledger.models import Entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def reached(world, *usernames):
    """These people have said where letters reach them."""
    for username in usernames:
        actor = getattr(world, username)
        services.choose_letters(actor=actor, email=f"{username}@coquan.vn", wants_letters=True, at=world.at)


def due_in(world, days, **instead):
    return scenes.taken(world, world.caugiay, days_ago=60, due=rules.Deadline(world.day + days * DAY), **instead)


@pytest.fixture
def morning(world, run_jobs, mailoutbox):
    """`morning(days)`: seven o'clock that many days after today; who got which letter."""
    run_jobs(at=world.at - DAY)  # a new schedule begins with its next moment

    def come(days=0):
        mailoutbox.clear()
        run_jobs(at=world.at + days * DAY)
        return {letter.to[0]: letter for letter in mailoutbox}

    return come


def test_each_officer_gets_one_letter_a_day_with_all_that_has_come_due(world, morning):
    reached(world, "lan", "binh")
    for days in (-1, 0, 1, 3, 7, 8):
        due_in(world, days, title=f"Việc còn {days}")

    letters = morning()

    letter = letters["lan@coquan.vn"]
    assert set(letters) == {"lan@coquan.vn"}
    assert letter.subject == "Nhắc việc ngày 24-8-2020: 5 việc"
    assert "Quá hạn (1)\n- Việc còn -1 (Cầu Giấy): hạn 23-8-2020, quá 1 ngày" in letter.body
    assert "Đến hạn hôm nay (1)\n- Việc còn 0" in letter.body
    assert "Sắp đến hạn (3)" in letter.body
    assert "Việc còn 8" not in letter.body


def test_a_task_is_told_at_seven_three_one_and_no_days_and_then_once_a_week(world, morning):
    reached(world, "lan")
    due_in(world, 7)

    told = [days for days in range(24) if morning(days)]

    assert told == [0, 4, 6, 7, 8, 15, 22]


def test_the_same_morning_run_twice_sends_nothing_twice(world, morning):
    reached(world, "lan")
    due_in(world, 1)
    assert morning()

    with guards.writing():
        Job.objects.filter(name="tasks.remind").update(state="waiting")
    assert not morning()
    assert Reminder.objects.count() == 1
    assert Entry.objects.filter(verb="tasks.reminded").count() == 1


def test_the_officer_named_and_the_reporter_are_told_and_not_who_has_left(world, morning):
    reached(world, "lan", "minh")
    due_in(world, 1, officer_id=world.accounts["lan"].pk)
    assert set(morning()) == {"lan@coquan.vn"}

    with guards.writing():
        Office.objects.filter(account=world.accounts["lan"]).update(until_day=world.day)
    assert not morning(1)


def test_whoever_assigned_is_told_of_a_request_for_more_time_the_day_after(world, morning):
    reached(world, "binh", "an")
    task = due_in(world, 20, title="Rà soát quy hoạch")
    later = rules.Deadline(world.day + 40 * DAY)
    services.ask_extension(actor=world.lan, task_id=task.pk, due=later, reason="Chờ số liệu", at=world.at)
    assert not morning()

    letters = morning(1)

    assert set(letters) == {"binh@coquan.vn"}
    assert "Rà soát quy hoạch (Cầu Giấy): xin đến 3-10-2020, hạn đang có 13-9-2020" in letters["binh@coquan.vn"].body
    assert not morning(2)
    assert morning(8)


def test_what_was_handed_in_accepted_or_withdrawn_is_not_told(world, morning):
    reached(world, "lan")
    scenes.handed_in(world, world.caugiay, days_ago=60, due=rules.Deadline(world.day + DAY))
    gone = due_in(world, 1)
    services.withdraw(actor=world.binh, task_id=gone.pk, reason="Gộp việc", at=world.at)

    assert not morning()


def test_who_switched_letters_off_gets_none_and_still_sees_everything_on_the_desk(client: Client, world, at, morning):
    reached(world, "lan")
    due_in(world, 1, title="Rà soát quy hoạch")
    lan = person(client, world, "lan")
    send(lan, "/tasks/reminders/letters/", email="lan@coquan.vn")

    assert not morning()
    assert 'hx-get="/tasks/reminders/"' in lan.get("/").content.decode()
    panel = lan.get("/tasks/reminders/", headers={"HX-Request": "true"}).content.decode()
    assert "Rà soát quy hoạch" in panel
    assert "còn 1 ngày" in panel
    assert "<html" not in panel
    assert "checked" not in lan.get("/tasks/reminders/").content.decode()


def test_an_address_that_is_none_is_refused_in_place_and_kept_as_typed(client: Client, world, at):
    lan = person(client, world, "lan")

    answer = send(lan, "/tasks/reminders/letters/", email="lan ở quận", letters="1")

    assert answer.status_code == 422
    assert "«lan ở quận» không phải địa chỉ thư" in answer.content.decode()
    assert 'value="lan ở quận"' in answer.content.decode()
    world.accounts["lan"].refresh_from_db()
    assert world.accounts["lan"].email == ""


def test_while_no_letter_can_leave_nothing_counts_as_told(world, morning):
    reached(world, "lan")
    due_in(world, 1)

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        assert not morning()
    assert not Reminder.objects.exists()
    assert morning(1)


def test_a_long_letter_says_how_much_more_there_is(world, morning):
    reached(world, "lan")
    for number in range(45):
        due_in(world, 1, title=f"Việc số {number}")

    letter = morning()["lan@coquan.vn"]

    assert "Sắp đến hạn (45)" in letter.body
    assert letter.body.count("- Việc số") == 40
    assert "và 5 việc nữa." in letter.body


@pytest.mark.parametrize("count", [10, 300])
def test_reminders_cost_the_same_however_many_tasks_there_are(client: Client, world, at, queries, count):
    reached(world, "lan", "binh")
    scenes.many(world, count, leads=(world.caugiay, world.dongda))
    lan = person(client, world, "lan")

    with queries(10):
        assert lan.get("/tasks/reminders/").status_code == 200
    with queries(7):
        assert due_letters(world.day)


def due_letters(day: date):
    return queries.letters_due(on=day)
