"""A report in prose suggests figures for a form, and a person decides."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.core.reading import FieldTerm, read
from giaoban.core.reading.proposals import LEAST, ROUNDED_MOST, Wanted, propose

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


# ------------------------------------------------------------------ how a name is found, and what a field can hold


def test_a_slip_of_the_hand_in_the_text_is_found_as_nearly_alike():
    top = best([FieldTerm("x", "Học viên hoàn thành khóa")], text="Có 41 học viên hoàn thanhf khóa bồi dưỡng.")["x"]

    assert (top.value, top.match) == (41, "loose")


def test_an_exact_name_beats_one_without_marks_and_both_beat_a_likeness():
    scores = [
        best([FieldTerm("x", name)], text="Có 41 học viên hoàn thành khóa học.")["x"].score
        for name in ("học viên hoàn thành", "hoc vien hoan thanh", "học viên đã hoàn thành chương trình")
    ]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_a_short_form_is_read_as_what_it_stands_for():
    assert best([FieldTerm("x", "Tổ chức cơ sở đảng")], text="Toàn tỉnh có 640 TCCSĐ.")["x"].match == "exact"


def test_a_name_before_its_number_is_found():
    top = best([FieldTerm("x", "Cấp ủy viên cần bầu")], text="Về nhân sự, số cấp ủy viên cần bầu là 39 đồng chí.")["x"]

    assert (top.value, top.match) == (39, "exact")


def test_a_rate_takes_the_stated_percentage_scaled_as_its_field_keeps_it():
    text = "Toàn tỉnh có 612/640 tổ chức cơ sở đảng đã đại hội, đạt 95,6%."
    rate = Wanted("x", "Tỷ lệ tổ chức cơ sở đảng đã đại hội (%)", places=2)

    assert best([rate], text=text)["x"].value == 9560


def test_money_is_written_in_the_unit_of_its_field():
    text = "Thu ngân sách nhà nước đạt 412,6 tỷ đồng."
    billions = Wanted("a", "Thu ngân sách nhà nước (tỷ đồng)", places=1)
    millions = Wanted("b", "Thu ngân sách nhà nước (triệu đồng)")
    whole = Wanted("c", "Thu ngân sách nhà nước (tỷ đồng)")

    tops = best([billions, millions, whole], text=text)

    assert (tops["a"].value, tops["b"].value) == (4126, 412_600)
    assert "c" not in tops, "a field of whole billions cannot hold 412,6"


def test_a_number_with_more_decimals_than_its_field_is_shown_and_never_sure():
    top = best([Wanted("x", "Diện tích lúa xuân (ha)", places=1)], text="Gieo cấy được 55,25 ha lúa xuân.")["x"]

    assert (top.value, top.quote) == (553, "55,25")
    assert top.score <= ROUNDED_MOST


def test_a_least_and_a_most_take_the_ends_of_a_range():
    text = "Mỗi đảng bộ cử 10-15 đồng chí phục vụ."
    tops = best(
        [FieldTerm("lo", "Đồng chí phục vụ ít nhất"), FieldTerm("hi", "Đồng chí phục vụ nhiều nhất")], text=text
    )

    assert (tops["lo"].value, tops["hi"].value) == (10, 15)


def test_women_are_not_offered_for_all():
    text = "Kết quả có 39 cấp ủy viên trúng cử. Trong số đó có 9 cấp ủy viên nữ."
    tops = best([FieldTerm("all", "Cấp ủy viên"), FieldTerm("women", "Cấp ủy viên nữ")], text=text)

    assert (tops["all"].value, tops["women"].value) == (39, 9)
