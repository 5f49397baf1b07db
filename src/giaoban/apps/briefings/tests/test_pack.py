"""The pack: figures, late reports, tasks and findings, asked as the briefing's unit sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from giaoban.apps.briefings import queries, services
from giaoban.apps.briefings.tests import scenes
from giaoban.apps.narratives import services as narratives
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries as rollups
from giaoban.apps.rollups import services as rollup_services
from giaoban.apps.rollups.tests.scene import define
from giaoban.apps.tasks import rules as task_rules
from giaoban.apps.tasks.tests.scenes import assigned
from giaoban.base.ledger.guards import writing
from giaoban.core.refusal import NotFound

pytestmark = pytest.mark.django_db
PROSE = "Đại hội triệu tập 250 đại biểu, có mặt 248 đại biểu. Có 30/39 cấp ủy viên tái cử, đạt 70%."


@pytest.fixture(autouse=True)
def _fresh_matrices():
    rollups.forget()
    yield
    rollups.forget()


def sections(world, briefing, **instead):
    told = queries.live_sections(**{"actor": world.binh, "briefing_id": briefing.pk, "at": world.at} | instead)
    return {section.code: section for section in told}


def cells(section):
    return [[cell.text for cell in row] for row in section.rows]


def test_figures_come_with_base_percentage_and_change(world):
    rollup_services.define_measure(
        actor=world.system,
        code="dai-hoi",
        name="Đại hội cấp trên cơ sở",
        definition="Số đảng bộ đã tổ chức đại hội trên số đảng bộ phải tổ chức.",
        form=world.form,
        rule="share",
        field="held",
        noun="đại hội",
        rank=1,
        at=world.at,
    )
    for unit in (world.caugiay, world.dongda, world.bavi):
        world.submitted(unit)
    briefing = scenes.prepared(world)

    assert cells(sections(world, briefing)["figures"]) == [["Đại hội cấp trên cơ sở", "3", "3", "100%", "+1"]]


def test_figures_that_cannot_be_added_up_are_not_said_to_be_missing(world):
    define(world, "dai-hoi")
    report = world.submitted(world.caugiay)
    with writing():
        Report.objects.filter(pk=report.pk).update(figures={"held": "có"})
    briefing = scenes.prepared(world)

    told = sections(world, briefing)["figures"]

    assert not told.rows
    assert f"Báo cáo số {report.pk}" in told.empty


def test_late_reports_come_with_whom_to_call_and_those_in_time_do_not(world):
    world.submitted(world.caugiay)
    briefing = scenes.prepared(world)

    late = sections(world, briefing, at=world.at + timedelta(days=2))["late"]

    units = [row[0] for row in cells(late)]
    assert "Đảng bộ quận Đống Đa" in units
    assert "Đảng bộ quận Cầu Giấy" not in units
    assert all(row[2].kind == "late" for row in late.rows)


def test_tasks_come_body_by_body_the_overdue_marked_and_those_of_other_units_not(world):
    gone = task_rules.Deadline(world.day - timedelta(days=2))
    assigned(world, world.caugiay, days_ago=20, title="Việc quá hạn", assigner="bct", due=gone)
    assigned(world, world.dongda, title="Việc tuần này", due=task_rules.Deadline(world.day + timedelta(days=3)))
    assigned(world, world.vinh, title="Việc của tỉnh khác", due=task_rules.Deadline(world.day + timedelta(days=3)))

    told = sections(world, scenes.prepared(world))["tasks"]

    assert [(row[0].text, row[3].kind) for row in told.rows] == [("Việc quá hạn", "late"), ("Việc tuần này", "day")]
    assert any("Bộ Chính trị giao 1 nội dung" in sentence for sentence in told.lead)


def test_findings_of_the_reader_stand_in_the_pack_until_somebody_sets_them_aside(world):
    report = world.filled(world.caugiay)
    narratives.paste(actor=world.lan, report_id=report.pk, text=PROSE, name="Dán", at=world.at)

    found = cells(sections(world, scenes.prepared(world))["findings"])

    assert [row[0] for row in found] == ["Cầu Giấy"]
    assert "70%" in found[0][2]


def test_two_organisers_see_the_same_pack_and_a_stranger_none(world):
    assigned(world, world.caugiay, due=task_rules.Deadline(world.day + timedelta(days=2)))
    briefing = scenes.prepared(world)
    services.replan(
        actor=world.binh,
        briefing_id=briefing.pk,
        plan=scenes.plan(world, secretaries=(world.accounts["dung"].pk,)),
        revision=1,
        at=world.at,
    )

    assert sections(world, briefing, actor=world.dung) == sections(world, briefing)
    with pytest.raises(NotFound):
        sections(world, briefing, actor=world.hoa)


def test_a_pack_comes_back_as_it_was_frozen(world):
    briefing = scenes.called(world)
    live = queries.live_sections(actor=world.binh, briefing_id=briefing.pk, at=world.at)
    services.send_pack(actor=world.binh, briefing_id=briefing.pk, sections=queries.as_json(live), at=world.at)

    page = queries.pack_page(actor=world.lan, briefing_id=briefing.pk, at=world.at)

    assert page.number == 1
    assert list(page.sections) == list(live)
