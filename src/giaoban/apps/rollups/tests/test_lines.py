"""A form's totals line by line, for every way a field rolls up; no database."""

from array import array

from giaoban.apps.rollups.queries.lines import Said, difference, fields_differing, lines_of, said
from giaoban.core.formlang import FormSpec
from giaoban.core.orgtree import OrgTree
from giaoban.core.rollup import Layout, Matrix, Slots, SlotState, alone

SPEC = FormSpec.parse(
    {
        "fields": [
            {"code": "new", "label": "Kết nạp", "kind": "whole"},
            {"code": "all", "label": "Đảng viên", "kind": "whole", "measure": "stock"},
            {"code": "rate", "label": "Tỷ lệ", "kind": "decimal", "places": 2, "rollup": "ratio",
             "ratio": {"num": "new", "den": "all", "times": 100}},
            {"code": "oldest", "label": "Cao tuổi nhất", "kind": "whole", "rollup": "max"},
            {"code": "done", "label": "Đã xong", "kind": "yesno"},
            {"code": "rank", "label": "Xếp loại", "kind": "choice",
             "choices": [{"code": "good", "label": "Tốt"}, {"code": "fair", "label": "Khá"}]},
            {"code": "note", "label": "Ghi chú", "kind": "long_text"},
        ]
    }
)  # fmt: skip
LAYOUT = Layout(SPEC.columns())
LINES = {line.key: line for line in lines_of(SPEC)}


def one(**figures):
    return alone(LAYOUT, *LAYOUT.encode(SPEC.compute(figures)))


def test_every_field_that_rolls_up_has_its_lines_and_no_other():
    assert list(LINES) == ["new", "all", "rate", "oldest", "done", "rank.good", "rank.fair"]
    assert [line.key for line in LINES.values() if not line.adds_up] == ["rate", "oldest"]


def test_a_single_report_says_what_it_says():
    total = one(new=3, all=200, oldest=71, done=True, rank="fair")

    assert {key: said(SPEC, line, total).value for key, line in LINES.items()} == {
        "new": 3, "all": 200, "rate": 150, "oldest": 71, "done": 1, "rank.good": 0, "rank.fair": 1,
    }  # fmt: skip
    assert said(SPEC, LINES["rate"], total).sums == (3, 200)


def test_a_report_alone_is_the_total_of_a_unit_with_nothing_below_it():
    tree = OrgTree(units=array("q", [1]), parents=array("i", [-1]), levels=["base"])
    for figures in ({"new": 3, "rank": "good"}, {"all": 9, "oldest": -2, "done": False}, {}):
        matrix = Matrix.empty(LAYOUT, Slots(tree, [1]))
        matrix.put(0, SlotState.ACCEPTED, *LAYOUT.encode(SPEC.compute(figures)))
        assert one(**figures) == matrix.total(1, official=True)


def test_what_nobody_had_answered_adds_from_nothing_where_figures_add():
    before, now = Said(None, 0), Said(5, 1)

    assert difference(LINES["new"], before=before, now=now) == 5
    assert difference(LINES["new"], before=now, now=before) == -5
    assert difference(LINES["new"], before=before, now=before) is None
    assert difference(LINES["oldest"], before=before, now=now) is None
    assert difference(LINES["oldest"], before=Said(70, 3), now=Said(71, 3)) == 1


def test_zero_instead_of_no_answer_is_a_difference():
    assert fields_differing(one(new=0), one()) == 1
    assert fields_differing(one(new=1, all=10), one(new=2, all=10)) == 2  # the rate, too
    assert fields_differing(one(new=1), one(new=1)) == 0
