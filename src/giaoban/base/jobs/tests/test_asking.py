"""A job is a row of the transaction that asks for it; it runs as who asked; it is tried again with patience."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from giaoban.base.access import Actor
from giaoban.base.jobs import enqueue, job, rules
from giaoban.base.jobs.models import Job
from giaoban.base.jobs.running import Lost, Run, claim, reap
from giaoban.base.jobs.tests.conftest import AT
from giaoban.base.ledger import work
from giaoban.base.ledger.facts import NotAFact
from giaoban.base.ledger.guards import WriteOutsideService
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.tests.conftest import store
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("declared")]
LAN = Actor(kind="person", id=7, name="Lan", day=date(2020, 8, 24))


def note(**more):
    """A job that stores a mark under the name it is given."""

    @job(name="tests.note", **more)
    def body(*, mark, at):
        store(mark)

    return body


def test_what_a_service_asks_for_is_done_after_it_and_once(run_jobs, marks):
    kind = note()

    @service
    def conclude():
        enqueue(kind, actor=None, at=AT, mark="letter")
        store("conclusion")

    conclude()
    assert marks() == ["conclusion"]

    assert run_jobs(at=AT) == ["tests.note"]
    assert run_jobs(at=AT + timedelta(days=1)) == []
    assert marks() == ["conclusion", "letter"]


def test_a_service_names_the_job_that_stands_above_it(run_jobs, marks):
    note()

    enqueue("tests.note", actor=None, at=AT, mark="letter")
    run_jobs(at=AT)

    assert marks() == ["letter"]
    with pytest.raises(KeyError):
        enqueue("tests.unheard_of", actor=None, at=AT)


def test_a_refused_service_asks_for_nothing(run_jobs, marks):
    kind = note()

    @service
    def refused():
        enqueue(kind, actor=None, at=AT, mark="letter")
        raise Refusal()

    with pytest.raises(Refusal):
        refused()

    assert run_jobs(at=AT) == []
    assert marks() == []


def test_asking_alone_is_no_verb_and_needs_no_entry():
    kind = note()

    service(lambda: enqueue(kind, actor=None, at=AT, mark="letter"))()

    assert work.head() == 0


def test_a_job_asked_for_later_waits(run_jobs, marks):
    enqueue(note(), actor=None, at=AT, after=AT + timedelta(hours=1), mark="later")

    assert run_jobs(at=AT + timedelta(minutes=59)) == []
    assert run_jobs(at=AT + timedelta(minutes=60)) == ["tests.note"]


@pytest.mark.parametrize(("wrong", "told"), [({"other": 1}, TypeError), ({}, TypeError), ({"mark": 0.5}, NotAFact)])
def test_a_job_that_could_not_run_is_refused_where_it_is_asked_for(wrong, told):
    with pytest.raises(told):
        enqueue(note(), actor=None, at=AT, **wrong)

    assert not Job.objects.exists()


def test_a_job_that_takes_no_time_cannot_be_declared():
    with pytest.raises(TypeError, match="at"):
        job(name="tests.timeless")(lambda: None)


@pytest.mark.django_db(transaction=True)
def test_a_job_writes_through_services_alone(run_jobs):
    @job(name="tests.stray")
    def stray(*, at):
        Entry.objects.create(id=1, at=at, actor="", verb="", subject_kind="", subject_id=1)

    enqueue(stray, actor=None, at=AT)

    with pytest.raises(WriteOutsideService):
        run_jobs(at=AT)


def test_a_failing_job_is_tried_again_with_growing_pauses_and_then_counts_as_failed(run_jobs):
    runs = []

    @job(name="tests.failing", retries=3)
    def failing(*, at):
        runs.append(at)
        raise OSError("the line is dead")

    enqueue(failing, actor=None, at=AT)
    for second in range(0, 7200, 10):
        run_jobs(at=AT + timedelta(seconds=second), may_fail=True)

    assert [int((at - AT).total_seconds()) for at in runs] == [0, 30, 150, 630]
    found = Job.objects.get()
    assert (found.state, found.attempts, found.trouble) == ("failed", 4, "OSError: the line is dead")


def test_a_job_that_succeeds_at_last_is_done_and_forgets_its_trouble(run_jobs):
    runs = []

    @job(name="tests.shaky")
    def shaky(*, at):
        runs.append(at)
        if len(runs) < 3:
            raise OSError("not yet")

    enqueue(shaky, actor=None, at=AT)
    for minute in range(5):
        run_jobs(at=AT + timedelta(minutes=minute), may_fail=True)

    found = Job.objects.get()
    assert (found.state, found.attempts, found.trouble) == ("done", 3, "")


def test_a_refusal_is_an_answer_and_is_not_tried_again(run_jobs):
    @job(name="tests.refused")
    def refused(*, at):
        raise rules.NobodyAsks()

    enqueue(refused, actor=None, at=AT)

    run_jobs(at=AT, may_fail=True)

    found = Job.objects.get()
    assert (found.state, found.attempts, found.trouble) == ("failed", 1, rules.NobodyAsks.says)


def test_a_job_this_version_does_not_know_fails_in_words(run_jobs):
    Job.objects.create(name="gone", asked_at=AT, run_at=AT)

    run_jobs(at=AT, may_fail=True)

    assert "không biết việc «gone»" in Job.objects.get().trouble


def test_a_person_s_job_is_done_as_that_person_with_the_offices_of_the_day(run_jobs, world):
    seen = []

    @job(name="tests.as_person")
    def look(*, at, actor):
        seen.append((actor.key, actor.name, sorted(actor.places)))

    lan = world.lan
    enqueue(look, actor=lan, at=world.at)
    run_jobs(at=world.at)

    assert seen == [(lan.key, "Tạ Ngọc Lan", ["reporter", "reviewer"])]


def test_a_person_who_has_gone_asks_for_nothing_any_more(run_jobs):
    @job(name="tests.as_nobody")
    def look(*, at, actor):
        raise AssertionError("must not run")

    enqueue(look, actor=LAN, at=AT)
    run_jobs(at=AT, may_fail=True)

    assert Job.objects.get().trouble == rules.NobodyAsks.says


def test_a_job_of_the_house_reaches_everywhere_with_its_own_roles_alone(run_jobs, world):
    seen = []

    @job(name="tests.as_house", roles=("reader",))
    def look(*, at, actor):
        seen.append(actor)

    number = enqueue(look, actor=None, at=world.at)
    run_jobs(at=world.at)

    (actor,) = seen
    assert actor.key == f"job:{number}"
    assert actor.reach("reader").covers(world.caugiay.path)
    assert not actor.reach("keeper")


def test_what_happens_once_is_kept_with_the_note_that_it_was_done(run_jobs, marks):
    @job(name="tests.once")
    def once(*, at, run):
        with run.once():
            store("once")
        raise OSError("killed just after")

    enqueue(once, actor=None, at=AT)

    run_jobs(at=AT, may_fail=True)
    run_jobs(at=AT + timedelta(hours=1), may_fail=True)

    assert marks() == ["once"]
    assert Job.objects.get().state == "done"


def test_what_fails_within_once_leaves_nothing_and_is_tried_again(run_jobs, marks):
    @job(name="tests.once")
    def once(*, at, run):
        with run.once():
            store("half")
            raise OSError("the line is dead")

    enqueue(once, actor=None, at=AT)

    run_jobs(at=AT, may_fail=True)

    assert marks() == []
    assert Job.objects.get().state == "waiting"


def test_who_was_taken_for_dead_writes_nothing_when_he_comes_back(marks):
    enqueue(note(), actor=None, at=AT, mark="x")
    slow = claim(worker=None, at=AT)
    reap(at=AT + timedelta(minutes=1))
    quick = claim(worker=None, at=AT + timedelta(minutes=1))

    with pytest.raises(Lost), Run(slow.pk, slow.attempts, AT).once():
        store("twice")
    with Run(quick.pk, quick.attempts, AT).once():
        store("once")

    assert marks() == ["once"]


def test_a_job_within_a_service_that_joins_another_is_taken_back_with_its_part(run_jobs):
    kind = note()

    @service
    def part():
        enqueue(kind, actor=None, at=AT, mark="lost")
        raise Refusal()

    @service
    def whole():
        record(actor=LAN, verb="files.stored", on=Job(pk=1), at=AT)
        with pytest.raises(Refusal):
            part()

    whole()

    assert run_jobs(at=AT) == []


def test_a_rolled_back_transaction_asks_for_nothing():
    kind = note()
    with transaction.atomic():
        enqueue(kind, actor=None, at=AT, mark="lost")
        transaction.set_rollback(True)

    assert not Job.objects.exists()
