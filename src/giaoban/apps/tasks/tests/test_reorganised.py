"""Tasks across a reorganisation: they go over with their unit, and come back with a plan that is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from giaoban.apps.people import services as people
from giaoban.apps.people.queries import actor_of
from giaoban.apps.tasks import access, services
from giaoban.apps.tasks.models import Task
from giaoban.apps.tasks.queries import task_page
from giaoban.apps.tasks.tests.scenes import accepted, assigned, assignment, handed_in, lists, taken
from giaoban.apps.units.models import Unit
from giaoban.apps.units.queries import plans
from giaoban.apps.units.rules import plans as plan_rules
from giaoban.apps.units.rules.plans import TypedChange
from giaoban.apps.units.services import reorganising
from giaoban.base.ledger.models import Entry

pytestmark = pytest.mark.django_db

DAY = date(2020, 8, 24)
MERGE = TypedChange(kind="merge", code="01-CG", other="01-DD")
FOUND = TypedChange(kind="found", code="01-X", other="01", level="tren-co-so", name="Đảng bộ quận Mới")
INTO_NEW = (FOUND, TypedChange(kind="merge", code="01-CG", other="01-X"))


def planned(world, *changes, day=DAY):
    plan = reorganising.draft_plan(
        actor=world.an, unit=world.centre, title="Sắp xếp quận", basis="", day=day, at=world.at
    )
    return reorganising.change_plan(actor=world.an, plan_id=plan.pk, changes=changes, at=world.at)


def committed(world, *changes, day=DAY):
    plan = planned(world, *changes, day=day)
    reorganising.commit(actor=world.an, plan_id=plan.pk, revision=plan.revision, today=world.day, at=world.at)
    return plan


def carried(world, plan):
    """What the job does once the plan has come into force."""
    return services.carry_over(actor=world.system, plan_id=plan.pk, at=world.at)


def taken_back(world, plan):
    return reorganising.revert(actor=world.an, plan_id=plan.pk, today=world.day, at=world.at)


def ties(world, plan):
    return [str(tie) for tie in plans.checked(actor=world.an, plan=plan, changes=plans.typed_changes(plan)).ties]


def now(task):
    return Task.objects.select_related("lead_unit").get(pk=task.pk)


def test_a_plan_tells_which_tasks_go_over_and_which_must_be_assigned_anew(world):
    for lead in (world.caugiay, world.caugiay, world.bavi):
        assigned(world, lead)
    accepted(world, world.caugiay)

    told = ties(world, planned(world, MERGE, TypedChange(kind="close", code="01-BV")))

    assert "Đơn vị sẽ kết thúc đang chủ trì 3 nhiệm vụ chưa xong." in told
    assert "2 nhiệm vụ tự chuyển sang đơn vị nhận hợp nhất khi phương án có hiệu lực; thời hạn giữ nguyên." in told
    assert "1 nhiệm vụ của đơn vị giải thể hoặc chia tách không có một đơn vị kế thừa; hãy giao lại từng việc." in told


def test_a_plan_says_nothing_of_tasks_where_there_are_none(world):
    assigned(world, world.dongda)
    assert not [tie for tie in ties(world, planned(world, MERGE)) if "nhiệm vụ" in tie]


def test_living_tasks_follow_their_unit_on_the_day_with_deadline_state_and_officer(world, run_jobs):
    run_jobs(at=world.at)
    task = taken(world, world.caugiay)
    waiting, done = handed_in(world, world.caugiay), accepted(world, world.caugiay)
    before = now(task)
    committed(world, MERGE)

    run_jobs(at=world.at + timedelta(minutes=1))
    run_jobs(at=world.at + timedelta(minutes=2))

    after = now(task)
    assert (after.lead_unit, now(waiting).lead_unit) == (world.dongda, world.dongda)
    assert now(done).lead_unit == world.caugiay
    kept = ("state", "due_day", "officer_name", "assigned_on", "moved_at", "assigning_unit_id")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert Entry.objects.filter(verb="tasks.carried_over").count() == 2


def test_a_plan_for_a_later_day_leaves_tasks_until_then(world, run_jobs):
    run_jobs(at=world.at)
    task = assigned(world, world.caugiay)
    committed(world, MERGE, day=DAY + timedelta(days=7))

    run_jobs(at=world.at + timedelta(days=6))
    assert now(task).lead_unit == world.caugiay
    run_jobs(at=world.at + timedelta(days=7))
    run_jobs(at=world.at + timedelta(days=7, minutes=1))
    assert now(task).lead_unit == world.dongda


def test_who_reports_for_the_successor_takes_the_task_to_its_end(world):
    task = assigned(world, world.caugiay)
    carried(world, committed(world, MERGE))
    dung = actor_of(world.accounts["dung"], DAY)

    services.take(actor=dung, task_id=task.pk, at=world.at)
    services.hand_in(actor=dung, task_id=task.pk, product="Đã gửi.", at=world.at)

    assert now(task).state == "handed_in"
    assert not Task.objects.allowed(actor_of(world.accounts["hoa"], DAY), access.READ).filter(pk=task.pk).exists()


def test_the_officer_stays_named_and_works_on_once_appointed_at_the_successor(world):
    task = taken(world, world.caugiay, officer_id=world.accounts["lan"].pk)
    carried(world, committed(world, MERGE))
    assert now(task).officer_name == "Tạ Ngọc Lan"

    lan = actor_of(world.accounts["lan"], DAY)
    assert not Task.objects.allowed(lan, access.WORK).filter(pk=task.pk).exists()
    people.give_office(actor=world.an, account=world.accounts["lan"], unit=world.dongda, role="reader",
                       from_day=DAY, at=world.at)  # fmt: skip
    lan = actor_of(world.accounts["lan"], DAY)
    services.note(actor=lan, task_id=task.pk, words="Làm tiếp", at=world.at)


def test_the_story_of_a_task_says_where_it_came_from_and_by_which_plan(world):
    task = assigned(world, world.caugiay)
    carried(world, committed(world, MERGE))

    step = task_page(actor=world.binh, task_id=task.pk, on=world.day).story[0]

    assert (step.did, step.words) == ("đưa sang đơn vị kế thừa", "chuyển từ Cầu Giấy theo «Sắp xếp quận»")


def test_coordinating_units_go_over_too_and_none_coordinates_what_it_leads(world):
    helped = assigned(world, world.bavi, coordinating=(world.caugiay.pk,))
    both = assigned(world, world.bavi, coordinating=(world.caugiay.pk, world.dongda.pk))
    own = assigned(world, world.dongda, coordinating=(world.caugiay.pk,))

    carried(world, committed(world, MERGE))

    for task, units in ((helped, [world.dongda.pk]), (both, [world.dongda.pk]), (own, [])):
        assert list(task.coordinating.values_list("unit_id", flat=True)) == units
    assert now(helped).lead_unit == world.bavi


def test_what_nobody_takes_over_whole_stays_and_can_be_assigned_anew(world):
    task = assigned(world, world.bavi)
    assert carried(world, committed(world, TypedChange(kind="close", code="01-BV"))) == []

    there = now(task)
    assert there.lead_unit == world.bavi
    services.reassign(actor=world.an, task_id=task.pk, lead_unit_id=world.dongda.pk, reason="Đơn vị đã giải thể",
                      revision=there.revision, at=world.at)  # fmt: skip
    assert now(task).lead_unit == world.dongda


def test_carrying_over_twice_changes_nothing_more(world):
    task = assigned(world, world.caugiay, coordinating=(world.bavi.pk,))
    plan = committed(world, MERGE)
    carried(world, plan)
    before = now(task).revision, Entry.objects.count()

    assert carried(world, plan) == []
    assert (now(task).revision, Entry.objects.count()) == before


class TestTakingBack:
    """A plan that is taken back gives tasks back, unless somebody has gone on with them."""

    @pytest.mark.parametrize("changes", [(MERGE,), INTO_NEW], ids=["into a unit there was", "into a new one"])
    def test_tasks_and_coordinating_units_stand_as_before(self, world, changes):
        led = assigned(world, world.caugiay, coordinating=(world.dongda.pk, world.bavi.pk))
        helped = assigned(world, world.bavi, coordinating=(world.caugiay.pk,))
        plan = committed(world, *changes)
        carried(world, plan)
        assert now(led).lead_unit != world.caugiay

        taken_back(world, plan)

        assert now(led).lead_unit == world.caugiay
        assert set(led.coordinating.values_list("unit_id", flat=True)) == {world.dongda.pk, world.bavi.pk}
        assert list(helped.coordinating.values_list("unit_id", flat=True)) == [world.caugiay.pk]
        assert Entry.objects.filter(verb="tasks.given_back").count() == 2
        assert services.take(actor=world.lan, task_id=led.pk, at=world.at).state == "ongoing"

    def test_what_was_gone_on_with_keeps_the_plan_and_nothing_is_given_back(self, world):
        task, other = taken(world, world.caugiay), taken(world, world.caugiay)
        plan = committed(world, MERGE)
        carried(world, plan)
        services.note(actor=actor_of(world.accounts["dung"], DAY), task_id=task.pk, words="Làm tiếp", at=world.at)

        with pytest.raises(plan_rules.StillDependedOn) as no:
            taken_back(world, plan)

        assert [str(fault) for fault in no.value.faults] == [
            "1 nhiệm vụ chuyển theo phương án từ ngày 24-8-2020 đã được làm tiếp ở đơn vị kế thừa; "
            "hãy giao lại cho đơn vị không thuộc phương án hoặc giữ phương án."
        ]
        assert now(other).lead_unit == world.dongda
        assert not Entry.objects.filter(verb="tasks.given_back").exists()

    def test_reassigning_what_was_gone_on_with_is_the_way_out(self, world):
        task = taken(world, world.caugiay)
        plan = committed(world, MERGE)
        carried(world, plan)
        services.note(actor=actor_of(world.accounts["dung"], DAY), task_id=task.pk, words="Làm tiếp", at=world.at)
        services.reassign(actor=world.an, task_id=task.pk, lead_unit_id=world.bavi.pk, reason="Giao lại",
                          revision=now(task).revision, at=world.at)  # fmt: skip

        taken_back(world, plan)

        assert now(task).lead_unit == world.bavi

    def test_a_plan_taken_back_before_its_tasks_went_over_leaves_them(self, world, run_jobs):
        run_jobs(at=world.at)
        task = assigned(world, world.caugiay)
        plan = committed(world, MERGE)
        taken_back(world, plan)

        run_jobs(at=world.at + timedelta(minutes=1))

        assert now(task).lead_unit == world.caugiay

    def test_a_new_task_at_a_unit_the_plan_founded_is_named(self, world):
        plan = committed(world, *INTO_NEW)
        lists(world)
        new = Unit.objects.get(code="01-X")
        services.assign(actor=actor_of(world.accounts["binh"], DAY), task=assignment(new), at=world.at)

        with pytest.raises(plan_rules.StillDependedOn) as no:
            taken_back(world, plan)

        assert "1 nhiệm vụ" in str(no.value.faults[0])
