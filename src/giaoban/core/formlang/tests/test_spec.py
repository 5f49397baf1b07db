"""A form does what its designer wrote, and tells the designer everything that is wrong."""

from __future__ import annotations

import pytest

from giaoban.core.formlang import BadForm, FormSpec, Level

CONGRESS = {
    "title": "Báo cáo nhanh đại hội",
    "sections": ["I. Tiến độ", "II. Nhân sự"],
    "fields": [
        {
            "code": "da_dai_hoi", "label": "Số đảng bộ đã đại hội", "label_en": "Congresses held", "kind": "whole",
            "required": True, "aliases": ["đã tổ chức đại hội", "hoàn thành đại hội"], "part": "num",
            "section": "I. Tiến độ",
        },
        {"code": "tong_so", "label": "Tổng số đảng bộ", "kind": "whole", "measure": "stock", "required": True},
        {"code": "con_lai", "label": "Số đảng bộ còn lại", "kind": "whole", "formula": "tong_so - da_dai_hoi"},
        {
            "code": "ty_le", "label": "Tỷ lệ đã đại hội", "kind": "decimal", "places": 2, "rollup": "ratio",
            "ratio": {"num": "da_dai_hoi", "den": "tong_so"},
        },
        {"code": "kinh_phi", "label": "Kinh phí", "kind": "decimal", "places": 3},
        {"code": "bau_truc_tiep", "label": "Bầu trực tiếp bí thư", "kind": "yesno"},
        {
            "code": "xep_loai", "label": "Xếp loại", "kind": "choice", "section": "II. Nhân sự",
            "choices": [{"code": "tot", "label": "Tốt"}, {"code": "kha", "label": "Khá"}],
        },
        {"code": "ngay", "label": "Ngày khai mạc", "kind": "date"},
        {"code": "ghi_chu", "label": "Ghi chú", "kind": "short_text"},
    ],
    "checks": [
        {"expression": "da_dai_hoi <= tong_so", "message": "Số đã đại hội lớn hơn tổng số."},
        {"expression": "kinh_phi < 1000 và không (xep_loai = \"kha\")", "message": "Xem lại.", "level": "warn"},
    ],
}  # fmt: skip


def spec() -> FormSpec:
    return FormSpec.parse(CONGRESS)


def faults(data: object) -> list[tuple[str, str]]:
    with pytest.raises(BadForm) as caught:
        FormSpec.parse(data)
    return [(fault.place, str(fault)) for fault in caught.value.faults]


def test_a_form_written_as_json_reads_back_equal():
    form = spec()

    assert FormSpec.parse(form.as_json()) == form
    assert FormSpec.parse(form.as_json()).as_json() == form.as_json()


def test_what_can_be_worked_out_is_worked_out_exactly():
    figures = spec().compute({"da_dai_hoi": 66, "tong_so": 67, "con_lai": 999})

    assert figures == {"da_dai_hoi": 66, "tong_so": 67, "con_lai": 1, "ty_le": 9851}


def test_what_lacks_an_input_stays_missing_and_is_not_zero():
    assert spec().compute({"da_dai_hoi": 66, "tong_so": None}) == {"da_dai_hoi": 66}


def test_a_report_without_a_required_figure_has_a_blocking_problem_that_names_it():
    problems = spec().problems({"da_dai_hoi": 66})

    assert [(p.level, p.fields, p.place) for p in problems] == [(Level.BLOCK, ("tong_so",), "tong_so")]
    assert problems[0].message == "Chưa có số liệu «Tổng số đảng bộ»."


def test_a_broken_check_names_the_fields_it_looks_at():
    problems = spec().problems({"da_dai_hoi": 68, "tong_so": 67})

    assert [(p.level, p.fields, p.place) for p in problems] == [(Level.BLOCK, ("da_dai_hoi", "tong_so"), "kiểm tra 1")]


def test_a_check_with_a_missing_operand_is_not_applied():
    assert spec().problems({"da_dai_hoi": 1, "tong_so": 1, "kinh_phi": 5_000_000}) == ()


def test_a_warning_is_told_apart_from_what_blocks():
    problems = spec().problems({"da_dai_hoi": 1, "tong_so": 1, "kinh_phi": 5_000, "xep_loai": "kha"})

    assert [(p.level, p.place) for p in problems] == [(Level.WARN, "kiểm tra 2")]
