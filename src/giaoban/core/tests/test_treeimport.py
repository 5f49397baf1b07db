from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.core.orgtree import OrgTree, ParentMissing, Placed, PlacedTwice, Ring
from giaoban.core.sheets import Row
from giaoban.core.treeimport import MAX_DEPTH, plan

LEVELS = ("centre", "province", "district", "cell")
HEADINGS = ("code", "name", "parent", "level", "from_day", "until_day")


def listed(*lines, headings=HEADINGS):
    return [
        Row(index, dict(zip(headings, [*line, *[""] * len(headings)], strict=False)))
        for index, line in enumerate(lines, start=2)
    ]


def planned(*lines, existing=frozenset()):
    return plan(rows=listed(*lines), levels=LEVELS, existing=existing)


def faults_of(*lines, existing=frozenset()):
    return [(fault.place, str(fault)) for fault in planned(*lines, existing=existing).faults]


CENTRE = ("TW", "Trung ương", "", "centre", "1-1-2020")
HANOI = ("01", "Hà Nội", "TW", "province", "1-1-2020")


def test_a_clean_list_becomes_placements_in_the_order_of_the_file():
    result = planned(HANOI, CENTRE, ("0101", "Ba Đình", "01", "district", "1/1/2020", "2025-07-01"))
    assert result.faults == ()
    assert [unit.code for unit in result.units] == ["01", "TW", "0101"]
    assert result.units[1].parent is None
    assert (result.units[2].from_day, result.units[2].until_day) == (date(2020, 1, 1), date(2025, 7, 1))


def test_vietnamese_headings_are_understood_and_den_ngay_is_the_last_day():
    headings = ("Mã", "Tên", "Tên ngắn", "Cấp  trên", "CẤP", "Từ ngày", "Đến ngày", "Điện thoại")
    rows = listed(
        ("0101", "Quận Ba Đình", "Ba Đình", "01", "district", "1-1-2020", "30-6-2025", "024"), headings=headings
    )
    result = plan(rows=rows, levels=LEVELS, existing=frozenset({"01"}))
    assert result.faults == ()
    unit = result.units[0]
    assert (unit.short_name, unit.phone, unit.parent) == ("Ba Đình", "024", "01")
    assert unit.until_day == date(2025, 7, 1)


def test_a_unit_may_move_and_hang_under_another_superior_later():
    result = planned(
        CENTRE,
        HANOI,
        ("02", "Hà Giang", "TW", "province", "1-1-2020"),
        ("x", "Xã X", "01", "cell", "1-1-2020", "1-7-2025"),
        ("x", "Xã X", "02", "cell", "1-7-2025"),
    )
    assert result.faults == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("", "Không mã", "TW", "cell", "1-1-2020"), "Thiếu mã đơn vị"),
        (("x", "", "TW", "cell", "1-1-2020"), "«x» thiếu tên"),
        (("x", "X", "TW", "hamlet", "1-1-2020"), "Cấp «hamlet» không có trong hệ thống"),
        (("x", "X", "TW", "cell", "30-2-2020"), "Không có ngày «30-2-2020»"),
        (("x", "X", "TW", "cell", "1-1-2020", "mai"), "«mai» không phải là ngày"),
        (("x", "X", "TW", "cell", ""), "Thiếu «từ ngày»"),
        (("x", "X", "TW", "cell", "1-1-2021", "1-1-2021"), "kết thúc khi chưa bắt đầu (ngày 1-1-2021)"),
        (("x", "X", "99", "cell", "1-1-2020"), "Không có đơn vị cấp trên mang mã «99»"),
        (("x", "X", "TW", "centre", "1-1-2020"), "Cấp «centre» của đơn vị «x» không dưới cấp «centre»"),
        (("x", "X", "TW", "cell", "1-1-2019"), "Cấp trên «TW» của đơn vị «x» không tồn tại ngày 1-1-2019"),
        (("TW", "Lại", "", "centre", "1-1-2020"), "Mã «TW» trùng với dòng 2"),
        (("TW", "Lại", "", "centre", "1-1-2024"), "chồng lên dòng 2 từ ngày 1-1-2024"),
    ],
)
def test_each_fault_is_told_on_its_own_line(line, says):
    (place, sentence), *others = faults_of(CENTRE, line)
    assert place == "dòng 3"
    assert says in sentence
    assert others == []


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_lines():
    found = faults_of(
        ("", "", "", "hamlet", "hôm qua"),
        CENTRE,
        ("a", "A", "b", "cell", "1-1-2020"),
        ("b", "B", "a", "district", "1-1-2020"),
        ("c", "C", "99", "cell", "1-1-2020", "1-13-2020"),
        ("d", "D", "c", "cell", "1-1-2020"),
    )
    assert [place for place, _ in found] == ["dòng 2"] * 4 + ["dòng 5"] * 2 + ["dòng 6"]
    assert "a → b → a" in " ".join(says for _, says in found) or "b → a → b" in " ".join(says for _, says in found)


def test_a_superior_whose_own_line_is_unreadable_is_not_called_missing():
    found = faults_of(("TW", "Trung ương", "", "centre", "?"), HANOI)
    assert [place for place, _ in found] == ["dòng 2"]


def test_a_ring_is_named_once():
    found = faults_of(
        ("a", "A", "b", "cell", "1-1-2020"), ("b", "B", "c", "cell", "1-1-2020"), ("c", "C", "a", "cell", "1-1-2020")
    )
    rings = [says for _, says in found if "→" in says]
    assert len(rings) == 1
    assert "a → b → c → a" in rings[0]


def test_a_ring_is_dated_by_its_first_whole_day():
    found = faults_of(("a", "A", "b", "cell", "1-1-2020"), ("b", "B", "a", "cell", "1-1-2021"))
    assert ["1-1-2021" in says for _, says in found if "→" in says] == [True]


def test_superiors_that_never_meet_on_one_day_are_no_ring():
    found = faults_of(
        ("a", "A", "b", "cell", "1-1-2020", "1-3-2020"),
        ("b", "B", "c", "cell", "1-2-2020", "1-5-2020"),
        ("c", "C", "d", "cell", "1-4-2020", "1-6-2020"),
        ("d", "D", "a", "cell", "1-2-2020", "1-5-2020"),
    )
    assert found
    assert not [says for _, says in found if "→" in says]


def test_spans_that_only_touch_are_no_ring():
    found = faults_of(
        ("a", "A", "b", "cell", "1-1-2020", "1-1-2021"),
        ("b", "B", "a", "cell", "1-1-2021"),
    )
    assert not [says for _, says in found if "→" in says]


def test_the_last_day_of_the_calendar_means_for_ever():
    rows = listed(("x", "X", "", "cell", "1-1-2020", "31-12-9999"), headings=(*HEADINGS[:5], "đến ngày"))
    assert plan(rows=rows, levels=LEVELS, existing=frozenset()).units[0].until_day is None


def test_two_units_that_changed_places_in_time_are_no_ring():
    found = faults_of(
        CENTRE,
        ("a", "A", "b", "cell", "1-1-2020", "1-1-2021"),
        ("b", "B", "TW", "district", "1-1-2020", "1-1-2021"),
        ("a", "A", "TW", "district", "1-1-2021"),
        ("b", "B", "a", "cell", "1-1-2021"),
    )
    assert found == []


def test_a_superior_that_ends_first_leaves_its_unit_hanging():
    found = faults_of(CENTRE, (*HANOI, "1-7-2025"), ("x", "X", "01", "cell", "1-1-2020"))
    assert found == [
        ("dòng 4", "Cấp trên «01» của đơn vị «x» không tồn tại ngày 1-7-2025; hãy sửa thời gian của một đơn vị.")
    ]


def test_a_superior_in_two_spans_without_gap_is_enough():
    first, second = (*HANOI, "1-1-2022"), (*HANOI[:4], "1-1-2022")
    assert faults_of(CENTRE, second, first, ("x", "X", "01", "cell", "1-1-2020")) == []


def test_units_the_system_has_may_be_superiors_but_not_be_listed_again():
    assert faults_of(HANOI, existing=frozenset({"TW"})) == []
    assert "đã có trong hệ thống" in faults_of(HANOI, existing=frozenset({"TW", "01"}))[0][1]


def test_missing_columns_are_told_before_any_line():
    result = plan(rows=listed(("x", "X"), headings=("Mã", "Tên")), levels=LEVELS, existing=frozenset())
    assert [fault.place for fault in result.faults] == ["dòng 1"] * 3
    assert "«cấp trên»" in str(result.faults[0])


def test_two_columns_of_one_meaning_are_refused():
    rows = listed(("x", "y"), headings=("Mã", "code"))
    assert "«Mã» và «code»" in str(plan(rows=rows, levels=LEVELS, existing=frozenset()).faults[0])


def test_an_empty_list_is_a_fault():
    assert plan(rows=[], levels=LEVELS, existing=frozenset()).faults != ()


def test_a_way_up_that_never_seems_to_end_is_told_as_such():
    chain = [(str(n), "X", str(n + 1), "cell", "1-1-2020") for n in range(MAX_DEPTH + 5)]
    assert any(
        f"dài quá {MAX_DEPTH} bậc" in says for _, says in faults_of(*chain, existing=frozenset({str(MAX_DEPTH + 5)}))
    )


@st.composite
def lists(draw):
    """Small lists over few codes, days and levels, so that every kind of trouble is common."""
    codes = ["a", "b", "c", "d"]
    start = date(2020, 1, 1)
    lines = []
    for _ in range(draw(st.integers(1, 7))):
        first = draw(st.integers(0, 4))
        until = draw(st.one_of(st.none(), st.integers(first + 1, 5)))
        lines.append(
            (
                draw(st.sampled_from(codes)),
                "X",
                draw(st.sampled_from(["", *codes])),
                draw(st.sampled_from(LEVELS)),
                (start + timedelta(days=first)).isoformat(),
                "" if until is None else (start + timedelta(days=until)).isoformat(),
            )
        )
    return lines


@settings(max_examples=400, deadline=None)
@given(lists())
def test_a_list_without_faults_grows_into_a_tree_on_every_day_and_only_such_a_list(lines):
    result = planned(*lines)
    number = {code: index for index, code in enumerate("abcd")}
    placements = [
        Placed(number[u.code], None if u.parent is None else number.get(u.parent, 99), u.level, u.from_day, u.until_day)
        for u in result.units
    ]
    grows = True
    for n in range(7):
        try:
            tree = OrgTree.on(date(2020, 1, 1) + timedelta(days=n), placements)
        except (PlacedTwice, ParentMissing, Ring) as refusal:
            grows = False
            if isinstance(refusal, Ring):
                codes = {"abcd"[int(one)] for one in str(refusal.values["ring"]).split(" → ")}
                assert any("→" in str(fault) and codes & set(str(fault).split()) for fault in result.faults)
            continue
        for unit in tree.units:
            above = tree.parent(unit)
            if above is not None and LEVELS.index(tree.level(unit)) <= LEVELS.index(tree.level(above)):
                grows = False
    assert grows == (result.faults == ())
