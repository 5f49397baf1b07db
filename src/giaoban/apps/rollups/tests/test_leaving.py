"""What leaves is of one moment, figures alone, and exact or refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pyarrow.dataset as ds
import pytest
from django.db import DatabaseError, connection, transaction

from giaoban.apps.people.models import Account
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import rules
from giaoban.apps.rollups.queries.exporting import leaving as going
from giaoban.apps.rollups.tests.leaving import export
from giaoban.apps.units.models import Unit
from giaoban.base.databases import NoSnapshot, snapshot
from giaoban.base.ledger.guards import writing
from giaoban.base.ledger.work import head
from giaoban.core.periods import Period, PeriodKind
from giaoban.files.lake.opening import manifest
from giaoban.files.lake.tables import SCHEMAS


def rows(folder, table):
    return ds.dataset(folder / table, partitioning="hive").to_table().to_pylist()


def elsewhere(verb):
    """Done by somebody else, on a connection of their own."""

    def work():
        try:
            return verb()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(work).result(timeout=15)


@pytest.mark.django_db(transaction=True)
def test_who_writes_while_it_leaves_neither_waits_nor_is_half_in_it(world):
    world.submitted(world.caugiay)
    with going() as now:
        before = now.head.number
        elsewhere(lambda: world.submitted(world.vinh))
        this_week = next(one for one in now.rounds if one.round == world.round)
        units = [unit for stretch in this_week.stretches() for unit in stretch.units.tolist()]

        assert units == [world.caugiay.pk]
        assert now.reports == Report.objects.count()
    assert head() > before
    assert Report.objects.filter(round=world.round).count() == 2


@pytest.mark.django_db(transaction=True)
def test_in_a_snapshot_nothing_is_written_and_afterwards_everything_is_as_before(world):
    with snapshot(), writing(), pytest.raises(DatabaseError):
        Unit.objects.update(phone="1")

    world.submitted(world.vinh)
    assert not Unit.objects.filter(phone="1").exists()


@pytest.mark.django_db(transaction=True)
def test_what_may_be_undone_does_not_leave(world):
    with transaction.atomic(), pytest.raises(NoSnapshot), going():
        pass


def test_drafts_and_what_was_sent_back_stay_in_the_units_own_hands(world, tmp_path):
    world.filled(world.bavi)
    world.submitted(world.caugiay)
    world.accepted(world.vinh)
    export(tmp_path / "0", form="DH-TCS", since=Period.containing(date(2020, 8, 23), PeriodKind.WEEK))

    told = {row["unit"]: row["state"] for row in rows(tmp_path / "0", "reports")}

    assert told == {world.caugiay.pk: "submitted", world.vinh.pk: "accepted"}
    assert {row["unit"] for row in rows(tmp_path / "0", "duty")} == {one.pk for one in world.committees}
    assert {row["period"] for row in rows(tmp_path / "0", "periods")} == {"2020-W34"}


def test_no_person_is_named_and_no_text_of_a_report_leaves(world, tmp_path):
    world.submitted(world.caugiay, note="Đồng chí Tạ Ngọc Lan phụ trách")
    export(tmp_path / "0")

    words = {
        word
        for table in SCHEMAS
        for row in rows(tmp_path / "0", table)
        for word in row.values()
        if isinstance(word, str)
    }
    assert "Đảng bộ quận Cầu Giấy" in words
    assert not [word for word in words for name in Account.objects.values_list("name", flat=True) if name in word]
    assert "2020-08-11" not in words  # the day of the congress is a figure of the report that does not add up


def test_a_figure_that_does_not_fit_is_refused_by_name_and_nothing_is_left(world, tmp_path):
    report = world.submitted(world.caugiay)
    with writing():
        Report.objects.filter(pk=report.pk).update(figures=report.figures | {"summoned": 2**63})

    with pytest.raises(rules.UnreadableReport, match=f"Báo cáo số {report.pk} .*«summoned»"):
        export(tmp_path / "0")
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_export_is_said(world):
    with pytest.raises(rules.NothingToExport), going(form="DH-TCS", since=Period.parse("2021-W01")):
        pass


def test_a_unit_has_each_of_its_names_with_its_days(world, tmp_path):
    from giaoban.apps.units.models import FormerName, Plan

    with writing():
        plan = Plan.objects.create(unit=world.centre, title="Đổi tên", day=date(2020, 7, 1))
        FormerName.objects.create(unit=world.bavi, name="Đảng bộ Ba Vì cũ", until_day=date(2020, 7, 1), plan=plan)
    export(tmp_path / "0")

    told = [row for row in rows(tmp_path / "0", "units") if row["unit"] == world.bavi.pk]

    assert [(row["name"], row["from_day"], row["until_day"]) for row in told] == [
        ("Đảng bộ Ba Vì cũ", None, date(2020, 7, 1)),
        ("Đảng bộ huyện Ba Vì", date(2020, 7, 1), None),
    ]


def test_rounds_on_the_same_tree_share_it(world, tmp_path):
    export(tmp_path / "0")

    assert {row["tree_day"] for row in rows(tmp_path / "0", "periods")} == {"2020-08-16"}
    assert manifest(tmp_path / "0")["rows"]["trees"] == 15
