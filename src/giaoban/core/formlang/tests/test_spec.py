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


def numbers(**formulas: str) -> FormSpec:
    """A form with whole numbers a and b, a day, and computed fields."""
    typed = [{"code": code, "label": code.upper(), "kind": "whole", "minimum": None} for code in ("a", "b")]
    day = {"code": "ngay", "label": "Ngày", "kind": "date"}
    computed = [
        {"code": code, "label": code.upper(), "kind": "whole", "formula": formula, "required": True}
        for code, formula in formulas.items()
    ]
    return FormSpec.parse({"fields": [*computed[::-1], *typed, day]})


def test_formulas_are_worked_out_after_what_they_need_whatever_their_order():
    form = numbers(x="a + b", y="x * 2", z="y - x")

    assert form.compute({"a": 3, "b": 4}) == {"a": 3, "b": 4, "x": 7, "y": 14, "z": 7}
    assert [field.code for field in form.wiring.order] == ["x", "y", "z"]


def test_what_is_worked_out_may_be_worked_out_again_without_change():
    form = numbers(x="a + b", y="x * 2")
    once = form.compute({"a": 3, "b": 4})

    assert form.compute(once) == once


def test_a_result_beyond_64_bits_is_missing_and_a_problem_that_blocks():
    form = numbers(x="a * a", y="x * x")
    figures = {"a": 2**62}

    assert form.compute(figures) == figures
    problems = form.problems(figures)
    assert [(p.level, p.place) for p in problems] == [(Level.BLOCK, "y"), (Level.BLOCK, "x")]
    assert problems[1].message == "«X» tính ra quá lớn; hãy kiểm tra lại các số đã nhập."


def test_the_largest_figure_that_fits_is_kept_and_the_next_one_is_not():
    form = numbers(x="a + b")

    assert form.compute({"a": 2**63 - 2, "b": 1})["x"] == 2**63 - 1
    assert "x" not in form.compute({"a": 2**63 - 1, "b": 1})
    assert form.compute({"a": -(2**63) + 2, "b": -1})["x"] == -(2**63) + 1
    assert "x" not in form.compute({"a": -(2**63) + 1, "b": -1})


def test_formulas_that_multiply_each_other_stay_small_however_many_there_are():
    chain = {f"x{n}": f"x{n - 1} * x{n - 1} * x{n - 1}" for n in range(1, 200)}
    form = numbers(x0="a * a * a", **chain)

    assert form.compute({"a": 9})["x1"] == 9**9
    assert "x199" not in form.compute({"a": 9})


def test_a_unit_with_nothing_to_report_still_owes_its_stocks():
    assert [p.place for p in spec().problems({})] == ["da_dai_hoi", "tong_so"]
    assert [p.place for p in spec().problems({}, nothing=True)] == ["tong_so"]


def test_the_ratio_of_a_total_is_the_ratio_of_the_sums():
    form = spec()
    ratio = form.by_code["ty_le"]

    assert form.ratio_of_total(ratio, 66, 67) == 9851
    assert form.ratio_of_total(ratio, 0, 67) == 0
    assert form.ratio_of_total(ratio, 5, 0) is None


def test_a_ratio_of_decimals_with_different_places_compares_like_with_like():
    form = FormSpec.parse(
        {
            "fields": [
                {"code": "chi", "label": "Chi", "kind": "decimal", "places": 3},
                {"code": "thu", "label": "Thu", "kind": "decimal", "places": 1},
                {
                    "code": "ty_le", "label": "Chi trên thu", "kind": "decimal", "places": 1, "rollup": "ratio",
                    "ratio": {"num": "chi", "den": "thu"},
                },
            ]
        }
    )  # fmt: skip

    assert form.compute({"chi": 1_500, "thu": 30})["ty_le"] == 500
    assert form.ratio_of_total(form.by_code["ty_le"], 1_500, 30) == 500


def test_days_and_truths_can_be_worked_out_too():
    form = FormSpec.parse(
        {
            "fields": [
                {"code": "tu", "label": "Từ ngày", "kind": "date"},
                {"code": "den", "label": "Đến ngày", "kind": "date"},
                {"code": "so_ngay", "label": "Số ngày", "kind": "whole", "formula": "days(den) - days(tu) + 1"},
                {"code": "dung_han", "label": "Đúng hạn", "kind": "yesno", "formula": "so_ngay <= 3"},
                {"code": "muon_nhat", "label": "Muộn nhất", "kind": "date", "formula": "if(den > tu, den, tu)"},
            ]
        }
    )

    assert form.compute({"tu": "2020-02-28", "den": "2020-03-01"}) == {
        "tu": "2020-02-28", "den": "2020-03-01", "so_ngay": 3, "dung_han": True, "muon_nhat": "2020-03-01",
    }  # fmt: skip


def test_fields_are_found_by_section():
    assert [field.code for field in spec().in_section("II. Nhân sự")] == ["xep_loai"]
    assert len(spec().in_section("")) == 7


def test_figures_of_fields_that_a_version_no_longer_has_are_kept():
    assert spec().compute({"chi_tieu_cu": 5, "da_dai_hoi": 1})["chi_tieu_cu"] == 5
