"""The kept matrices follow the ledger, and nothing but the ledger."""

import os

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from giaoban.apps.forms import services as forms
from giaoban.apps.reports import services as reports
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries
from giaoban.apps.rollups.queries import keeping, live, rows
from giaoban.apps.rollups.rules import Counted, UnreadableReport
from giaoban.base.ledger.guards import writing
from giaoban.files.matrix import NOWHERE, Mark
from giaoban.files.matrix.header import SEQUENCE_AT


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

    with queries(5):  # the unit, the round before, the ledger's head, the tree's last change, what was published
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


def test_the_number_of_matrices_one_process_keeps_is_bounded(world, value, monkeypatch):
    monkeypatch.setattr(keeping, "KEPT_ROUNDS", 1)

    with live.picture([world.round]):
        pass
    with live.picture([world.round_before]):
        pass

    assert list(keeping.store.kept) == [world.round_before.pk]


def test_the_number_of_matrices_of_a_host_is_bounded(world, value, monkeypatch):
    monkeypatch.setattr(keeping.shelf(), "_most_files", 1)
    world.submitted(world.caugiay)
    value()

    with live.picture([world.weekly_round]):
        pass

    assert keeping.shelf().names() == [f"round-{world.weekly_round.pk}"]
    assert value() == Counted(1, 6, 1, 6)


def test_a_new_process_finds_the_matrices_and_reads_no_report(world, value):
    world.submitted(world.caugiay)
    value()
    keeping.let_go()

    with CaptureQueriesContext(connection) as asked:
        assert value() == Counted(1, 6, 1, 6)

    assert not [query for query in asked.captured_queries if Report._meta.db_table in query["sql"]]


@pytest.mark.parametrize("spoil", ["cut", "no ledger of ours", "gone", "rubbish"])
def test_a_file_that_cannot_be_trusted_is_built_anew(world, value, spoil):
    world.submitted(world.caugiay)
    value()
    path = keeping.shelf().path(f"round-{world.round.pk}")
    if spoil == "cut":
        keeping.let_go()
        os.truncate(path, 5_000)
    elif spoil == "gone":
        path.unlink()
    elif spoil == "rubbish":
        keeping.let_go()
        path.write_bytes(os.urandom(path.stat().st_size))
    else:  # a backup was restored: entries with these numbers say something else now
        kept = keeping.store.kept[world.round.pk]
        kept.matrix.values[:] = 1
        kept.mapped.write(Mark(kept.mapped.status().sequence.number, "ab" * 32), lambda: True)

    assert value() == Counted(1, 6, 1, 6)
    assert path.exists()


def test_a_ledger_that_went_back_is_no_longer_followed(world, value):
    value()
    sid = transaction.savepoint()
    world.submitted(world.caugiay)
    assert value() == Counted(1, 6, 1, 6)

    transaction.savepoint_rollback(sid)

    assert value() == Counted(None, 6, 0, 6)


def test_a_report_that_cannot_be_read_alarms_and_changes_nothing(world, value, caplog):
    world.submitted(world.caugiay)
    assert value() == Counted(1, 6, 1, 6)
    matrix = keeping.store.kept[world.round.pk].matrix
    before = (matrix.values.copy(), matrix.answered.copy(), matrix.states.copy())
    report = world.submitted(world.vinh)
    with writing():
        Report.objects.filter(pk=report.pk).update(figures={"held": "có"})

    with pytest.raises(UnreadableReport, match=f"số {report.pk} .*held"):
        value()

    assert f"report {report.pk} cannot be added up: held" in caplog.text
    assert all(
        (now == was).all() for now, was in zip((matrix.values, matrix.answered, matrix.states), before, strict=True)
    )
    with writing():
        Report.objects.filter(pk=report.pk).update(figures=report.figures)
    assert value() == Counted(2, 6, 2, 6)


def test_a_dead_writer_is_repaired_before_anybody_reads(world, value):
    world.submitted(world.caugiay)
    value()
    kept = keeping.store.kept[world.round.pk]
    world.submitted(world.vinh)

    def die():
        kept.matrix.values[:] = 7
        raise GivenUp

    with pytest.raises(GivenUp):
        kept.mapped.write(rows.newest(), die)
    kept.matrix.values[:] = 0
    kept.matrix.answered[:] = False  # as if the writer had brought in nothing whole
    kept.matrix.states[:] = 0
    kept.mapped._header.put_mark(SEQUENCE_AT, NOWHERE)

    assert value() == Counted(2, 6, 2, 6)


def test_a_question_within_a_question_is_a_bug(world, value):
    with live.picture([world.round]), pytest.raises(live.AskedTwice):
        value()
    assert value() == Counted(None, 6, 0, 6)


def test_only_what_the_ledger_tells_is_read_again(world, value, queries):
    """However many reports there are: the head, the entries since the last one seen, the rows they are about."""
    value()
    world.submitted(world.caugiay)

    with queries(3), live.picture([world.round]):
        pass
