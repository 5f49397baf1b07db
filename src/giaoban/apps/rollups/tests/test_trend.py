"""A trend over many periods: the same few questions to the database, and an amendment of an old one shows."""

from datetime import timedelta

import pytest

from giaoban.apps.forms import services as forms
from giaoban.apps.reports import services as reports
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.rules import COUNTED
from giaoban.apps.rollups import queries
from giaoban.apps.rollups.queries import keeping
from giaoban.apps.rollups.rules import Counted
from giaoban.apps.units import queries as units


@pytest.fixture
def rounds(world):
    """Eight rounds, oldest first; the last two are the world's own."""
    period = world.round_before.period.value
    earlier = []
    for _ in range(6):
        period = period.previous()
        earlier.append(
            forms.open_round(actor=world.system, form_id=world.form.pk, period=period, at=world.at - timedelta(days=60))
        )
    return [*earlier[::-1], world.round_before, world.round]


def trend(world, measure, rounds):
    return [one.value for one in queries.trend(actor=world.thu, measure=measure, unit="TW", rounds=rounds)]


def test_a_trend_asks_the_same_of_the_database_for_two_periods_and_for_eight(world, measures, rounds, queries):
    held = measures[0]
    trend(world, held, rounds)

    for some in (rounds[-2:], rounds):
        keeping.let_go()  # a process that has just begun
        with queries(
            13
        ):  # the unit, the ledger and the tree in five, what became of whom in four, versions, duties, exceptions
            trend(world, held, some)


@pytest.mark.parametrize("code", ["dai-hoi", "xong-100", "dai-bieu", "ty-le-dai-bieu", "da-bao-cao"])
def test_an_amendment_of_a_period_that_is_over_shows_in_the_very_next_trend(world, measures, code):
    measure = next(one for one in measures if one.code == code)
    rounds = [world.round_before, world.round]
    before = trend(world, measure, rounds)
    assert keeping.shelf().totals_path(f"round-{world.round_before.pk}").exists()
    report = Report.objects.get(round=world.round_before, unit=world.caugiay)
    assert report.state in COUNTED

    reports.reopen(actor=world.system, report_id=report.pk, reason="sửa số liệu", at=world.at)
    amended = trend(world, measure, rounds)
    keeping.let_go()

    assert amended[0].answered == before[0].answered - 1
    assert amended == trend(world, measure, rounds)
    alone = queries.measure_value(actor=world.thu, measure=measure, round_=world.round_before, unit="TW")
    assert amended[0] == alone.live


def test_a_unit_without_a_place_in_an_old_tree_has_no_figure_there(world, measures):
    assert units.tree_on(world.round.day) == units.tree_on(world.round_before.day)
    assert trend(world, measures[0], [world.round])[0] == Counted(None, 6, 0, 6)
