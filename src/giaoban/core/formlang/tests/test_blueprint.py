"""A designer hears of every mistake at once, each at its place."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.core.formlang import BadForm, FormSpec, limits
from giaoban.core.formlang.tests.test_spec import CONGRESS, faults

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a slow machine is no fault


def whole(code: str, **more: object) -> dict[str, object]:
    return {"code": code, "label": code.upper(), "kind": "whole", **more}


def only_fault(*fields: object, **form: object) -> tuple[str, str]:
    found = faults({"fields": list(fields), **form})
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("field", "place", "words"),
    [
        ({"code": "a", "label": "A", "kind": "money"}, "a", "phải là một trong: whole, decimal"),
        ({"code": "a", "label": "A"}, "a", "«kind» phải là một trong"),
        ({"label": "A", "kind": "whole"}, "cột 1", "Thiếu thuộc tính «code»"),
        ({"code": "a", "kind": "whole"}, "a", "Thiếu thuộc tính «label»"),
        (whole("Số_đảng_viên"), "Số_đảng_viên", "viết thường, không dấu"),
        (whole("2a"), "2a", "viết thường, không dấu"),
        (whole("sum"), "sum", "trùng với một từ của công thức"),
        (whole("and"), "and", "trùng với một từ của công thức"),
        (whole("a", places=2), "a", "bỏ «places»"),
        ({"code": "a", "label": "A", "kind": "decimal"}, "a", "từ 1 đến 6"),
        ({"code": "a", "label": "A", "kind": "decimal", "places": 7}, "a", "từ 1 đến 6"),
        ({"code": "a", "label": "A", "kind": "choice"}, "a", "chưa có lựa chọn nào"),
        (whole("a", choices=[{"code": "x", "label": "X"}]), "a", "bỏ «choices»"),
        (whole("a", rollup="tally"), "a", "«tally» không hợp kiểu «whole»"),
        (whole("a", rollup="median"), "a", "phải là một trong: sum"),
        (whole("a", rollup="sum", measure="stock"), "a", "chọn cách tổng hợp «last»"),
        (whole("a", rollup="last", measure="flow"), "a", "chỉ dùng cho chỉ tiêu thời điểm"),
        (whole("a", rollup="ratio"), "a", "cần cả cách tổng hợp «ratio»"),
        (whole("a", required="yes"), "a", "true hoặc false"),
        (whole("a", minimum="0"), "a", "«minimum» phải là số nguyên"),
        (whole("a", minimum=True), "a", "«minimum» phải là số nguyên"),
        (whole("a", colour="red"), "a", "Không có thuộc tính «colour»"),
        (whole("a", section="III"), "a", "Mục «III» không có"),
        (whole("a", aliases="x"), "a", "phải là một danh sách"),
        (whole("a", aliases=["x", 3]), "a", "chuỗi chữ khác rỗng"),
        (whole("a", label="x" * 301), "a", "dài quá 300"),
        ({"code": "a", "label": "A", "kind": "date", "minimum": 3}, "a", "bỏ «minimum»"),
        ("a", "cột 1", "Thiếu"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_with_the_reason(field, place, words):
    found = faults({"fields": [field]})

    assert any(where == place and words in said for where, said in found), found


def test_a_code_used_twice_is_a_fault():
    assert only_fault(whole("a"), whole("a")) == ("a", "Mã «a» dùng cho 2 chỉ tiêu.")


def test_a_formula_over_an_unknown_field_shows_where():
    place, said = only_fault(whole("a", formula="1 + khong_co"))

    assert place == "a"
    assert "ở ký tự 5: biểu mẫu không có chỉ tiêu «khong_co»" in said


def test_formulas_that_need_each_other_are_named_as_a_ring():
    assert only_fault(
        whole("a", formula="b + 1"), whole("b", formula="c + 1"), whole("c", formula="a + d"), whole("d")
    ) == ("a", "Công thức vòng quanh: a → b → c → a.")


def test_a_formula_that_needs_itself_is_a_ring():
    assert only_fault(whole("a", formula="a + 1")) == ("a", "Công thức vòng quanh: a → a.")


def test_two_rings_are_two_faults_and_what_hangs_on_a_ring_is_none():
    found = faults(
        {
            "fields": [
                whole("a", formula="b"), whole("b", formula="a"),
                whole("c", formula="c"), whole("d", formula="c + a"),
            ]
        }
    )  # fmt: skip

    assert sorted(place for place, _ in found) == ["a", "c"]


def test_a_formula_must_give_what_its_field_keeps():
    assert "round(…, 0)" in only_fault(whole("a"), whole("b", formula="a / 2"))[1]
    assert "round(…, 0)" in only_fault(whole("a"), whole("b", formula="a * 0.5"))[1]
    assert "cần «whole»" in only_fault(whole("a"), whole("b", formula="a > 1"))[1]
    FormSpec.parse({"fields": [whole("a"), whole("b", formula="round(a / 2, 0)")]})
    FormSpec.parse({"fields": [whole("a"), {**whole("b", formula="a * 0.5"), "kind": "decimal", "places": 1}]})


def test_a_check_must_be_a_question_of_right_or_wrong():
    check = {"expression": "a + 1", "message": "?"}

    assert only_fault(whole("a"), checks=[check])[0] == "kiểm tra 1"
    assert "cần đúng hoặc sai" in only_fault(whole("a"), checks=[check])[1]


def test_a_ratio_needs_two_numbers_that_add_up():
    ratio = {"code": "r", "label": "R", "kind": "decimal", "places": 1, "rollup": "ratio"}

    place, said = only_fault(whole("a", rollup="max"), whole("b"), {**ratio, "ratio": {"num": "a", "den": "b"}})
    assert (place, "«a»" in said) == ("r", True)
    assert "«c»" in only_fault(whole("b"), {**ratio, "ratio": {"num": "c", "den": "b"}})[1]
    assert "lớn hơn 0" in only_fault(whole("b"), {**ratio, "ratio": {"num": "b", "den": "b", "times": 0}})[1]
    assert "bỏ «formula»" in only_fault(whole("b"), {**ratio, "ratio": {"num": "b", "den": "b"}, "formula": "b"})[1]


def test_choices_have_codes_of_their_own():
    field = {"code": "a", "label": "A", "kind": "choice"}
    choices = [{"code": "x", "label": "X"}, {"code": "x", "label": "Y"}, {"code": "Tốt", "label": "Z"}]

    found = faults({"fields": [{**field, "choices": choices}]})
    assert [said for _, said in found] == [
        "Lựa chọn thứ 2: mã «x» đã dùng ở trên.",
        "Lựa chọn thứ 3: mã «Tốt» phải viết thường, không dấu.",
    ]


def test_every_fault_of_a_form_is_told_at_once():
    found = faults(
        {
            "fields": [whole("a", formula="b"), whole("Á"), {"code": "c", "label": "C", "kind": "?"}],
            "checks": [{"expression": "a >", "message": "x"}, {"expression": "a > 0", "level": "?", "message": "x"}],
            "colour": 1,
        }
    )

    assert [place for place, _ in found] == ["biểu mẫu", "Á", "c", "kiểm tra 1", "kiểm tra 2", "a"]


def test_a_form_without_fields_or_with_too_many_is_refused():
    assert "chưa có chỉ tiêu" in faults({})[0][1]
    assert "nhiều hơn 500" in faults({"fields": [whole(f"a{n}") for n in range(limits.FIELDS + 1)]})[0][1]


def test_a_field_rolls_up_as_its_kind_usually_does():
    form = FormSpec.parse(
        {
            "fields": [
                whole("a"),
                whole("b", measure="stock"),
                whole("c", rollup="last"),
                {"code": "d", "label": "D", "kind": "yesno"},
                {"code": "e", "label": "E", "kind": "date"},
            ]
        }
    )

    assert [(f.rollup, f.measure) for f in form.fields] == [
        ("sum", "flow"), ("last", "stock"), ("last", "stock"), ("count_true", "flow"), ("none", "flow"),
    ]  # fmt: skip


def test_numbers_start_at_zero_unless_the_form_says_otherwise():
    form = FormSpec.parse({"fields": [whole("a"), whole("b", minimum=None), whole("c", minimum=-5)]})

    assert [field.minimum for field in form.fields] == [0, None, -5]
    assert FormSpec.parse(form.as_json()) == form


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@calm
@given(JSON, st.data())
def test_any_json_is_a_form_or_refused_with_faults(junk, data):
    form = dict(CONGRESS)
    where = data.draw(st.sampled_from(["form", "title", "sections", "fields", "checks", "one field", "one property"]))
    fields = [dict(field) for field in CONGRESS["fields"]]
    match where:
        case "form":
            form = junk
        case "one field":
            fields[data.draw(st.integers(0, len(fields) - 1))] = junk
            form["fields"] = fields
        case "one property":
            field = fields[data.draw(st.integers(0, len(fields) - 1))]
            field[data.draw(st.sampled_from([*field, "minimum", "places", "ratio", "aliases"]))] = junk
            form["fields"] = fields
        case _:
            form[where] = junk

    try:
        parsed = FormSpec.parse(form)
    except BadForm as refused:
        told = [str(fault) for fault in refused.faults]
    else:
        told = [str(FormSpec.parse(parsed.as_json()) == parsed)]

    assert told
    assert told != ["False"]
