"""Reports across a reorganisation: the past stays on its tree, what is open is settled, duty follows the new tree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from giaoban.apps.forms import queries as forms
from giaoban.apps.forms import services as form_services
from giaoban.apps.people.queries import actor_of
from giaoban.apps.reports import services
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import services as rollups
from giaoban.apps.units import queries as units
from giaoban.apps.units.queries import plans
from giaoban.apps.units.rules import plans as rules
from giaoban.apps.units.rules.plans import TypedChange
from giaoban.apps.units.services import reorganising
from giaoban.core.periods import Period, PeriodKind
from giaoban.core.refusal import NotFound
from giaoban.site.commands import proofs

pytestmark = pytest.mark.django_db

DAY = date(2020, 8, 24)
MERGE = TypedChange(kind="merge", code="01-CG", other="01-DD")


def planned(world, change=MERGE, *, day=DAY):
    plan = reorganising.draft_plan(actor=world.an, unit=world.centre, title="Sắp xếp", basis="", day=day, at=world.at)
    return reorganising.change_plan(actor=world.an, plan_id=plan.pk, changes=[change], at=world.at)


def committed(world, change=MERGE, *, day=DAY):
    plan = planned(world, change, day=day)
    reorganising.commit(actor=world.an, plan_id=plan.pk, revision=plan.revision, today=world.day, at=world.at)
    return plan


def next_week(world):
    period = Period.containing(date(2020, 8, 30), PeriodKind.WEEK)
    return form_services.open_round(actor=world.system, form_id=world.form.pk, period=period, at=world.at)


def owing(world, day):
    return forms.owing_units(form_id=world.form.pk, day=day, tree=units.tree_on(day))


def checked(world, plan):
    return plans.checked(actor=world.an, plan=plan, changes=plans.typed_changes(plan))


def test_reports_of_the_past_stay_on_their_tree_and_the_next_round_follows_the_new_one(world):
    world.accepted(world.caugiay)
    committed(world)
    round_ = next_week(world)

    assert world.caugiay.pk in owing(world, world.round.day)
    assert world.caugiay.pk not in owing(world, round_.day)
    assert not [told for one in (world.round, world.round_before, round_) for told in proofs.faults_of_round(one)]


def test_who_reports_for_the_successor_finishes_what_was_left_undone(world):
    draft = world.filled(world.caugiay)
    with pytest.raises(NotFound):
        services.submit(actor=world.dung, report_id=draft.pk, at=world.at)
    committed(world)

    dung = actor_of(world.accounts["dung"], DAY)
    services.submit(actor=dung, report_id=draft.pk, at=world.at)
    services.accept(actor=actor_of(world.accounts["binh"], DAY), report_id=draft.pk, at=world.at)

    assert Report.objects.get(pk=draft.pk).state == "accepted"
    assert Report.objects.get(pk=draft.pk).unit_id == world.caugiay.pk


def test_who_had_the_office_keeps_to_what_is_past(world):
    draft = world.filled(world.caugiay)
    committed(world)
    lan = actor_of(world.accounts["lan"], DAY)

    services.submit(actor=lan, report_id=draft.pk, at=world.at)
    with pytest.raises(NotFound):
        services.open_report(actor=lan, round_id=next_week(world).pk, unit_id=world.dongda.pk, at=world.at)


@pytest.mark.parametrize(("settled", "state"), [("final", "accepted"), ("carry", "submitted"), ("", "submitted")])
def test_what_was_handed_in_is_received_when_the_plan_says_so(world, run_jobs, settled, state):
    run_jobs(at=world.at)
    handed_in = world.submitted(world.caugiay)
    committed(world, TypedChange(kind="merge", code="01-CG", other="01-DD", reports=settled))

    run_jobs(at=world.at + timedelta(minutes=1))
    run_jobs(at=world.at + timedelta(minutes=2))

    assert Report.objects.get(pk=handed_in.pk).state == state


def test_a_plan_that_would_take_a_unit_out_from_under_its_report_is_refused(world):
    world.report(world.caugiay, round=next_week(world))

    found = checked(world, planned(world))

    assert [(fault.place, str(fault)) for fault in found.faults] == [
        (
            "thay đổi 1",
            "«Đảng bộ quận Cầu Giấy» có 1 báo cáo thu đến ngày 30-8-2020; hãy chọn ngày của phương án sau ngày ấy.",
        )
    ]
    assert not checked(world, planned(world, day=date(2020, 8, 31))).faults


def test_a_plan_tells_what_is_left_at_units_that_end_and_may_be_carried_out(world):
    world.submitted(world.caugiay)
    found = checked(world, planned(world))

    assert not found.faults
    told = " ".join(map(str, found.ties))
    assert "1 người còn giữ chức trách" in told
    assert "1 báo cáo các kỳ trước" in told


def test_a_plan_on_whose_tree_reports_stand_is_not_taken_back(world):
    plan = committed(world)
    world.report(world.dongda, round=next_week(world))

    with pytest.raises(rules.StillDependedOn, match="1 việc") as no:
        reorganising.revert(actor=world.an, plan_id=plan.pk, today=world.day, at=world.at)

    assert "1 báo cáo đã lập trên cây tổ chức mới" in str(no.value.faults[0])


PAGES = ("/", "/owing/", "/reports/?scope=all", "/review/", "/rollups/", "/rollups/completeness/", "/units/", "/tasks/",
         "/briefings/", "/units/01-CG/", "/people/at/01-CG/")  # fmt: skip


@pytest.mark.parametrize("username", ["lan", "dung", "binh", "minh", "an"])
def test_every_page_opens_for_people_whose_unit_was_merged_away_or_took_one_over(world, at, client, username):
    rollups.define_measure(
        actor=world.system, code="dai-hoi", name="Đại hội", definition="Đã tổ chức.", form=world.form, rule="share",
        field="held", noun="đại hội", rank=1, at=world.at,
    )  # fmt: skip
    world.submitted(world.caugiay)
    committed(world)
    next_week(world)
    client.force_login(world.accounts[username])

    answers = {address: client.get(address).status_code for address in PAGES}

    assert {address: status for address, status in answers.items() if status not in {200, 302, 404}} == {}
    assert answers["/"] == answers["/reports/?scope=all"] == 200
    if username in {"lan", "binh", "an", "dung"}:
        assert answers["/units/01-CG/"] == 200


def test_a_unit_moved_during_a_running_round_counts_below_its_new_superior_and_nowhere_else(world):
    world.accepted(world.bavi)
    world.accepted(world.vinh)
    committed(world, TypedChange(kind="move", code="01-BV", other="40"), day=date(2020, 8, 20))

    assert not list(proofs.faults_of_round(world.round))
    assert not list(proofs.faults_of_round(world.round_before))
    assert units.tree_on(world.round.day).parent(world.bavi.pk) == world.nghean.pk
    assert units.tree_on(world.round_before.day).parent(world.bavi.pk) == world.hanoi.pk
