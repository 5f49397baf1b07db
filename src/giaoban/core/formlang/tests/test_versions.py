"""A form may grow; what it has published keeps its meaning."""

from __future__ import annotations

import pytest

from giaoban.core.formlang import BrokenSuccession, FormSpec, check_succession, diff, merge_columns
from giaoban.core.formlang.tests.test_spec import CONGRESS


def changed(code: str, **properties: object) -> FormSpec:
    fields = [{**f, **properties} if f["code"] == code else f for f in CONGRESS["fields"]]
    return FormSpec.parse({**CONGRESS, "fields": fields})


OLD = FormSpec.parse(CONGRESS)


def test_the_same_form_has_no_changes():
    assert diff(OLD, FormSpec.parse(OLD.as_json())) == []


def test_changes_are_told_in_words():
    more = {"code": "nu", "label": "Cấp ủy viên nữ", "kind": "whole"}
    fields = [more, *(f for f in CONGRESS["fields"] if f["code"] != "ghi_chu")]
    fields[2] = {**fields[2], "label": "Tổng số", "required": False}
    checks = [{**CONGRESS["checks"][0], "level": "warn"}, {"expression": "nu >= 0", "message": "?"}]
    new = FormSpec.parse({"title": "Báo cáo đại hội", "sections": CONGRESS["sections"], "fields": fields,
                          "checks": checks})  # fmt: skip

    assert diff(OLD, new) == [
        "Thêm chỉ tiêu «Cấp ủy viên nữ» (nu).",
        "«Tổng số»: đổi tên từ «Tổng số đảng bộ» thành «Tổng số».",
        "«Tổng số»: đổi bắt buộc.",
        "Bỏ chỉ tiêu «Ghi chú» (ghi_chu).",
        "Đổi lời nhắc hoặc mức của kiểm tra «da_dai_hoi <= tong_so».",
        "Thêm kiểm tra «nu >= 0».",
        'Bỏ kiểm tra «kinh_phi < 1000 và không (xep_loai = "kha")».',
        "Đổi tên biểu mẫu từ «Báo cáo nhanh đại hội» thành «Báo cáo đại hội».",
    ]


def test_fields_in_another_order_are_one_change():
    turned = FormSpec.parse({**CONGRESS, "fields": CONGRESS["fields"][::-1]})

    assert diff(OLD, turned) == ["Đổi thứ tự các chỉ tiêu."]


@pytest.mark.parametrize(
    "properties",
    [
        {"label": "Tên khác", "required": False, "hint": "x", "aliases": [], "section": "II. Nhân sự"},
        {"minimum": None},
    ],
)
def test_words_may_change_between_versions(properties):
    new = changed("tong_so", **properties)

    check_succession(OLD, new)
    assert merge_columns([OLD, new]) == OLD.columns()


@pytest.mark.parametrize(
    ("code", "properties", "what"),
    [
        ("ghi_chu", {"kind": "long_text"}, "kiểu"),
        ("kinh_phi", {"places": 2}, "số chữ số thập phân"),
        ("kinh_phi", {"rollup": "max"}, "cách tổng hợp"),
        ("xep_loai", {"measure": "stock"}, "thời điểm hay thời kỳ"),
        ("ty_le", {"ratio": {"num": "con_lai", "den": "tong_so"}}, "tử số, mẫu số"),
    ],
)
def test_a_published_code_never_changes_its_meaning(code, properties, what):
    with pytest.raises(BrokenSuccession) as caught:
        check_succession(OLD, changed(code, **properties))

    assert [fault.place for fault in caught.value.faults] == [code]
    assert f"không được đổi {what} " in str(caught.value.faults[0])


def test_choices_may_be_added_but_not_taken_away():
    choices = CONGRESS["fields"][6]["choices"]

    check_succession(OLD, changed("xep_loai", choices=[*choices, {"code": "yeu", "label": "Yếu"}]))
    with pytest.raises(BrokenSuccession, match="1 chỉ tiêu"):
        check_succession(changed("xep_loai", choices=[*choices, {"code": "yeu", "label": "Yếu"}]), OLD)


def test_the_columns_of_all_versions_together_begin_with_those_of_the_first():
    more = {"code": "nu", "label": "Nữ", "kind": "whole"}
    grown = FormSpec.parse({**CONGRESS, "fields": [more, *CONGRESS["fields"][:-1]]})
    merged = merge_columns([OLD, grown])

    assert merged[: len(OLD.columns())] == OLD.columns()
    assert [column.field for column in merged[len(OLD.columns()) :]] == ["nu"]


def test_a_form_asks_the_roll_up_for_these_columns():
    assert [(c.field, c.part, c.kind, c.source, c.measure) for c in OLD.columns()] == [
        ("da_dai_hoi", "value", "sum", "da_dai_hoi", "flow"),
        ("tong_so", "value", "last", "tong_so", "stock"),
        ("con_lai", "value", "sum", "con_lai", "flow"),
        ("ty_le", "num", "ratio", "da_dai_hoi", "flow"),
        ("ty_le", "den", "ratio", "tong_so", "stock"),
        ("kinh_phi", "value", "sum", "kinh_phi", "flow"),
        ("bau_truc_tiep", "value", "count_true", "bau_truc_tiep", "flow"),
        ("xep_loai", "tot", "tally", "xep_loai", "flow"),
        ("xep_loai", "kha", "tally", "xep_loai", "flow"),
    ]
