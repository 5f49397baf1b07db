"""What a clerk types is taken exactly, or the box says why not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.core.formlang import FormSpec, limits
from giaoban.core.formlang.display import MISSING
from giaoban.core.formlang.tests.test_spec import CONGRESS

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a slow machine is no fault

SPEC = FormSpec.parse(
    {
        **CONGRESS,
        "fields": [
            *CONGRESS["fields"],
            {"code": "chenh_lech", "label": "Chênh lệch", "kind": "whole", "minimum": None},
            {"code": "nhiet_do", "label": "Mức thấp nhất", "kind": "decimal", "places": 1, "minimum": -50},
            {"code": "danh_gia", "label": "Đánh giá chung", "kind": "long_text"},
        ],
    }
)


def taken(code: str, text: str) -> object:
    inputs = SPEC.read_input({code: text})
    assert inputs.faults == ()
    return inputs.figures[code]


def fault(code: str, text: str) -> str:
    inputs = SPEC.read_input({code: text})
    assert (dict(inputs.figures), [f.place for f in inputs.faults]) == ({}, [code])
    return str(inputs.faults[0])


@pytest.mark.parametrize(
    ("code", "text", "figure"),
    [
        ("tong_so", "1.192", 1192),
        ("tong_so", " 1192 ", 1192),
        ("tong_so", "0", 0),
        ("tong_so", "9.223.372.036.854.775.807", 2**63 - 1),
        ("kinh_phi", "12,5", 12_500),
        ("kinh_phi", "1.192", 1_192_000),
        ("chenh_lech", "-3", -3),
        ("chenh_lech", "−1.192", -1192),
        ("nhiet_do", "-5,0", -50),
        ("bau_truc_tiep", "yes", True),
        ("bau_truc_tiep", "Không", False),
        ("xep_loai", "kha", "kha"),
        ("xep_loai", unicodedata.normalize("NFD", "tốt"), "tot"),
        ("ngay", "24/8/2020", "2020-08-24"),
        ("ngay", "2020-08-24", "2020-08-24"),
        ("ghi_chu", "  hai   dòng\r\nthành một ", "hai dòng thành một"),
        ("ghi_chu", unicodedata.normalize("NFD", "đã nộp"), "đã nộp"),
        ("danh_gia", "dòng một\r\n\r\ndòng hai\x00", "dòng một\n\ndòng hai"),
    ],
)
def test_what_is_typed_becomes_an_exact_figure(code, text, figure):
    found = taken(code, text)

    assert found == figure
    assert type(found) is type(figure)


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("tong_so", "mười hai", "«mười hai» không phải là số"),
        ("tong_so", "12,5", "có phần thập phân"),
        ("tong_so", "11.92", "dấu chấm không đúng chỗ"),
        ("tong_so", "-1", "số âm"),
        ("tong_so", "9223372036854775808", "quá lớn"),
        ("tong_so", "9" * 5000, "không phải là số"),
        ("kinh_phi", "0,1234", "4 chữ số thập phân"),
        ("nhiet_do", "-5,1", "phải từ −5,0 trở lên"),
        ("bau_truc_tiep", "có lẽ", "chọn có hoặc không"),
        ("xep_loai", "yeu", "không có lựa chọn «yeu»"),
        ("ngay", "30/2/2020", "30/2/2020"),
        ("ngay", "hôm qua", "hôm qua"),
        ("ghi_chu", "x" * 251, "dài 251 ký tự"),
        ("danh_gia", "x" * 20_001, "nhiều nhất 20000"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_one_sentence_that_names_the_box(code, text, words):
    said = fault(code, text)

    assert said.startswith(f"«{SPEC.by_code[code].label}»: ")
    assert words in said


def test_an_empty_box_clears_and_a_box_not_sent_is_left_alone():
    inputs = SPEC.read_input({"tong_so": "  ", "da_dai_hoi": "66"})

    assert inputs.figures == {"da_dai_hoi": 66}
    assert inputs.cleared == {"tong_so"}


def test_computed_and_unknown_boxes_are_left_alone():
    inputs = SPEC.read_input({"con_lai": "99", "ty_le": "x", "csrf": "abc"})

    assert (inputs.figures, inputs.cleared, inputs.faults) == ({}, frozenset(), ())


def test_every_wrong_box_is_told_at_once_and_the_right_ones_are_kept():
    inputs = SPEC.read_input({"tong_so": "x", "kinh_phi": "1,0000", "da_dai_hoi": "5"})

    assert inputs.figures == {"da_dai_hoi": 5}
    assert [f.place for f in inputs.faults] == ["tong_so", "kinh_phi"]


def _texts(most: int) -> st.SearchStrategy[str]:
    return st.text(max_size=most).map(lambda text: SPEC.read_input({"danh_gia": text}).figures.get("danh_gia"))


FIGURES = {
    "tong_so": st.integers(0, limits.LARGEST),
    "chenh_lech": st.integers(-limits.LARGEST, limits.LARGEST),
    "kinh_phi": st.integers(0, limits.LARGEST),
    "nhiet_do": st.integers(-50, 10**9),
    "bau_truc_tiep": st.booleans(),
    "xep_loai": st.sampled_from(["tot", "kha"]),
    "ngay": st.dates().map(lambda day: day.isoformat()),
    "danh_gia": _texts(60),
}


@calm
@given(st.sampled_from(sorted(FIGURES)), st.data())
def test_what_an_input_box_holds_is_read_back_to_the_same_figure(code, data):
    field = SPEC.by_code[code]
    figure = data.draw(FIGURES[code] | st.none())
    inputs = SPEC.read_input({code: SPEC.raw(field, figure)})

    assert inputs.faults == ()
    assert inputs.figures.get(code) == figure
    assert (code in inputs.cleared) is (figure is None)
    if figure is not None:
        assert SPEC.figure_faults({code: figure}) == ()
        assert SPEC.write(field, figure)


@calm
@given(st.sampled_from([field.code for field in SPEC.fields]), st.text(max_size=80))
def test_any_text_is_a_figure_that_may_be_stored_or_a_fault(code, text):
    inputs = SPEC.read_input({code: text})

    assert SPEC.figure_faults(inputs.figures) == ()
    assert len(inputs.faults) <= 1
    assert all(f.place == code and str(f) for f in inputs.faults)


@pytest.mark.parametrize(
    ("code", "figure", "shown"),
    [
        ("tong_so", 1192, "1.192"),
        ("chenh_lech", -1192, "−1.192"),
        ("kinh_phi", 12_500, "12,500"),
        ("bau_truc_tiep", False, "Không"),
        ("xep_loai", "tot", "Tốt"),
        ("xep_loai", "bo_roi", "bo_roi"),
        ("ngay", "2020-08-24", "24-8-2020"),
        ("ghi_chu", "x", "x"),
        ("tong_so", None, MISSING),
        ("tong_so", 0, "0"),
    ],
)
def test_a_figure_is_shown_by_the_house_rules(code, figure, shown):
    assert SPEC.write(SPEC.by_code[code], figure) == shown


@pytest.mark.parametrize(
    ("figures", "place"),
    [
        ({"khong_co": 1}, "khong_co"),
        ({"con_lai": 1}, "con_lai"),
        ({"tong_so": 1.0}, "tong_so"),
        ({"tong_so": True}, "tong_so"),
        ({"tong_so": "1"}, "tong_so"),
        ({"tong_so": -1}, "tong_so"),
        ({"chenh_lech": 2**63}, "chenh_lech"),
        ({"chenh_lech": -(2**63)}, "chenh_lech"),
        ({"chenh_lech": 10**6000}, "chenh_lech"),
        ({"bau_truc_tiep": 1}, "bau_truc_tiep"),
        ({"xep_loai": "yeu"}, "xep_loai"),
        ({"ngay": "24/8/2020"}, "ngay"),
        ({"ngay": 3}, "ngay"),
        ({"ghi_chu": "a\x00b"}, "ghi_chu"),
        ({"ghi_chu": "x" * 251}, "ghi_chu"),
        ({"ghi_chu": ["x"]}, "ghi_chu"),
    ],
)
def test_figures_handed_over_as_json_are_held_to_the_same_rules(figures, place):
    faults = SPEC.figure_faults(figures)

    assert [f.place for f in faults] == [place]
    assert str(faults[0])
