"""Bringing a tree in: a list is taken whole or not at all, and the tree of every day stays one."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from giaoban.apps.units import queries, rules, services
from giaoban.apps.units.models import Placement, Unit
from giaoban.apps.units.rules import NewUnit
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.work import head
from giaoban.core.orgtree import OrgTree
from giaoban.core.refusal import Refusal
from giaoban.site.demo.small import FOUNDED

pytestmark = pytest.mark.django_db

TODAY = date(2020, 8, 24)


def new(code: str, *, parent: str = "01-BV", level: str = "co-so", from_day: date = FOUNDED, **more) -> NewUnit:
    return NewUnit(code=code, name=f"Đảng bộ xã {code}", parent=parent, level=level, from_day=from_day, **more)


def bring_in(world, *units: NewUnit, actor=None, below: str = "01") -> int:
    return services.bring_in(
        actor=actor or world.binh, below=below, units=units, source="danh sách.csv", today=TODAY, at=world.at
    )


def standing() -> tuple[int, int, int]:
    return Unit.objects.count(), Placement.objects.count(), head()


def refused(world, *units: NewUnit, no: type[Refusal] = rules.DoesNotFit, **more) -> Refusal:
    """The refusal, and proof that nothing at all was written."""
    before = standing()
    with pytest.raises(no) as told:
        bring_in(world, *units, **more)
    assert standing() == before
    return told.value


def test_new_units_stand_in_the_tree_and_the_ledger_tells_how_many_and_from_where(world):
    assert bring_in(world, new("BV-1"), new("BV-1-1", parent="BV-1", level="chi-bo")) == 2

    tree = queries.tree_on(TODAY)
    first, cell = Unit.objects.get(code="BV-1"), Unit.objects.get(code="BV-1-1")
    assert tree.parent(cell.pk) == first.pk
    assert cell.path == f"{world.bavi.path}{first.pk}/{cell.pk}/"
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.facts, entry.place) == (
        "units.imported",
        {"count": 2, "source": "danh sách.csv"},
        world.hanoi.path,
    )


def test_a_unit_without_a_superior_hangs_below_the_unit_of_the_import(world):
    bring_in(world, new("BV-1", parent="", level="co-so"), below="01-BV")

    assert queries.tree_on(TODAY).parent(Unit.objects.get(code="BV-1").pk) == world.bavi.pk


def test_one_unit_stands_in_two_places_one_after_the_other(world):
    moved = date(2018, 1, 1)
    count = bring_in(
        world,
        new("BV-1", parent="01-BV", from_day=FOUNDED, until_day=moved),
        new("BV-1", parent="01-DD", from_day=moved),
    )

    unit = Unit.objects.get(code="BV-1")
    assert count == 1
    assert queries.tree_on(date(2017, 12, 31)).parent(unit.pk) == world.bavi.pk
    assert queries.tree_on(moved).parent(unit.pk) == world.dongda.pk


def test_a_superior_that_ends_before_the_unit_does_is_refused_with_the_day(world):
    bring_in(world, new("BV-1", until_day=date(2021, 1, 1)))

    no = refused(world, new("BV-1-1", parent="BV-1", level="chi-bo"))

    assert [str(fault) for fault in no.faults] == [
        "Cấp trên «BV-1» của đơn vị «BV-1-1» không tồn tại ngày 1-1-2021; hãy sửa thời gian của một đơn vị."
    ]


def test_a_superior_that_begins_after_the_unit_does_is_refused(world):
    no = refused(world, new("BV-1", from_day=date(2010, 1, 1)))

    assert "không tồn tại ngày 1-1-2010" in str(no.faults[0])


def test_a_unit_above_or_beside_its_superior_is_refused(world):
    no = refused(world, new("BV-1", level="tren-co-so"))

    assert "Cấp «tren-co-so» của đơn vị «BV-1» không dưới cấp của cấp trên «01-BV»" in str(no.faults[0])


@pytest.mark.parametrize("parent", ["40-ND", "TW", "không có"])
def test_a_superior_the_actor_does_not_keep_is_refused_like_one_that_is_not_there(world, parent):
    no = refused(world, new("BV-1", parent=parent))

    assert f"Cấp trên «{parent}» của đơn vị «BV-1» không thuộc phần cây đồng chí được giữ" in str(no.faults[0])


@pytest.mark.parametrize("below", ["40", "TW", "không có"])
def test_a_place_the_actor_does_not_keep_is_refused_in_words(world, below):
    no = refused(world, new("BV-1"), no=rules.NoSuchPlace, below=below)

    assert f"«{below}»" in str(no)


def test_who_keeps_no_tree_brings_nothing_in(world):
    refused(world, new("BV-1"), no=rules.NoSuchPlace, actor=world.lan)


def test_an_empty_list_is_refused(world):
    refused(world, no=rules.NothingToBringIn)


def test_a_code_that_is_there_already_is_refused(world):
    no = refused(world, new("BV-1"), new("40-ND"), no=rules.CodeTaken)

    assert "«40-ND»" in str(no)


def test_superiors_in_a_ring_are_refused_by_name_and_code(world):
    ring = (new("A", parent="B", level="co-so"), new("B", parent="A", level="chi-bo"))
    no = refused(world, *ring, no=Refusal)

    assert "«Đảng bộ xã A» (A)" in str(no)
    assert "«Đảng bộ xã B» (B)" in str(no)


def test_two_places_on_one_day_are_refused_by_name_and_day(world):
    no = refused(
        world,
        new("BV-1", until_day=date(2019, 1, 1)),
        new("BV-1", parent="01-DD", from_day=date(2018, 1, 1)),
        no=Refusal,
    )

    assert "«Đảng bộ xã BV-1» (BV-1)" in str(no)
    assert "1-1-2018" in str(no)


@pytest.mark.parametrize("code", ["A/B", "A?", "A#1", "50%", "import", ".", "x" * 41])
def test_a_code_that_no_address_or_column_can_hold_is_refused(world, code):
    refused(world, new(code))


def test_every_day_on_which_the_tree_changes_gives_a_tree(world):
    bring_in(
        world,
        new("BV-1", from_day=date(2016, 3, 1), until_day=date(2020, 8, 1)),
        new("BV-2", from_day=date(2020, 8, 1)),
        new("BV-2-1", parent="BV-2", level="chi-bo", from_day=date(2021, 1, 1)),
    )

    sizes = [
        len(queries.tree_on(day))
        for day in (date(2016, 2, 29), date(2016, 3, 1), date(2020, 8, 1), date(2020, 12, 31), date(2021, 1, 1))
    ]
    assert sizes == [15, 16, 16, 16, 17]


class TestTheFile:
    """The same through a file, which the plan reads."""

    HEAD = "mã,tên,tên ngắn,cấp trên,cấp,từ ngày,đến ngày,điện thoại\n"

    def plan(self, text: str) -> queries.ImportPlan:
        return queries.import_plan(data=(self.HEAD + text).encode(), name="cây.csv")

    def test_decomposed_letters_are_composed(self, world):
        plan = self.plan(unicodedata.normalize("NFD", "BV-1,Đảng bộ xã Tản Lĩnh,Tản Lĩnh,01-BV,co-so,1-10-2015,,\n"))

        bring_in(world, *plan.units)

        unit = Unit.objects.get(code="BV-1")
        assert unit.name == "Đảng bộ xã Tản Lĩnh" == unicodedata.normalize("NFC", unit.name)
        assert [one.code for one in queries.found_units(actor=world.binh, words="tản lĩnh")] == ["BV-1"]

    def test_faults_with_units_already_there_name_the_line(self, world):
        plan = self.plan("BV-1,Xã một,,01-BV,co-so,1-10-2015,,\nBV-2,Xã hai,,40-ND,co-so,1-10-2015,,\n")

        faults = queries.superior_faults(actor=world.binh, below="01", units=plan.units)

        assert [fault.place for fault in faults] == ["dòng 3"]

    def test_a_code_no_address_can_hold_names_the_line(self, world):
        plan = self.plan("A/B,Xã một,,01-BV,co-so,1-10-2015,,\n")

        assert [(fault.place, str(fault)) for fault in plan.faults] == [
            ("dòng 2", "Mã «A/B» có ký tự «/»; hãy bỏ ký tự này.")
        ]

    def test_three_hundred_units_come_in_and_show_on_the_tree(self, world):
        rows = [f"BV-{n},Đảng bộ xã {n},,01-BV,co-so,1-10-2015,,\n" for n in range(1, 31)]
        rows += [f"BV-{n}-{m},Chi bộ {m} xã {n},,BV-{n},chi-bo,1-10-2015,,\n" for n in range(1, 31) for m in range(9)]

        assert bring_in(world, *self.plan("".join(rows)).units) == 300

        assert queries.tree_on(TODAY).size(world.bavi.pk) == 301
        paths = OrgTree.on(TODAY, queries._placed(Placement.objects.all()))
        assert paths == queries.tree_on(TODAY)
