"""Single strings on which readers stumble. `{day}` heads are the document's own day."""

from datetime import date

import pytest

from giaoban.core.reading import read


def facts(text, kind, *, day=None):
    return [fact for fact in read(text=text, reference_day=day).as_json()["facts"] if fact["kind"] == kind]


def only(text, kind, *, day=None):
    found = facts(text, kind, day=day)
    assert len(found) == 1, found
    return found[0]


JULY = date(2020, 7, 15)


@pytest.mark.parametrize(
    "text",
    [
        "Hội thi lần thứ 12 của ngành",
        "theo Điều 5, khoản 2 của Quy chế",
        "đồng chí được trao Huy hiệu 40 năm tuổi Đảng",
        "liên hệ số điện thoại 0912 345 678",
        "lớp bồi dưỡng kéo dài 5 ngày",
        "phiên họp lúc 14h30",
        "dịch COVID-19 và biến chủng F1",
        "đi theo Quốc lộ 1 rồi rẽ phải",
        "đại biểu HĐND khóa 17, nhiệm kỳ mới",
        "khám bệnh 24/24 giờ",
        "họp trong 1/2 ngày",
    ],
)
def test_names_and_lengths_of_time_are_no_figures(text):
    assert facts(text, "figure") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("trao 120 thẻ đảng viên", 120),
        ("cấp 39 giấy chứng nhận", 39),
        ("tiếp nhận 1.204 đơn thư", 1204),
        ("đã cử 06 (sáu) đồng chí đi học", 6),
        ("hỗ trợ 2,5 nghìn lượt hộ dân", 2500),
        ("không có đơn vị nào chậm báo cáo", 0),
        ("số chi bộ đã sinh hoạt: 87", 87),
    ],
)
def test_counts_are_read_exactly(text, value):
    assert only(text, "figure")["value"] == value


def test_a_percentage_that_does_not_add_up_is_flagged_and_kept_as_printed():
    figure = only("có 30/40 chi bộ sinh hoạt chuyên đề, đạt 85%", "figure")

    assert figure["pct"] == 85
    assert figure["check"] == {"computed": 75, "stated": 85, "verdict": "mismatch"}


def test_a_part_larger_than_its_whole_is_flagged():
    figures = facts("kết nạp 20 đảng viên, trong đó có 25 đảng viên nữ", "figure")

    assert figures[1]["part_of"] == 20
    assert figures[1]["check"]["verdict"] == "mismatch"


def test_what_is_left_is_checked_against_the_whole():
    figures = facts("giao 12 nội dung, trong đó 7 nội dung đã xong; 4 nội dung còn lại đang làm", "figure")

    assert figures[2]["check"] == {"computed": 5, "stated": 4, "verdict": "mismatch"}


def test_a_share_of_a_set_is_no_pair_of_counts():
    assert only("quá 2/3 số hộ đồng thuận", "figure")["share"] is True


def test_a_day_before_the_document_is_a_state_and_one_after_it_is_due():
    assert only("Đến ngày 10/7, huyện đã có 5 xã xong", "as_of", day=JULY)["iso"] == "2020-07-10"
    assert only("phấn đấu đến ngày 10/8 xong toàn huyện", "deadline", day=JULY)["iso"] == "2020-08-10"


def test_without_a_day_of_its_own_a_text_borrows_the_commonest_year():
    reading = read(text="Tổng kết năm 2018, nhiệm vụ năm 2019. Năm 2019 họp ngày 5/3.")

    assert reading.reference.basis == "year"
    assert only("Năm 2019, hội nghị họp ngày 5/3", "date")["iso"] == "2019-03-05"


def test_the_dateline_is_stronger_than_the_day_given():
    reading = read(text="Tin\nTrang chủ\n09:00 12/5/2021\nSáng 10/5, Ban họp.", reference_day=date(1999, 1, 1))

    assert reading.reference.day == date(2021, 5, 12)


def test_a_deadline_in_january_written_in_december_lies_ahead():
    assert only("gửi báo cáo trước ngày 15/01", "deadline", day=date(2020, 12, 20))["iso"] == "2021-01-15"


def test_a_range_over_the_turn_of_the_year_begins_in_the_old_one():
    period = only("từ ngày 28/12 đến ngày 03/01/2021", "period")

    assert (period["start_date"], period["end_date"]) == ("2020-12-28", "2021-01-03")


def test_an_impossible_day_is_neither_a_date_nor_a_figure():
    assert facts("họp ngày 31/4/2020 và 30/2/2021", "date") == []
    assert facts("họp ngày 31/4/2020 và 30/2/2021", "figure") == []


def test_two_papers_of_centre_and_province_stay_two():
    symbols = [fact["symbol"] for fact in facts("Chỉ thị 35-CT/TƯ và Chỉ thị 35-CT/TU", "citation")]

    assert symbols == ["CT/TW", "CT/TU"]


def test_stray_blanks_in_a_symbol_do_not_matter():
    paper = only("theo Kế hoạch số 119- KH/TU ngày 02/3/2020 của Tỉnh ủy", "citation")

    assert (paper["number"], paper["symbol"], paper["date"], paper["body"]) == ("119", "KH/TU", "2020-03-02", "Tỉnh ủy")


def test_a_state_paper_is_read_with_its_year():
    paper = only("Nghị định số 30/2020/NĐ-CP của Chính phủ", "citation")

    assert (paper["number"], paper["symbol"], paper["body"]) == ("30/2020", "NĐ-CP", "Chính phủ")


def test_items_take_their_role_from_the_sentence_that_leads_in():
    text = "Chủ tịch yêu cầu các sở thực hiện những việc sau:\n1. Rà soát quy hoạch.\n3. Báo cáo Tỉnh ủy."
    items = facts(text, "directive")

    assert [(item["ordinal"], item["role"]) for item in items] == [(1, "directive"), (3, "directive")]
    assert items[1]["warn"] == "gap"


def test_the_head_of_a_part_is_no_item():
    text = "I. TÌNH HÌNH\n1. Công tác cán bộ\nTrong quý, Ban đã thẩm định hồ sơ của nhiều đồng chí theo phân cấp."

    assert facts(text, "directive") == []


def test_a_line_broken_by_the_page_reads_as_one():
    wrapped = (
        "Đến hết ngày 23-8-2020, toàn khối đã có 12/15 đảng bộ tổ\n"
        "chức xong đại hội theo đúng kế hoạch và hướng dẫn, đạt\n"
        "80%. Các đảng bộ còn lại đang hoàn chỉnh văn kiện, trình\n"
        "Ban Thường vụ cho ý kiến trước khi triệu tập đại biểu."
    )

    assert only(wrapped, "figure")["pct"] == 80
