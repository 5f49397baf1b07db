"""The small world stands, and its people reach what they should."""

from __future__ import annotations

import pytest

from giaoban.apps.reports import rules, services
from giaoban.apps.reports.models import Report
from giaoban.apps.units import queries as units
from giaoban.core.refusal import NotFound

pytestmark = pytest.mark.django_db


def test_last_week_is_whole_and_this_week_is_empty(world):
    assert Report.objects.filter(round=world.round_before, state=rules.State.ACCEPTED).count() == 6
    assert not Report.objects.filter(round=world.round).exists()


def test_units_hang_where_they_should(world):
    tree = units.tree_on(world.day)

    assert tree.children(world.centre.pk) == (world.hanoi.pk, world.nghean.pk, world.quandoi.pk)
    assert world.dichvong.path.startswith(world.caugiay.path)


def test_the_reporter_of_cau_giay_does_not_reach_dong_da(world):
    services.open_report(actor=world.lan, round_id=world.round.pk, unit_id=world.caugiay.pk, at=world.at)

    with pytest.raises(NotFound):
        services.open_report(actor=world.lan, round_id=world.round.pk, unit_id=world.dongda.pk, at=world.at)


def test_hands_carry_a_report_from_draft_to_accepted(world):
    report = world.submitted(world.caugiay)
    services.accept(actor=world.binh, report_id=report.pk, at=world.at)

    report.refresh_from_db()
    assert (report.state, report.figures["attendance"]) == ("accepted", 9920)


def test_an_incomplete_report_is_refused(world):
    report = world.report(world.bavi)

    with pytest.raises(rules.NotReady, match="Đã tổ chức đại hội"):
        services.submit(actor=world.actor_at(world.bavi), report_id=report.pk, at=world.at)
