"""The verbs on tasks: who may do what, when, and what the ledger is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from giaoban.apps.tasks import access, rules, services
from giaoban.apps.tasks.models import Extension, ProgressNote, Task
from giaoban.apps.tasks.tests import scenes
from giaoban.apps.tasks.tests.scenes import IN_TIME, assigned, assignment, handed_in, taken
from giaoban.base.ledger.models import Entry
from giaoban.core.moves import WrongMoment
from giaoban.core.refusal import NotFound

pytestmark = pytest.mark.django_db
LATER = rules.Deadline(date(2020, 10, 31), rules.Precision.MONTH, "đến hết tháng 10-2020")
PAPER = rules.Evidence("to trinh.pdf", b"%PDF-1.4", "application/pdf")


def verbs(task: Task) -> list[str]:
    return list(Entry.objects.about("tasks.task", task.pk).values_list("verb", flat=True))


# ---------------------------------------------------------------- assigning


def test_a_task_has_a_lead_a_deadline_and_a_body_that_assigned_it(world):
    task = assigned(world, world.caugiay, coordinating=(world.dongda.pk, world.caugiay.pk))

    assert (task.lead_unit, task.assigning_unit, task.due_day) == (world.caugiay, world.hanoi, IN_TIME)
    assert [one.unit for one in task.coordinating.all()] == [world.dongda]
    assert Entry.objects.get(verb="tasks.assigned").place == world.caugiay.path


@pytest.mark.parametrize(
    ("instead", "refusal", "says"),
    [
        ({"lead_unit_id": None}, rules.NoLead, "chưa có đơn vị chủ trì"),
        ({"due": None}, rules.NoDeadline, "chưa có thời hạn"),
        ({"due": rules.Deadline(date(2020, 8, 23))}, rules.PastDeadline, "Thời hạn 23-8-2020 đã qua"),
        ({"title": ""}, rules.NoTitle, "Chưa ghi nội dung"),
        ({"assigner": ""}, rules.NoAssigner, "Chưa chọn cơ quan giao"),
        ({"assigner": "khong-co"}, rules.NoSuchChoice, "Không có «khong-co»"),
        ({"weight": 6}, rules.NotAWeight, "từ 1 đến 5"),
        ({"title": "x" * 401}, rules.Lacking, "dài 401 ký tự"),
    ],
)
def test_an_assignment_that_lacks_something_is_refused_in_one_sentence(world, instead, refusal, says):
    scenes.lists(world)

    with pytest.raises(refusal, match=says):
        services.assign(actor=world.binh, task=assignment(world.caugiay, **instead), at=world.at)

    assert not Task.objects.exists()


def test_all_that_is_lacking_is_told_at_once_each_at_its_box(world):
    scenes.lists(world)

    with pytest.raises(rules.NotATask) as refused:
        services.assign(actor=world.binh, task=assignment(world.caugiay, lead_unit_id=None, due=None), at=world.at)

    assert [fault.place for fault in refused.value.faults] == ["lead", "due"]


def test_a_deadline_on_the_day_itself_is_in_time(world):
    assert assigned(world, world.caugiay, due=rules.Deadline(world.day)).due_day == world.day


def test_a_unit_out_of_reach_is_not_there(world):
    scenes.lists(world)

    for actor in (world.hoa, world.dung, world.thu):  # another province, no reviewer, a reader
        with pytest.raises(NotFound):
            services.assign(actor=actor, task=assignment(world.caugiay), at=world.at)


def test_the_assigning_unit_is_the_nearest_at_which_the_actor_decides_or_the_one_named(world):
    scenes.lists(world)
    own = services.assign(actor=world.lan, task=assignment(world.dichvong), at=world.at)
    named = assignment(world.caugiay, assigning_unit_id=world.hanoi.pk)

    assert own.assigning_unit == world.caugiay
    assert services.assign(actor=world.an, task=named, at=world.at).assigning_unit == world.hanoi
    with pytest.raises(NotFound):  # Nghệ An gives nothing to Cầu Giấy
        services.assign(actor=world.an, task=assignment(world.caugiay, assigning_unit_id=world.nghean.pk), at=world.at)


def test_an_origin_makes_one_task(world):
    first = assigned(world, world.caugiay, origin="briefings.conclusion:71")

    with pytest.raises(rules.AlreadyAssigned, match=first.title):
        assigned(world, world.dongda, origin="briefings.conclusion:71")


def test_an_officer_holds_an_office_at_the_lead_unit(world):
    task = assigned(world, world.caugiay, officer_id=world.accounts["lan"].pk)
    assert (task.officer_name, task.post) == ("Tạ Ngọc Lan", "Phó Trưởng ban Tổ chức")

    with pytest.raises(rules.OfficerElsewhere, match="Vi Tiến Dũng không giữ chức trách nào ở Cầu Giấy"):
        assigned(world, world.caugiay, officer_id=world.accounts["dung"].pk)


def test_a_part_is_led_at_or_below_the_whole_and_ends_no_later(world):
    whole = taken(world, world.caugiay, topic="nhan-su", source=rules.Source(kind="plan", label="Chương trình năm"))
    part = services.break_down(
        actor=world.lan, task_id=whole.pk, part=assignment(world.dichvong, assigner=""), at=world.at
    )

    assert (part.parent, part.assigning_unit, part.assigner, part.topic) == (
        whole,
        world.caugiay,
        whole.assigner,
        whole.topic,
    )
    assert part.source == whole.source
    with pytest.raises(NotFound):
        services.break_down(actor=world.lan, task_id=whole.pk, part=assignment(world.dongda), at=world.at)
    with pytest.raises(rules.LaterThanWhole, match="15-9-2020"):
        services.break_down(actor=world.lan, task_id=whole.pk, part=assignment(world.dichvong, due=LATER), at=world.at)


def test_a_task_is_written_anew_by_whoever_assigned_it_until_it_is_handed_in(world):
    task = assigned(world, world.caugiay)
    new = assignment(world.caugiay, title="Dự thảo kế hoạch", due=LATER, coordinating=(world.bavi.pk,))
    services.amend(actor=world.binh, task_id=task.pk, task=new, revision=1, at=world.at)

    task.refresh_from_db()
    assert (task.title, task.due_day, task.revision) == ("Dự thảo kế hoạch", IN_TIME, 2)
    assert Entry.objects.get(verb="tasks.amended").facts["changes"]["title"][1] == "Dự thảo kế hoạch"
    with pytest.raises(rules.ChangedSinceRead):
        services.amend(actor=world.binh, task_id=task.pk, task=new, revision=1, at=world.at)
    with pytest.raises(NotFound):
        services.amend(actor=world.lan, task_id=task.pk, task=new, revision=2, at=world.at)
    done = handed_in(world, world.dongda)
    with pytest.raises(rules.NotInHand, match="đã nộp kết quả"):
        services.amend(actor=world.binh, task_id=done.pk, task=new, revision=done.revision, at=world.at)


def test_a_task_given_to_another_unit_has_to_be_taken_again(world):
    task = taken(world, world.caugiay, coordinating=(world.dongda.pk,))
    moved = services.reassign(
        actor=world.binh,
        task_id=task.pk,
        lead_unit_id=world.dongda.pk,
        officer_id=world.accounts["dung"].pk,
        reason="Đúng chức năng hơn",
        revision=task.revision,
        at=world.at,
    )

    assert (moved.state, moved.lead_unit, moved.officer_name) == ("assigned", world.dongda, "Vi Tiến Dũng")
    assert not moved.coordinating.exists()
    with pytest.raises(NotFound):
        services.take(actor=world.lan, task_id=task.pk, at=world.at)


# ---------------------------------------------------------------- working


def test_the_lead_unit_takes_tells_and_hands_in(world):
    task = assigned(world, world.caugiay)
    services.take(actor=world.lan, task_id=task.pk, officer_id=world.accounts["lan"].pk, at=world.at)
    services.note(actor=world.lan, task_id=task.pk, words="Đã lấy ý kiến", percent=40, at=world.at)
    services.hand_in(actor=world.lan, task_id=task.pk, product="", evidence=PAPER, at=world.at)

    task.refresh_from_db()
    assert (task.state, task.officer_name, task.handed_in_at) == ("handed_in", "Tạ Ngọc Lan", world.at)
    assert verbs(task) == ["tasks.assigned", "tasks.taken", "tasks.noted", "tasks.handed_in"]
    assert ProgressNote.objects.get(is_product=True).file_name == "to trinh.pdf"


def test_a_task_is_not_handed_in_without_its_product(world):
    task = taken(world, world.caugiay)

    with pytest.raises(rules.NoProduct, match="Chưa có kết quả để nộp"):
        services.hand_in(actor=world.lan, task_id=task.pk, product="  ", at=world.at)

    task.refresh_from_db()
    assert task.state == "ongoing"


def test_a_whole_is_handed_in_only_when_its_parts_are_settled(world):
    whole = taken(world, world.caugiay)
    parts = [
        services.break_down(actor=world.lan, task_id=whole.pk, part=assignment(world.dichvong), at=world.at)
        for _ in range(2)
    ]
    with pytest.raises(rules.PartsOpen, match="Còn 2 việc con"):
        services.hand_in(actor=world.lan, task_id=whole.pk, product="Xong", at=world.at)

    services.take(actor=world.minh, task_id=parts[0].pk, at=world.at)
    services.hand_in(actor=world.minh, task_id=parts[0].pk, product="Xong phần này", at=world.at)
    services.accept(actor=world.lan, task_id=parts[0].pk, at=world.at)
    services.withdraw(actor=world.lan, task_id=parts[1].pk, reason="Gộp vào phần trên", at=world.at)

    assert services.hand_in(actor=world.lan, task_id=whole.pk, product="Xong", at=world.at).state == "handed_in"


def test_a_coordinating_unit_tells_progress_and_nothing_more(world):
    task = taken(world, world.caugiay, coordinating=(world.dongda.pk,))
    told = services.note(actor=world.dung, task_id=task.pk, words="Đã gửi số liệu", at=world.at)

    assert told.unit == world.dongda
    with pytest.raises(NotFound):
        services.hand_in(actor=world.dung, task_id=task.pk, product="Xong", at=world.at)


def test_a_note_says_something_and_only_while_the_task_is_open(world):
    task = taken(world, world.caugiay)
    with pytest.raises(rules.NothingSaid):
        services.note(actor=world.lan, task_id=task.pk, words=" ", at=world.at)
    empty = rules.Evidence("rong.pdf", b"", "application/pdf")
    with pytest.raises(rules.EmptyFile):
        services.note(actor=world.lan, task_id=task.pk, words="", evidence=empty, at=world.at)

    done = handed_in(world, world.caugiay)
    with pytest.raises(rules.NotInHand):
        services.note(actor=world.lan, task_id=done.pk, words="Thêm", at=world.at)


def test_the_officer_works_on_the_task_while_holding_an_office_at_the_unit(world):
    task = taken(world, world.hanoi, assigner="bct")
    services.reassign(
        actor=world.an,
        task_id=task.pk,
        lead_unit_id=world.centre.pk,
        officer_id=world.accounts["thu"].pk,
        reason="Trung ương tự làm",
        revision=task.revision,
        at=world.at,
    )

    assert services.take(actor=world.thu, task_id=task.pk, at=world.at).state == "ongoing"


# ---------------------------------------------------------------- deciding


def test_whoever_assigned_receives_or_returns_and_the_lead_unit_does_not(world):
    task = handed_in(world, world.dongda)
    with pytest.raises(NotFound):
        services.accept(actor=world.dung, task_id=task.pk, at=world.at)
    own = handed_in(world, world.caugiay)
    with pytest.raises(NotFound):  # a reviewer there, but not of what the unit above has assigned
        services.accept(actor=world.lan, task_id=own.pk, at=world.at)
    services.send_back(actor=world.binh, task_id=task.pk, reason="Thiếu phụ lục", at=world.at)

    task.refresh_from_db()
    assert (task.state, task.reason, task.handed_in_at) == ("returned", "Thiếu phụ lục", None)
    services.hand_in(actor=world.dung, task_id=task.pk, product="Đã bổ sung", at=world.at)
    services.accept(actor=world.an, task_id=task.pk, at=world.at)  # above the assigning unit
    services.close(actor=world.binh, task_id=task.pk, at=world.at)
    assert verbs(task)[-4:] == ["tasks.sent_back", "tasks.handed_in", "tasks.accepted", "tasks.closed"]


@pytest.mark.parametrize("verb", [services.send_back, services.reopen, services.withdraw])
def test_what_goes_against_the_unit_needs_a_reason(world, verb):
    task = {
        services.send_back: handed_in,
        services.reopen: scenes.accepted,
        services.withdraw: taken,
    }[verb](world, world.dongda)

    with pytest.raises(rules.NoReason):
        verb(actor=world.binh, task_id=task.pk, reason=" ", at=world.at)
    with pytest.raises(rules.TooLong):
        verb(actor=world.binh, task_id=task.pk, reason="x" * 501, at=world.at)
    assert verb(actor=world.binh, task_id=task.pk, reason="Có lý do", at=world.at).reason == "Có lý do"


def test_a_result_changed_since_it_was_read_is_not_received(world):
    task = handed_in(world, world.dongda)

    with pytest.raises(rules.ChangedSinceRead):
        services.accept(actor=world.binh, task_id=task.pk, revision=task.revision - 1, at=world.at)


def test_a_verb_out_of_its_moment_is_refused(world):
    task = assigned(world, world.dongda)

    with pytest.raises(WrongMoment, match="Nhận kết quả"):
        services.accept(actor=world.binh, task_id=task.pk, at=world.at)
    with pytest.raises(WrongMoment):
        services.hand_in(actor=world.dung, task_id=task.pk, product="Xong", at=world.at)


# ---------------------------------------------------------------- more time


def test_more_time_is_asked_for_and_granted_with_reasons(world):
    task = taken(world, world.dongda)
    asked = services.ask_extension(actor=world.dung, task_id=task.pk, due=LATER, reason="Chờ số liệu", at=world.at)
    with pytest.raises(rules.AlreadyAsked):
        services.ask_extension(actor=world.dung, task_id=task.pk, due=LATER, reason="Nữa", at=world.at)
    services.grant_extension(actor=world.binh, extension_id=asked.pk, decision="Đồng ý", at=world.at)

    task.refresh_from_db()
    asked.refresh_from_db()
    assert (task.due, asked.state, asked.before_day) == (LATER, "granted", IN_TIME)
    assert Entry.objects.get(verb="tasks.extension_granted").facts["due"] == ["2020-09-15", "2020-10-31"]
    with pytest.raises(rules.AlreadyDecided):
        services.grant_extension(actor=world.binh, extension_id=asked.pk, at=world.at)


def test_more_time_refused_leaves_the_deadline(world):
    task = taken(world, world.dongda)
    asked = services.ask_extension(actor=world.dung, task_id=task.pk, due=LATER, reason="Chờ số liệu", at=world.at)
    services.refuse_extension(actor=world.binh, extension_id=asked.pk, reason="Việc gấp", at=world.at)

    task.refresh_from_db()
    assert task.due_day == IN_TIME
    with pytest.raises(NotFound):
        services.refuse_extension(actor=world.hoa, extension_id=asked.pk, reason="x", at=world.at)


def test_a_new_deadline_is_later_and_not_after_the_whole(world):
    task = taken(world, world.caugiay)
    with pytest.raises(rules.NotLater):
        services.ask_extension(actor=world.lan, task_id=task.pk, due=rules.Deadline(IN_TIME), reason="x", at=world.at)
    soon = rules.Deadline(IN_TIME - timedelta(days=5))
    part = services.break_down(actor=world.lan, task_id=task.pk, part=assignment(world.dichvong, due=soon), at=world.at)
    with pytest.raises(rules.LaterThanWhole):
        services.extend(actor=world.lan, task_id=part.pk, due=LATER, reason="x", at=world.at)


def test_time_given_without_being_asked_answers_what_was_asked(world):
    task = taken(world, world.dongda)
    services.ask_extension(actor=world.dung, task_id=task.pk, due=LATER, reason="Chờ số liệu", at=world.at)
    further = rules.Deadline(date(2020, 11, 15))
    services.extend(actor=world.binh, task_id=task.pk, due=further, reason="Cho cả nhóm", at=world.at)

    assert set(Extension.objects.values_list("state", flat=True)) == {"refused", "granted"}
    assert Task.objects.get(pk=task.pk).due_day == further.day


# ---------------------------------------------------------------- access and lists


def test_a_task_is_seen_by_its_three_kinds_of_unit_and_from_above(world):
    task = assigned(world, world.caugiay, coordinating=(world.dongda.pk,))
    seen = {
        name
        for name in ("an", "thu", "binh", "hoa", "quan", "lan", "dung", "minh", "tuan")
        if Task.objects.allowed(getattr(world, name), access.READ).filter(pk=task.pk).exists()
    }

    assert seen == {"an", "thu", "binh", "lan", "dung"}


def test_lists_are_kept_by_keepers_and_hold_each_name_once(world):
    named = services.name_topic(actor=world.an, name=" công tác tuyên giáo ", at=world.at)
    assert (named.name, named.code) == ("công tác tuyên giáo", "cong-tac-tuyen-giao")

    with pytest.raises(rules.CodeTaken):
        services.name_topic(actor=world.an, name="Công tác tuyên giáo", at=world.at)
    with pytest.raises(rules.NoName):
        services.name_assigner(actor=world.an, name=" ", at=world.at)
    with pytest.raises(NotFound):
        services.name_assigner(actor=world.lan, name="Ban Dân vận", at=world.at)
