"""A report in prose suggests figures for a form, and a person decides."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.core.reading import FieldTerm, read
from giaoban.core.reading.proposals import LEAST, propose

TEXT = (
    "Báo cáo tiến độ\n08:00 20/8/2020\n\n"
    "Tính đến ngày 18/8/2020, toàn tỉnh có 610/640 tổ chức cơ sở đảng xong đại hội, đạt 95,3%. "
    "Đã có 9/15 đảng bộ cấp trên cơ sở tổ chức đại hội. Kết nạp 124 đảng viên mới, tăng 12 đảng viên so với cùng kỳ."
)
HELD = FieldTerm("tccsd_held", "Số tổ chức cơ sở đảng đã đại hội", ("TCCSĐ xong đại hội",), "num")
DUE = FieldTerm("tccsd_due", "Tổng số tổ chức cơ sở đảng", (), "den")
UPPER = FieldTerm("upper_held", "Đảng bộ cấp trên cơ sở đã đại hội", (), "num")
ADMITTED = FieldTerm("admitted", "Số đảng viên mới kết nạp", ("đảng viên mới",))


def best(fields, *, as_of=None, text=TEXT):
    found = propose(reading=read(text=text), fields=fields, as_of=as_of, period=None)
    tops = {}
    for proposal in found:
        tops.setdefault(proposal.field_code, proposal)
    return tops


def test_one_ratio_fills_what_was_held_and_what_was_due():
    tops = best([HELD, DUE, UPPER])

    assert (tops["tccsd_held"].value, tops["tccsd_due"].value, tops["upper_held"].value) == (610, 640, 9)


def test_a_suggestion_shows_the_sentence_it_was_read_in():
    top = best([ADMITTED])["admitted"]

    assert top.quote == "124"
    assert top.sentence.startswith("Kết nạp 124 đảng viên mới")
    assert top.match == "exact"


def test_a_name_typed_without_marks_is_still_found():
    assert best([FieldTerm("x", "dang vien moi")])["x"].match == "folded"


def test_a_change_is_not_taken_for_an_amount():
    found = propose(reading=read(text=TEXT), fields=[ADMITTED], as_of=None, period=None)

    assert found[0].value == 124
    assert all(proposal.value != 12 or proposal.score < found[0].score for proposal in found)


def test_a_figure_of_another_day_counts_for_less():
    same = best([HELD], as_of=date(2020, 8, 18))["tccsd_held"].score
    other = best([HELD], as_of=date(2020, 8, 31))["tccsd_held"].score

    assert same > other


def test_nothing_alike_suggests_nothing():
    assert best([FieldTerm("x", "Số giường bệnh")]) == {}


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=120), st.text(max_size=20))
def test_any_text_and_any_name_give_scores_within_bounds(text, name):
    for proposal in propose(reading=read(text="12 " + text), fields=[FieldTerm("x", name)], as_of=None, period=None):
        assert LEAST <= proposal.score <= 100
        assert isinstance(proposal.value, int)
