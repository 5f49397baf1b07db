"""Who speaks, who wrote, what was conferred. The sentences were written for these tests."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from giaoban.core.reading import read
from giaoban.core.reading.blocks import blocks
from giaoban.core.reading.naming import naming
from giaoban.core.reading.page import lay_out
from giaoban.core.reading.scoring import compare, total
from giaoban.core.reading.tests.test_shared import SHARED

KINDS = ("person", "issuer", "byline", "award")
STORY = (
    "Huyện ủy họp giao ban\n10:00 05/5/2021\n\nNgày 04/5, Huyện ủy Nam Sơn họp giao ban tháng.\n\nCác xã báo cáo.\n\n"
)


def facts(text, kind):
    page = lay_out(text)
    return [fact for fact in naming(page=page, rows=blocks(page)) if fact.kind == kind]


def names(text, kind):
    return [fact.name for fact in facts(text, kind)]


BYLINES = {
    "Bài: Lam Giang; ảnh: Quốc Tuấn": [("Lam Giang", "text"), ("Quốc Tuấn", "photo")],
    "Tin, ảnh: HOÀNG KHẢI - NGỌC DIỄM": [("HOÀNG KHẢI", "text"), ("NGỌC DIỄM", "text")],
    "(Mai Phượng) - Sáng 29/12, Liên đoàn Lao động tỉnh họp.": [("Mai Phượng", "text")],
    "(Hà Nội) - Sáng 29/12, Liên đoàn Lao động tỉnh họp.": [],
    "Tin: Lan PhươngẢnh: Đức Trí": [("Lan Phương", "text"), ("Đức Trí", "photo")],
    "Bài và ảnh: Nguyễn Hồng Sâm": [("Nguyễn Hồng Sâm", "text")],
    "Bài, ảnh: Vũ Lê - Quỳnh Chi": [("Vũ Lê", "text"), ("Quỳnh Chi", "text")],
    "Tin, ảnh: Kim Ngân (Ban Tổ chức Tỉnh ủy)": [("Kim Ngân", "text")],
    "Tác giả: Phạm Thế Anh": [("Phạm Thế Anh", "text")],
    "Thu Hằng": [("Thu Hằng", "text")],
    "Trần Quang Dũng (tổng hợp)": [("Trần Quang Dũng", "text")],
    "                                   Hải Yến\n.": [("Hải Yến", "text")],
    "Theo Báo Nhân Dân": [],
    "Nguồn: tuyengiao.vn": [],
    "Nơi nhận": [],
    "Hà Nội": [],
    "Ảnh: TTXVN": [("TTXVN", "photo")],
    "Quang cảnh buổi họp. Ảnh: Bảo Long": [("Bảo Long", "photo")],
}


@pytest.mark.parametrize(("line", "expected"), [*BYLINES.items()])
def test_authors_and_photographers_are_found_where_a_text_ends(line, expected):
    assert [(fact.name, fact.role) for fact in facts(STORY + line, "byline")] == expected


def test_the_author_is_no_person_of_the_report():
    text = STORY + "Đồng chí Lê Văn Tú, Bí thư Huyện ủy chủ trì.\n\nNguyễn Thị Hạnh"

    assert names(text, "byline") == ["Nguyễn Thị Hạnh"]
    assert [fact.quote for fact in facts(text, "person")] == ["Lê Văn Tú"]


def test_a_name_under_a_post_is_a_signature_and_no_byline():
    text = STORY + "TRƯỞNG BAN\n\nNguyễn Thị Hạnh"

    assert names(text, "byline") == []
    assert [(fact.quote, fact.titles) for fact in facts(text, "person")] == [("Nguyễn Thị Hạnh", ("TRƯỞNG BAN",))]


def test_names_in_the_furniture_of_a_page_are_left_out():
    text = STORY + "Thu Hằng\n\nTin liên quan\nĐồng chí Lê Văn Tú, Bí thư Huyện ủy thăm xã Đông\nLượt xem: 12\n"

    assert names(text, "byline") == ["Thu Hằng"]
    assert facts(text, "person") == []


AWARDS = {
    "nhận Bằng Lao động sáng tạo; lao động sáng tạo là niềm vui": [("Bằng Lao động sáng tạo", "central")],
    "trao Cờ của Tỉnh ủy; lá cờ Tổ quốc": [("Cờ của Tỉnh ủy", "province")],
    "được xét Giải thưởng Lý Tự Trọng; nhận danh hiệu Thầy thuốc Nhân dân.": [
        ("Giải thưởng Lý Tự Trọng", None),
        ("Thầy thuốc Nhân dân", "state"),
    ],
    "được tặng Huân chương Lao động hạng Nhì và 3 Bằng khen.": [
        ("Huân chương Lao động hạng Nhì", "state"),
        ("Bằng khen", None),
    ],
    "trao Bằng khen của Thủ tướng Chính phủ cho 2 tập thể": [("Bằng khen của Thủ tướng Chính phủ", "government")],
    "tặng Bằng khen của Chủ tịch UBND tỉnh và 12 Giấy khen của Ban Tổ chức Tỉnh ủy cho cá nhân": [
        ("Bằng khen của Chủ tịch UBND tỉnh", "province"),
        ("Giấy khen của Ban Tổ chức Tỉnh ủy", "province"),
    ],
    "nhận Cờ thi đua của Chính phủ năm 2021": [("Cờ thi đua của Chính phủ", "government")],
    "Giấy khen của Đảng ủy phường cho 5 đảng viên": [("Giấy khen của Đảng ủy phường", "base")],
    "trao Huy hiệu 40 năm tuổi Đảng, Huy hiệu Đảng cho đảng viên": [
        ("Huy hiệu 40 năm tuổi Đảng", "party"),
        ("Huy hiệu Đảng", "party"),
    ],
    "Kỷ niệm chương “Vì sự nghiệp Tổ chức xây dựng Đảng” cho 30 đồng chí": [
        ("Kỷ niệm chương “Vì sự nghiệp Tổ chức xây dựng Đảng”", "central")
    ],
    "danh hiệu Chiến sĩ thi đua cơ sở, Tập thể lao động xuất sắc": [
        ("Chiến sĩ thi đua cơ sở", "base"),
        ("Tập thể lao động xuất sắc", None),
    ],
    "phong tặng danh hiệu Anh hùng Lao động cho nhà máy": [("Anh hùng Lao động", "state")],
    "đoạt giải A Giải Búa liềm vàng lần thứ V; 2 giải Khuyến khích": [
        ("giải A Giải Búa liềm vàng", None),
        ("giải Khuyến khích", None),
    ],
    "phát động Giải Búa liềm vàng lần thứ VI; 6 tháng đầu năm có 9 giải pháp": [],
    "Hội đồng thi đua, khen thưởng họp; chương trình công tác; nhà giáo dự": [],
}


@pytest.mark.parametrize(("text", "expected"), [*AWARDS.items()])
def test_distinctions_are_named_with_their_class_and_the_body_that_confers_them(text, expected):
    assert [(fact.name, fact.level) for fact in facts(text, "award")] == expected


ISSUERS = {
    "Trang chủ | Giới thiệu | Thư viện\nBan Dân vận Tỉnh ủy tập trung chuẩn bị đại hội\n09:20' 16/3/2021\n\nTuần qua, "
    "Ban Dân vận Tỉnh ủy vừa tham mưu vừa kiểm tra 3 huyện.\n\nCác huyện báo cáo.": "Ban Dân vận Tỉnh ủy",
    "UBND XÃ BÌNH KHÊ\nSố: 57/QĐ-UBND\nBình Khê, ngày 18 tháng 3 năm 2022\n\nQUYẾT ĐỊNH\nVề việc thành lập tổ công "
    "tác\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ\n\nCăn cứ Luật Đất đai;\nTheo đề nghị của Phòng Nội vụ huyện,": (
        "ỦY BAN NHÂN DÂN XÃ"
    ),
    "ỦY BAN NHÂN DÂN\nTỈNH BẮC SƠN\nSố: 14/CĐ-UBND\nBắc Sơn, ngày 05 tháng 9 năm 2024\n\nCÔNG ĐIỆN\nVề việc ứng phó "
    "bão\n\nTheo Trung tâm Dự báo khí tượng thủy văn, bão mạnh thêm. Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các huyện "
    "trực 24/24 giờ.": "Ủy ban nhân dân tỉnh",
    "Thời sự\nBình Khê: 86 đảng viên nhận Huy hiệu\n28/01/2022 - 20:15\n\nSáng 28/1, Huyện ủy Bình Khê long trọng tổ "
    "chức lễ trao Huy hiệu. Đảng bộ huyện có 38 tổ chức cơ sở đảng.": "Huyện ủy Bình Khê",
    STORY: "Huyện ủy Nam Sơn",
    "Tin trong tuần\n09:00 07/6/2021\n\nThực hiện chỉ đạo của Ban Thường vụ Tỉnh ủy, Ban Dân vận Tỉnh ủy đã tổ chức "
    "3 lớp tập huấn. Ban Dân vận Tỉnh ủy cũng kiểm tra 2 huyện.": "Ban Dân vận Tỉnh ủy",
    "TỈNH ỦY BẮC SƠN\nBAN NỘI CHÍNH\n*\nSố 12-BC/BNCTU\n\nBÁO CÁO\nKết quả công tác tháng 5\n\nTrong tháng, các huyện "
    "ủy gửi 12 báo cáo. Tình hình ổn định.": "BAN NỘI CHÍNH",
    "ĐẢNG BỘ TỈNH BẮC SƠN\nĐẢNG ỦY KHỐI CÁC CƠ QUAN\n\nBÁO CÁO\nCông tác quý I năm 2022\n\nQuý I năm 2022, Đảng ủy "
    "Khối các cơ quan tỉnh đã ban hành 5 nghị quyết theo Kế hoạch của Tỉnh ủy.": "Đảng ủy Khối các cơ quan tỉnh",
    "Giao ban quý II\n15:00 02/7/2022\n\nChiều 01/7, Sở Giáo dục và Đào tạo tổ chức giao ban với các trường.": (
        "Sở Giáo dục và Đào tạo"
    ),
}


@pytest.mark.parametrize(("text", "expected"), [*ISSUERS.items()])
def test_the_body_that_speaks_is_named_once(text, expected):
    assert names(text, "issuer") == [expected]


PIECES = (
    "đồng chí ", "Đồng chí ", "ông ", "các đồng chí: ", "Nguyễn Văn A", "Bí thư Tỉnh ủy ", ", ", " - ", " (", ")", ": ",
    "; ", " và ", "Trưởng Ban Tổ chức ", "\n", ". ", "Ảnh: ", "Tin: ", "Giàng A Páo", "K'", "Hà Nội ", "TS. ",
    "nguyên ", "Huân chương ", "hạng Nhất", "Giấy khen của ", "giải A ", "Huy hiệu ", "A", "H’", "Ban ", "İ", "ỦY",
    "phát biểu ",
)  # fmt: skip
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join)


@settings(max_examples=300, deadline=None)
@given(MIXED)
@example("")
@example("đồng chí " * 400)
@example("Nguyễn " * 2_000)
@example("Bí thư, " * 1_000 + "Nguyễn Văn A")
@example("các đồng chí: " + "Nguyễn Văn A, " * 500)
@example("Huân chương " * 500 + "Giấy khen của " * 500)
def test_any_text_is_read_and_every_fact_quotes_its_place(text):
    reading = read(text=text)

    for fact in reading.facts:
        if fact.kind in KINDS:
            assert 0 <= fact.start < fact.end <= len(reading.text)
            assert fact.quote == reading.text[fact.start : fact.end]
    json.dumps(reading.as_json())


@pytest.mark.skipif(SHARED is None, reason="the source articles are not beside the project")
@pytest.mark.parametrize("kind", ["person", "issuer", "byline"])
def test_the_source_articles_are_read_to_the_target(kind):
    gold = json.loads((SHARED / "reading/gold.json").read_text(encoding="utf-8"))["facts"]
    scores = total(
        compare(
            found=read(text=path.read_text(encoding="utf-8")).as_json()["facts"],
            gold=gold[path.name[:3]],
            kinds=(kind,),
        )
        for path in sorted((SHARED / "seeds").glob("*.txt"))
    )

    assert scores[kind].f1_per_mille >= 970, scores[kind]


@pytest.mark.skipif(SHARED is None, reason="the source articles are not beside the project")
def test_exact_strings_with_persons_and_bylines():
    for case in json.loads((SHARED / "reading/edge_cases.json").read_text(encoding="utf-8")):
        found = read(text=case["text"]).as_json()["facts"]
        for kind, quote, *fields in (row for row in case["expect"] if row[0] in KINDS):
            assert any(
                fact["kind"] == kind and fact["quote"] == quote and all(fact.get(k) == v for k, v in fields[0].items())
                for fact in found
            ), (case["id"], quote)
        if ["!", "person", None] in case["expect"]:
            assert not [fact for fact in found if fact["kind"] == "person"]
