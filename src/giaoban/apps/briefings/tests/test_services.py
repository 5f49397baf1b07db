"""The verbs of briefings: what each changes and refuses; a directive and its task stand or fall together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from giaoban.apps.briefings import queries, rules, services
from giaoban.apps.briefings.models import Briefing, Conclusion, OpenPoint, Question
from giaoban.apps.briefings.tests import scenes
from giaoban.apps.people.models import Account
from giaoban.apps.tasks import rules as task_rules
from giaoban.apps.tasks import services as tasks
from giaoban.apps.tasks.models import Task
from giaoban.base.ledger import guards
from giaoban.core.moves import WrongMoment
from giaoban.core.periods import Period
from giaoban.core.refusal import NotFound

pytestmark = pytest.mark.django_db
LETTER = rules.Letter("Giấy mời giao ban", "Kính mời.")


def test_a_briefing_takes_its_units_as_sites_with_the_centre_first(world):
    briefing = scenes.prepared(world)

    assert [(site.name, site.is_centre) for site in briefing.sites.all()] == [
        ("Hà Nội", True),
        ("Cầu Giấy", False),
        ("Đống Đa", False),
        ("Ba Vì", False),
    ]


def test_a_period_has_one_briefing_of_a_series(world):
    first = scenes.prepared(world)

    with pytest.raises(rules.AlreadyPrepared, match=first.title):
        scenes.prepared(world)


def test_a_unit_outside_cannot_be_a_site(world):
    with pytest.raises(NotFound):
        scenes.prepared(world, sites=(world.caugiay.pk, world.vinh.pk))


@pytest.mark.parametrize(
    ("wrong", "no"),
    [
        ({"starts_at": None}, rules.NoMoment),
        ({"sites": ()}, rules.NoSites),
        ({"title": " "}, rules.NoTitle),
        ({"media_address": "javascript:alert(1)"}, rules.NotAnAddress),
        ({"agenda": (rules.PlannedItem(title="", minutes=5),)}, rules.NoItemTitle),
        ({"agenda": (rules.PlannedItem(title="Báo cáo", minutes=0),)}, rules.NotMinutes),
    ],
)
def test_a_plan_that_lacks_something_is_refused_and_nothing_is_there(world, wrong, no):
    with pytest.raises(no):
        scenes.prepared(world, **wrong)

    assert not Briefing.objects.exists()


def test_a_briefing_without_an_agenda_is_not_called(world):
    briefing = scenes.prepared(world, agenda=())

    with pytest.raises(rules.NoAgenda):
        services.call(actor=world.binh, briefing_id=briefing.pk, letter=LETTER, at=world.at)


def test_the_letter_goes_once_to_each_officer_of_a_site_who_has_an_address(world, run_jobs, mailoutbox):
    with guards.writing():
        Account.objects.filter(username__in=("lan", "dung", "hoa", "binh")).update(email="")
        Account.objects.filter(username="lan").update(email="lan@coquan.vn")
        Account.objects.filter(username="hoa").update(email="hoa@coquan.vn")
    scenes.called(world)

    run_jobs(at=world.at)

    assert [letter.to for letter in mailoutbox] == [["lan@coquan.vn"]]


def test_a_unit_answers_for_itself_alone(world):
    briefing = scenes.called(world)
    site = scenes.site_of(briefing, world.dongda)

    with pytest.raises(NotFound):
        services.reply(actor=world.lan, site_id=site.pk, reply="accepted", at=world.at)
    answered = services.reply(actor=world.dung, site_id=site.pk, reply="accepted", at=world.at)

    assert (answered.reply, answered.replied_by) == ("accepted", "Vi Tiến Dũng")


def test_staying_away_needs_a_reason_and_sending_another_a_name(world):
    site = scenes.site_of(scenes.called(world), world.caugiay)

    with pytest.raises(rules.NoReasonGiven):
        services.reply(actor=world.lan, site_id=site.pk, reply="declined", at=world.at)
    with pytest.raises(rules.NoSubstitute):
        services.reply(actor=world.lan, site_id=site.pk, reply="substitute", at=world.at)


def test_nothing_is_answered_or_planned_once_the_session_has_begun(world):
    briefing = scenes.in_session(world)
    site = scenes.site_of(briefing, world.caugiay)

    with pytest.raises(rules.AlreadyBegun):
        services.reply(actor=world.lan, site_id=site.pk, reply="accepted", at=world.at)
    with pytest.raises(rules.AlreadyBegun):
        services.plan_agenda(
            actor=world.binh, briefing_id=briefing.pk, items=scenes.AGENDA, revision=briefing.revision, at=world.at
        )


def test_an_agenda_that_somebody_else_has_changed_is_not_written_over(world):
    briefing = scenes.prepared(world)
    services.plan_agenda(actor=world.binh, briefing_id=briefing.pk, items=scenes.AGENDA[:1], revision=1, at=world.at)

    with pytest.raises(rules.ChangedSinceRead):
        services.plan_agenda(actor=world.binh, briefing_id=briefing.pk, items=(), revision=1, at=world.at)


def test_an_item_kept_keeps_its_number_and_one_left_out_is_gone(world):
    briefing = scenes.prepared(world)
    first, second, _ = briefing.agenda.all()
    items = (
        rules.PlannedItem(title="Thảo luận trước", minutes=20, item_id=second.pk),
        rules.PlannedItem(title="Kết quả", minutes=5, item_id=first.pk, presenter_unit=world.caugiay.pk),
    )

    services.plan_agenda(actor=world.binh, briefing_id=briefing.pk, items=items, revision=1, at=world.at)

    assert [(item.pk, item.title) for item in briefing.agenda.all()] == [
        (second.pk, "Thảo luận trước"),
        (first.pk, "Kết quả"),
    ]
    assert briefing.agenda.get(pk=first.pk).presenter_site == scenes.site_of(briefing, world.caugiay)


def test_a_sent_pack_stays_as_it_was_whatever_is_reported_later(world):
    briefing = scenes.called(world)
    sections = queries.as_json(queries.live_sections(actor=world.binh, briefing_id=briefing.pk, at=world.at))
    first = services.send_pack(actor=world.binh, briefing_id=briefing.pk, sections=sections, at=world.at)
    world.submitted(world.caugiay)
    sections = queries.as_json(queries.live_sections(actor=world.binh, briefing_id=briefing.pk, at=world.at))
    second = services.send_pack(actor=world.binh, briefing_id=briefing.pk, sections=sections, at=world.at)

    first.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 == rules.sealed({"sections": first.sections})
    assert first.sha256 != second.sha256


def test_a_pack_is_not_sent_before_the_invitations(world):
    briefing = scenes.prepared(world)

    with pytest.raises(rules.NotCalled):
        services.send_pack(actor=world.binh, briefing_id=briefing.pk, sections=[], at=world.at)


def test_lessons_and_directives_are_numbered_apart_and_a_lesson_is_nobodys_task(world):
    briefing = scenes.in_session(world)
    lessons = [
        scenes.concluded(world, briefing, rules.Concluded(kind="lesson", words=f"Kinh nghiệm {number}."))
        for number in (1, 2)
    ]
    directive = scenes.concluded(world, briefing, scenes.directive(world.caugiay))

    assert [(one.kind, one.ordinal) for one in (*lessons, directive)] == [
        ("lesson", 1),
        ("lesson", 2),
        ("directive", 1),
    ]
    assert Task.objects.get().origin == directive.origin


def test_a_directive_with_a_deadline_gone_by_is_refused_and_neither_exists(world):
    briefing = scenes.in_session(world)
    past = task_rules.Deadline(world.day - timedelta(days=1))

    with pytest.raises(task_rules.PastDeadline):
        scenes.concluded(world, briefing, scenes.directive(world.caugiay, due=past))

    assert not Conclusion.objects.exists()
    assert not Task.objects.exists()


def test_a_directive_for_a_unit_elsewhere_is_refused_and_neither_exists(world):
    briefing = scenes.in_session(world)

    with pytest.raises(NotFound):
        scenes.concluded(world, briefing, scenes.directive(world.vinh))

    assert not Conclusion.objects.exists()
    assert not Task.objects.exists()


def test_a_named_secretary_concludes_in_the_units_name_without_an_office_that_decides(world):
    thu = world.accounts["thu"].pk
    there = scenes.series(world, actor=world.an, unit=world.centre, name="Giao ban tuần của Ban")
    plan = scenes.plan(world, sites=(world.hanoi.pk,), secretaries=(thu,))
    briefing = services.prepare(actor=world.an, series_id=there.pk, plan=plan, at=world.at)
    services.call(actor=world.thu, briefing_id=briefing.pk, letter=LETTER, at=world.at)
    services.open_session(actor=world.thu, briefing_id=briefing.pk, at=world.at)

    said = scenes.directive(world.hanoi)
    services.conclude(actor=world.thu, briefing_id=briefing.pk, said=said, at=world.at)

    task = Task.objects.get()
    assert (task.assigning_unit, task.lead_unit) == (world.centre, world.hanoi)


def test_a_chair_opens_and_closes_but_leaves_writing_to_others(world):
    briefing = scenes.called(world, chair_id=world.accounts["lan"].pk)
    services.open_session(actor=world.lan, briefing_id=briefing.pk, at=world.at)

    with pytest.raises(NotFound):
        services.conclude(actor=world.lan, briefing_id=briefing.pk, said=scenes.directive(world.caugiay), at=world.at)
    assert services.close(actor=world.lan, briefing_id=briefing.pk, at=world.at).state == "closed"


def test_the_task_follows_when_its_conclusion_is_written_anew(world):
    briefing = scenes.in_session(world)
    said = scenes.directive(world.caugiay)
    conclusion = scenes.concluded(world, briefing, said)

    services.amend_conclusion(
        actor=world.binh,
        conclusion_id=conclusion.pk,
        said=replace(said, words="Hoàn thành báo cáo, kèm phụ lục.", product="Báo cáo và phụ lục"),
        revision=1,
        at=world.at,
    )

    task = Task.objects.get()
    assert (task.title, task.product) == ("Hoàn thành báo cáo, kèm phụ lục.", "Báo cáo và phụ lục")


@pytest.mark.parametrize("change", [{"kind": "information"}, {"due": task_rules.Deadline(scenes.date(2020, 12, 1))}])
def test_kind_and_deadline_of_a_task_do_not_change_behind_its_back(world, change):
    briefing = scenes.in_session(world)
    said = scenes.directive(world.caugiay)
    conclusion = scenes.concluded(world, briefing, said)

    with pytest.raises(rules.AlreadyATask):
        services.amend_conclusion(
            actor=world.binh, conclusion_id=conclusion.pk, said=replace(said, **change), revision=1, at=world.at
        )

    conclusion.refresh_from_db()
    assert (conclusion.kind, conclusion.revision) == ("directive", 1)


def test_a_conclusion_somebody_else_has_written_anew_is_not_written_over(world):
    briefing = scenes.in_session(world)
    said = rules.Concluded(kind="decision", words="Giữ nguyên lịch đại hội.")
    conclusion = scenes.concluded(world, briefing, said)
    services.amend_conclusion(actor=world.binh, conclusion_id=conclusion.pk, said=said, revision=1, at=world.at)

    with pytest.raises(rules.ChangedSinceRead):
        services.amend_conclusion(actor=world.binh, conclusion_id=conclusion.pk, said=said, revision=1, at=world.at)


def test_a_decision_that_becomes_a_directive_becomes_a_task(world):
    briefing = scenes.in_session(world)
    conclusion = scenes.concluded(world, briefing, rules.Concluded(kind="decision", words="Rà soát quy hoạch."))

    services.amend_conclusion(
        actor=world.binh, conclusion_id=conclusion.pk, said=scenes.directive(world.dongda), revision=1, at=world.at
    )

    assert Task.objects.get().lead_unit == world.dongda


def test_a_closed_briefing_is_sealed_and_takes_nothing_more(world):
    briefing = scenes.closed(world)

    for refused in (
        lambda: scenes.concluded(world, briefing, scenes.directive(world.caugiay)),
        lambda: services.raise_point(actor=world.binh, briefing_id=briefing.pk, words="Việc khác", at=world.at),
        lambda: services.open_session(actor=world.binh, briefing_id=briefing.pk, at=world.at),
        lambda: services.send_pack(actor=world.binh, briefing_id=briefing.pk, sections=[], at=world.at),
    ):
        with pytest.raises(rules.ClosedBriefing, match="14:50 24-8-2020"):
            refused()


def test_a_seal_no_longer_fits_once_a_word_was_changed(world):
    briefing = scenes.in_session(world)
    scenes.concluded(world, briefing, rules.Concluded(kind="decision", words="Giữ nguyên lịch đại hội."))
    services.close(actor=world.binh, briefing_id=briefing.pk, at=world.at)
    briefing.refresh_from_db()
    assert briefing.seal == rules.sealed(queries.sealed_record(briefing))

    with guards.writing():
        Conclusion.objects.update(words="Đổi lịch đại hội.")

    assert briefing.seal != rules.sealed(queries.sealed_record(briefing))


def test_a_briefing_is_not_closed_while_a_question_waits_for_answers(world):
    briefing = scenes.in_session(world)
    with guards.writing():
        Question.objects.create(briefing=briefing, text="Đồng ý lịch mới?", asked_at=world.at, quorum=2)

    with pytest.raises(rules.QuestionOpen):
        services.close(actor=world.binh, briefing_id=briefing.pk, at=world.at)


def test_a_briefing_opens_only_after_it_was_called(world):
    briefing = scenes.prepared(world)

    with pytest.raises(WrongMoment):
        services.open_session(actor=world.binh, briefing_id=briefing.pk, at=world.at)


def test_what_is_left_open_is_carried_to_the_next_of_the_series_until_it_is_settled(world):
    briefing = scenes.in_session(world)
    services.raise_point(actor=world.binh, briefing_id=briefing.pk, words="Chốt mốc số liệu", at=world.at)
    services.close(actor=world.binh, briefing_id=briefing.pk, at=world.at)

    week = timedelta(days=7)
    after = scenes.prepared(world, starts_at=scenes.afternoon(world) + week, period=Period.parse("2020-W35"))
    point = OpenPoint.objects.get()
    assert point.carried_to == after
    services.settle_point(actor=world.binh, point_id=point.pk, words="Lấy mốc 23-8.", at=world.at)
    letter = {"actor": world.binh, "briefing_id": after.pk, "at": world.at}
    services.call(**letter, letter=LETTER)
    services.open_session(**letter)
    services.close(**letter)
    last = scenes.prepared(world, starts_at=scenes.afternoon(world) + 2 * week, period=Period.parse("2020-W36"))

    assert not last.carried_points.exists()


def test_a_directive_from_old_papers_is_handed_out_once(world):
    there = scenes.series(world)
    past = services.PastBriefing(
        plan=scenes.plan(world, starts_at=scenes.afternoon(world) - timedelta(days=30)),
        items=(services.PastItem(title="Kết luận", kind="conclusion"),),
        sites=(services.PastSite(unit_id=world.caugiay.pk),),
        conclusions=(services.PastConclusion(item=0, said=scenes.directive(world.caugiay)),),
    )
    briefing = services.bring_in(actor=world.binh, series_id=there.pk, past=past, source="bản tin", at=world.at)
    conclusion = briefing.conclusions.get()
    assert not Task.objects.exists()

    services.make_task(actor=world.binh, conclusion_id=conclusion.pk, at=world.at)
    with pytest.raises(task_rules.AlreadyAssigned):
        services.make_task(actor=world.binh, conclusion_id=conclusion.pk, at=world.at)

    assert Task.objects.get().origin == conclusion.origin
    assert briefing.seal == rules.sealed(queries.sealed_record(Briefing.objects.get()))


def test_what_is_not_a_directive_is_not_handed_out(world):
    briefing = scenes.in_session(world)
    lesson = scenes.concluded(world, briefing, rules.Concluded(kind="lesson", words="Nghe cơ sở."))

    with pytest.raises(rules.NotADirective):
        services.make_task(actor=world.binh, conclusion_id=lesson.pk, at=world.at)


def test_a_task_that_is_done_is_told_on_the_briefings_page_without_being_copied(world):
    briefing = scenes.in_session(world)
    scenes.concluded(world, briefing, scenes.directive(world.caugiay))
    task = Task.objects.get()
    tasks.take(actor=world.lan, task_id=task.pk, at=world.at)

    told = queries.record(actor=world.binh, briefing_id=briefing.pk, on=world.day).directives[0]

    assert told.task is not None
    assert told.task.state == "ongoing"


def test_minutes_name_who_came_once_somebody_was_seen_to_come(world):
    briefing = scenes.in_session(world)
    said = queries.record(actor=world.binh, briefing_id=briefing.pk, on=world.day)
    with guards.writing():
        briefing.sites.filter(unit=world.dongda).update(joined_at=world.at)

    seen = queries.record(actor=world.binh, briefing_id=briefing.pk, on=world.day)

    assert [site.name for site in said.present] == ["Hà Nội"]
    assert [site.name for site in seen.present] == ["Hà Nội", "Đống Đa"]
    assert [site.name for site in seen.absent] == ["Cầu Giấy", "Ba Vì"]
