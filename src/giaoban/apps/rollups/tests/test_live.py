"""The kept matrices follow the ledger, and nothing but the ledger."""

import pytest
from django.db import transaction

from giaoban.apps.forms import services as forms
from giaoban.apps.reports import services as reports
from giaoban.apps.rollups import queries
from giaoban.apps.rollups.queries import live
from giaoban.apps.rollups.rules import Counted


class GivenUp(Exception):
    """Somebody changes their mind before commit."""


@pytest.fixture
def value(world, held):
    def of(unit=None, *, official=False):
        found = queries.measure_value(
            actor=world.thu, measure=held, round_=world.round, unit=(unit or world.centre).code, official=official
        )
        return found.live

    return of


def test_nobody_has_answered_and_that_is_not_zero(value):
    assert value() == Counted(None, 6, 0, 6)


def test_a_submission_is_in_the_very_next_total(world, value):
    value()

    world.submitted(world.caugiay)

    assert value() == Counted(1, 6, 1, 6)
    assert value(world.hanoi) == Counted(1, 3, 1, 3)
    assert value(world.nghean) == Counted(None, 2, 0, 2)


def test_a_report_sent_back_is_in_no_total(world, value):
    report = world.submitted(world.caugiay)
    value()

    reports.send_back(actor=world.binh, report_id=report.pk, reason="thiếu số đại biểu", at=world.at)

    assert value() == Counted(None, 6, 0, 6)


def test_official_figures_wait_until_the_report_is_accepted(world, value):
    report = world.submitted(world.vinh)
    assert value(official=True) == Counted(None, 6, 0, 6)

    reports.accept(actor=world.hoa, report_id=report.pk, at=world.at)

    assert value(official=True) == Counted(1, 6, 1, 6)


def test_a_question_reads_no_report_when_nothing_happened(world, held, value, queries):
    world.submitted(world.vinh)
    value()

    with queries(4):  # the unit, the round before, the ledger's head, what was published
        value()


def test_a_rolled_back_submission_leaves_nothing_behind(world, value):
    world.filled(world.caugiay)
    value()

    seen = []

    def submit_and_give_up():
        with transaction.atomic():
            reports.submit(actor=world.lan, report_id=world.report(world.caugiay).pk, at=world.at)
            seen.append(value().part)
            raise GivenUp

    with pytest.raises(GivenUp):
        submit_and_give_up()

    assert seen == [1]
    assert value() == Counted(None, 6, 0, 6)
    world.submitted(world.dongda)
    assert value() == Counted(1, 6, 1, 6)


def test_a_unit_excepted_from_its_duty_is_no_longer_expected(world, value):
    world.submitted(world.caugiay)
    value()

    forms.except_unit(
        actor=world.system,
        form_id=world.form.pk,
        unit=world.bavi,
        owes=False,
        reason="đã hợp nhất",
        from_day=world.round.day,
        until_day=None,
        at=world.at,
    )

    assert value() == Counted(1, 5, 1, 5)


def test_the_number_of_kept_matrices_is_bounded(world, value, monkeypatch):
    monkeypatch.setattr(live, "KEPT_MATRICES", 1)

    with live.picture([world.round]):
        pass
    with live.picture([world.round_before]):
        pass

    assert list(live._store.matrices) == [world.round_before.pk]


def test_only_what_the_ledger_tells_is_read_again(world, value, queries):
    """However many reports there are: the head, the last entry seen, the entries since, their rows."""
    value()
    world.submitted(world.caugiay)

    with queries(4), live.picture([world.round]):
        pass
