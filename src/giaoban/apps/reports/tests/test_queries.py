"""What the lists of reports say, and that they cost the same however long they are."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from giaoban.apps.forms import queries as forms
from giaoban.apps.forms import services as form_services
from giaoban.apps.reports import queries, services
from giaoban.apps.reports.queries import Filters
from giaoban.apps.reports.tests.scenes import many_units, person
from giaoban.apps.units import queries as units
from giaoban.core.refusal import NotFound
from giaoban.site.demo.small import World, usual_figures

pytestmark = pytest.mark.django_db


def bring_in_submitted(world: World, count: int) -> None:
    """Twice `count` more committees below Hà Nội, every second one with a submitted report of this week."""
    added = many_units(world, 2 * count, below=world.hanoi)[::2]
    services.bring_in(
        actor=world.system,
        round_=world.round,
        reports=[
            services.PastReport(
                unit_id=unit.pk,
                path=unit.path,
                figures=usual_figures(held=True),
                submitted_at=world.at,
                accepted_at=None,
            )
            for unit in added
        ],
        source="bối cảnh lớn",
        at=world.at,
    )


def test_a_unit_owes_what_its_level_owes_until_it_is_handed_in(world: World):
    before = queries.owed(world.lan, world.at)
    world.submitted(world.caugiay)

    assert [(row.unit, row.state) for row in before] == [("Cầu Giấy", "none")]
    assert queries.owed(world.lan, world.at) == []


def test_a_report_sent_back_is_owed_again_with_its_reason(world: World):
    report = world.submitted(world.caugiay)
    services.send_back(actor=world.binh, report_id=report.pk, reason="Sai số", at=world.at)

    row = queries.owed(world.lan, world.at)[0]

    assert (row.state, row.reason, row.report_id) == ("returned", "Sai số", report.pk)


def test_a_unit_excepted_from_duty_owes_nothing(world: World):
    form_services.except_unit(
        actor=world.system,
        form_id=world.form.pk,
        unit=world.caugiay,
        owes=False,
        reason="mới thành lập",
        from_day=world.round.day,
        until_day=None,
        at=world.at,
    )

    assert queries.owed(world.lan, world.at) == []


def test_the_desk_and_the_forms_agree_on_who_owes(world: World):
    for exception, owes in ((world.dongda, False), (world.bavi, True)):
        form_services.except_unit(
            actor=world.system,
            form_id=world.form.pk,
            unit=exception,
            owes=owes,
            reason="thử",
            from_day=world.round.day,
            until_day=world.round.day + timedelta(days=1),
            at=world.at,
        )
    tree = units.tree_on(world.round.day)
    owing = set(forms.owing_units(form_id=world.form.pk, day=world.round.day, tree=tree))
    placed = {unit for unit in owing if tree.level(unit) in world.round.deadlines}

    found = {
        row.unit_id
        for unit in (*world.committees, world.dichvong, world.nghiatan)
        for row in queries.owed(world.actor_at(unit), world.at)
        if row.round_id == world.round.pk
    }

    assert found == placed
    assert world.dongda.pk not in found


def test_a_deadline_that_has_passed_is_late_and_one_to_come_is_not(world: World):
    due_at = datetime.fromisoformat(world.round.deadlines["tren-co-so"])

    assert not queries.owed(world.lan, due_at)[0].is_late
    assert queries.owed(world.lan, due_at + timedelta(minutes=54))[0].span == "54 phút"
    assert queries.owed(world.lan, due_at + timedelta(minutes=54))[0].is_late


def test_only_reports_directly_below_wait_for_the_reviewer(world: World):
    world.submitted(world.caugiay)

    assert queries.waiting_review(world.binh, world.at)[0] == 1
    assert queries.waiting_review(world.an, world.at) == (0, [])
    assert queries.review_queue(actor=world.an, at=world.at, is_direct=False).total == 1
    assert queries.waiting_review(world.hoa, world.at)[0] == 0


def test_the_queue_shows_key_figures_with_their_change(world: World):
    world.submitted(world.caugiay, summoned=260)

    row = queries.review_queue(actor=world.binh, at=world.at).groups[0].rows[0]

    assert (row.figures[0].label, row.figures[0].text, row.figures[0].change) == (
        "Đại biểu được triệu tập",
        "260",
        "+10",
    )


def test_recent_tells_others_deeds_and_not_ones_own(world: World):
    report = world.submitted(world.caugiay)
    services.accept(actor=world.binh, report_id=report.pk, at=world.at)

    assert [row.did for row in queries.recent(world.binh)] == ["nộp"]
    assert [row.did for row in queries.recent(world.actor_at(world.dongda))] == []
    assert queries.recent(world.an)[0].did == "nhận"


def test_who_still_owes_is_below_me_with_deadline_and_telephone(world: World):
    world.submitted(world.caugiay)
    world.report(world.dongda)

    debts = queries.owing(actor=world.binh, round_id=world.round.pk, at=world.at)

    assert [(row.unit, row.state) for row in debts.rows] == [
        ("Đảng bộ huyện Ba Vì", "none"),
        ("Đảng bộ quận Đống Đa", "draft"),
    ]
    assert [(level.owing, level.missing) for level in debts.levels] == [(3, 2)]
    assert all(row.is_late and row.above == "Hà Nội" for row in debts.rows)


def test_a_reporter_alone_sees_nobody_elses_debts(world: World):
    assert queries.owing(actor=world.dung, round_id=world.round.pk, at=world.at).levels == []


def test_debts_of_a_round_that_is_not_there_are_not_found(world: World):
    with pytest.raises(NotFound):
        queries.owing(actor=world.binh, round_id=10**9, at=world.at)


def test_the_list_is_narrowed_by_form_period_state_and_unit(world: World):
    world.submitted(world.caugiay)
    everything = queries.listing(actor=world.an, filters=Filters(), at=world.at)

    def count(**asked: str) -> int:
        return queries.listing(actor=world.an, filters=Filters(**asked), at=world.at).total

    assert everything.total == 7
    assert count(state="submitted") == 1
    assert count(period=world.round_before.period.code) == 6
    assert count(form="KQ-TUAN") == 0
    assert count(unit="01-CG") == 2


def test_a_reporter_sees_own_reports_first_and_others_never(world: World):
    assert queries.listing(actor=world.dung, filters=Filters(), at=world.at).total == 1
    assert queries.listing(actor=world.dung, filters=Filters(scope="all"), at=world.at).total == 1
    assert queries.listing(actor=world.binh, filters=Filters(), at=world.at).scope == "mine"


def test_the_story_goes_back_to_an_earlier_revision(world: World):
    report = world.filled(world.caugiay)
    earlier = dict(report.figures)
    for women in (8, 7):
        report = services.fill(
            actor=world.lan,
            report_id=report.pk,
            revision=report.revision,
            figures=report.figures | {"women": women},
            prose=f"Bản {women}",
            at=world.at,
        )

    assert queries.base_of(report=report, revision=2) == earlier | {"@prose": ""}
    assert queries.base_of(report=report, revision=3)["women"] == 8


BUDGETS = {
    "/": 14,
    "/reports/?scope=all": 7,
    "/review/": 8,
    "/owing/": 11,
    "/owing/?whole=1": 11,
}


@pytest.mark.parametrize("count", [10, 1_000])
def test_a_list_costs_the_same_at_ten_and_a_thousand_rows(
    client: Client, world: World, at: datetime, queries, count: int
):
    """Half of the committees have handed in, half owe."""
    bring_in_submitted(world, count)
    binh = person(client, world, "binh")

    for address, most in BUDGETS.items():
        binh.get(address)
        with queries(most):
            assert binh.get(address).status_code == 200


@pytest.mark.parametrize(("end", "most"), [("", 7), ("history/", 6), ("check/?field=women&f-women=3", 5)])
def test_one_report_costs_few_queries(client: Client, world: World, at: datetime, queries, end: str, most: int):
    report = world.filled(world.caugiay)
    lan = person(client, world, "lan")

    with queries(most):
        assert lan.get(f"/reports/{report.pk}/{end}").status_code == 200
