"""What does not agree is said with both sides, and nothing is repaired."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.reading import findings, read
from giaoban.core.reading.findings import Known, Told
from giaoban.core.reading.lists import announced_lists
from giaoban.core.reading.soundness import of_another_period, unclaimed, within


def told(text):
    """(kind, verdict, what the text says, what it is held against) of every finding."""
    return [(one.kind, one.verdict, one.text.says, one.other.says) for one in within(read(text=text))]


# ------------------------------------------------------------------ inside one text


def test_a_percentage_that_is_not_the_computed_one_is_a_mismatch():
    assert told("Đã có 45/67 đảng bộ tổ chức đại hội, đạt 70%.") == [("percent", "mismatch", "70%", "67,16%")]


def test_a_last_digit_cut_off_is_a_warning_that_shows_what_was_to_be_printed():
    assert told("Đã cập nhật 2.288/6.902 hồ sơ, đạt 33,2%.") == [("percent", "warn", "33,2%", "33,1%")]


def test_a_rounded_percentage_is_nothing_to_tell():
    assert told("Đã có 45/67 đảng bộ tổ chức đại hội, đạt 67,2%.") == []


def test_a_part_larger_than_its_whole_is_a_mismatch():
    assert ("part", "mismatch", "30", "20") in told(
        "Ban thẩm định hồ sơ của 20 đồng chí, trong đó có 30 đồng chí là nữ."
    )


def test_parts_of_a_whole_list_that_add_up_to_more_are_a_mismatch():
    text = "Tỉnh có 30 đảng bộ cấp trên cơ sở, gồm 20 đảng bộ huyện, 12 đảng bộ khối."

    assert told(text) == [("sum", "mismatch", "32", "30")]


def test_parts_that_may_overlap_are_a_warning():
    text = "Kết nạp 205 đảng viên mới, gồm 98 nữ, 120 đoàn viên thanh niên."

    assert told(text) == [("sum", "warn", "218", "205")]


def test_what_is_left_of_a_ratio_is_counted_again():
    wrong = "Toàn tỉnh có 612/640 tổ chức cơ sở đảng tổ chức xong đại hội; còn 26 đơn vị chưa tổ chức."

    assert told(wrong) == [("remainder", "warn", "26", "28")]
    assert told(wrong.replace("26", "28")) == []


@pytest.mark.parametrize("number", ["4", "bốn"])
def test_another_count_announced_than_listed_is_a_warning(number):
    text = f"Hội nghị thống nhất {number} nội dung sau:\n1. Thu;\n2. Chi;\n3. Cân đối."

    assert ("announced", "warn", "4", "3") in told(text)


def test_an_ordinal_that_skips_is_a_warning():
    text = "Quận ủy yêu cầu các chi bộ:\n1. Quán triệt nghị quyết.\n2. Xây dựng chương trình.\n4. Báo cáo kết quả."

    assert ("ordinal", "warn", "4", "2") in told(text)


def test_each_finding_points_at_its_words():
    reading = read(text="Mở đầu. Đã có 45/67 đảng bộ tổ chức đại hội, đạt 70%.")
    (found,) = within(reading)

    assert reading.text[found.text.start : found.text.end] == "45/67"
    assert found.other.of == "45/67"


@given(st.text(max_size=300))
def test_any_text_has_findings_and_sentences_inside_it(text):
    reading = read(text=f"Có 12/15 xã, đạt 8%; gồm 3 việc sau: {text}")
    size = len(reading.text)

    assert all(0 <= one.text.start <= one.text.end <= size for one in within(reading))
    spans = unclaimed(reading)
    assert list(spans) == sorted(set(spans))
    assert all(0 <= start < end <= size for start, end in spans)


# ------------------------------------------------------------------ lists


def test_items_in_one_sentence_are_counted():
    assert [one.items for one in announced_lists("Bàn 2 việc sau: (1) thu; (2) chi; (3) cân đối. Hết.")] == [3]


def test_items_of_several_paragraphs_are_followed():
    text = "Bàn 3 việc sau:\n1. Thu.\nNói thêm về thu.\n2. Chi.\n3. Cân đối.\nKết thúc."

    assert [one.items for one in announced_lists(text)] == [3]


def test_a_new_list_is_not_counted_to_the_one_before():
    text = "Bàn 2 việc sau:\n1. Thu.\n2. Chi.\nVề phân công:\n1. Ban Tổ chức."

    assert [one.items for one in announced_lists(text)] == [2]


def test_where_nothing_is_listed_there_is_nothing_to_compare():
    assert told("Tập trung 3 nhiệm vụ trọng tâm: thu, chi, cân đối.") == []


# ------------------------------------------------------------------ what nobody has read


def sentences(text):
    reading = read(text=text)
    return [reading.text[start:end] for start, end in unclaimed(reading)]


def test_digits_in_no_fact_are_listed_with_their_sentence():
    text = "Đã họp 12/15 xã. Mã hồ sơ ĐH7751A đã gửi. Chi bộ họp."

    assert sentences(text) == ["Mã hồ sơ ĐH7751A đã gửi."]


def test_a_percentage_that_was_joined_to_its_figure_is_read():
    assert sentences("Toàn tỉnh có 612/640 tổ chức cơ sở đảng tổ chức xong đại hội, đạt 95,6%.") == []


NO_COUNTS = (
    "1. Quán triệt nghị quyết.",
    "Đại biểu Quốc hội khóa 15 dự họp.",
    "Kỷ niệm 90 năm thành lập Đảng.",
    "Phòng, chống dịch COVID-19.",
)


@pytest.mark.parametrize("text", NO_COUNTS)
def test_marks_names_and_lengths_of_time_ask_for_no_look(text):
    assert sentences(text) == []


# ------------------------------------------------------------------ against the form and the report before

HELD = Known(code="held", part="num", is_stock=True, before=638)
DUE = Known(code="due", part="den", is_stock=True, before=638)


def across(values, *known):
    rows = [Told(field=field, value=value, start=start, end=start + 7) for field, value, start in values]
    return findings.across(told=rows, known=known, before="Tuần 10-16/8/2020")


def test_a_cumulative_ratio_that_falls_is_told_as_one():
    (found,) = across([("held", 634, 9), ("due", 640, 9)], HELD, DUE)

    assert (found.kind, found.verdict, found.text.says) == ("falls", "mismatch", "634/640")
    assert (found.other.says, found.other.where) == ("638/638", "Tuần 10-16/8/2020")


def test_a_denominator_that_moves_is_a_warning():
    (found,) = across([("held", 640, 9), ("due", 640, 9)], HELD, DUE)

    assert (found.kind, found.verdict, found.other.says, found.text.says) == ("base", "warn", "638/638", "640/640")


def test_a_count_that_goes_on_growing_is_nothing_to_tell():
    assert across([("held", 638, 9), ("due", 638, 9)], HELD, DUE) == ()


def test_another_stock_may_shrink_for_a_reason():
    (found,) = across([("members", 99, 3)], Known(code="members", is_stock=True, before=100))

    assert (found.kind, found.verdict) == ("falls", "warn")


def test_what_happened_within_a_period_may_be_less_than_before():
    assert across([("admitted", 2, 3)], Known(code="admitted", before=9)) == ()


def test_a_figure_unlike_the_one_typed_is_a_mismatch_written_as_its_field_writes_it():
    (found,) = across([("area", 1250, 3)], Known(code="area", places=2, now=1260))

    assert (found.kind, found.text.says, found.other.says) == ("form", "12,50", "12,60")


def test_the_key_of_a_finding_changes_with_either_side():
    keys = {across([("n", value, 3)], Known(code="n", now=now))[0].key for value, now in ((5, 6), (5, 7), (4, 6))}

    assert len(keys) == 3
    assert all(len(key) <= 200 for key in keys)


def test_two_texts_of_a_report_that_say_other_figures_are_told():
    here, there = Told(field="n", value=5, start=1, end=2), Told(field="n", value=6, start=8, end=9)
    (found,) = findings.between(told=[here], others=[there], places={}, name="phụ lục.docx")

    assert (found.kind, found.text.says, found.other.says, found.other.where) == ("texts", "5", "6", "phụ lục.docx")


# ------------------------------------------------------------------ the period a text speaks of

WEEK = (date(2020, 8, 17), date(2020, 8, 23))


def test_a_text_of_another_week_is_told():
    reading = read(text="Báo cáo công tác tuần từ ngày 10 đến ngày 16-8-2020\n08:00 17/8/2020\nĐã họp 12/15 xã.")
    (found,) = of_another_period(reading, period=WEEK, name="Tuần 17-23/8/2020")

    assert (found.kind, found.verdict, found.other.says) == ("period", "warn", "Tuần 17-23/8/2020")
    assert "16-8-2020" in found.text.says


@pytest.mark.parametrize("period", ["Từ ngày 17 đến ngày 23-8-2020, đã", "Trong tháng 8-2020, đã", "Đã"])
def test_a_text_that_touches_the_period_or_names_none_is_nothing_to_tell(period):
    reading = read(text=f"Báo cáo nhanh\n08:00 24/8/2020\n{period} họp 12/15 xã.")

    assert of_another_period(reading, period=WEEK, name="") == ()
