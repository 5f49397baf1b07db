"""A formula means one thing, shows where it is wrong, and can hurt nobody."""

from __future__ import annotations

import string
import unicodedata
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from giaoban.core.formlang import BadFormula, Expression, limits
from giaoban.core.formlang.checking import TRUTH, WHOLE, Sort, Type
from giaoban.core.formlang.evaluate import round_half_up

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a slow machine is no fault

FIELDS = {
    "a": WHOLE,
    "b": WHOLE,
    "tien": Type(Sort.NUMBER, 3),
    "co": TRUTH,
    "xep_loai": Type(Sort.TEXT, choices=frozenset({"tot", "kha"})),
    "tu": Type(Sort.DAY),
    "den": Type(Sort.DAY),
}


def value(source: str, **figures: object) -> object:
    return Expression.parse(source).value(figures)


def refusal(source: str) -> BadFormula:
    with pytest.raises(BadFormula) as caught:
        Expression.parse(source).type_over(FIELDS)
    return caught.value


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("2 - 3 - 4", -5),
        ("-2 * -3", 6),
        ("- -2", 2),
        ("1 / 3 + 1 / 6", Fraction(1, 2)),
        ("12 / 2 / 3", 2),
        ("0.1 + 0.2 = 0.3", True),
        ("1 < 2 and not 2 < 1", True),
        ("not 1 = 1 or 2 = 2", True),
        ("true or true and false", True),
        ("1 <> 2", True),
        ("7 ≥ 7 và 7 ≤ 7 và 7 ≠ 8", True),
        ("đúng và không sai", True),
        ("6 × 7 ÷ 2 − 1", 20),
        ("max(1, 5, 3) - min(4, 2)", 3),
        ("sum(1, 2, 3)", 6),
        ("round(2.5, 0)", 3),
        ("round(-2.5, 0)", -3),
        ("round(1 / 3, 2)", Fraction(33, 100)),
        ("if(1 > 2, 10, 20)", 20),
        ("'tot' = \"tot\"", True),
    ],
)
def test_a_formula_means_what_arithmetic_says(source, result):
    assert value(source) == result


def test_not_takes_the_whole_comparison_and_minus_only_what_is_next_to_it():
    assert Expression.parse("not a < b and co").type_over(FIELDS) == TRUTH
    assert value("not a < b", a=1, b=0) is True
    assert value("-a + b", a=1, b=3) == 2


def test_a_missing_operand_makes_the_result_missing():
    assert value("a + b", a=1) is None
    assert value("a > 1 or b > 1", a=5) is None
    assert value("sum(a, b)", a=1) is None
    assert value("not co") is None


def test_presence_can_be_asked_and_a_branch_not_taken_may_be_missing():
    assert value("present(a)", a=0) is True
    assert value("present(a)") is False
    assert value("if(present(a), a, 0) + b", b=2) == 2
    assert value("if(co, a, b)", a=1) is None


def test_a_division_by_zero_has_no_answer():
    assert value("a / b", a=1, b=0) is None
    assert value("a / b < 1", a=1, b=0) is None


def test_days_between_two_dates_can_be_counted():
    assert value("days(den) - days(tu) + 1", tu=date(2020, 2, 28), den=date(2020, 3, 1)) == 3
    assert value("tu <= den", tu=date(2020, 2, 28), den=date(2020, 3, 1)) is True


@pytest.mark.parametrize(
    ("source", "column", "words"),
    [
        ("a + * 2", 5, "không chờ «*»"),
        ("a + ", 5, "dừng giữa chừng"),
        ("", 1, "dừng giữa chừng"),
        ("(a + b", 7, "dừng giữa chừng"),
        ("a b", 3, "không chờ «b»"),
        ("a + 1.192", 5, "viết liền «1192»"),
        ("max(a,0,5)", 8, "sau dấu chấm"),
        ("a % 2", 3, "dấu «%»"),
        ("a.b", 2, "dấu «.»"),
        ("xep_loai = 'tot", 12, "chưa đóng"),
        ("a < b < 3", 7, "ba vế"),
        ("avg(a)", 1, "không có hàm «avg»"),
        ("__import__('os')", 1, "không có hàm «__import__»"),
        ("if(co, a)", 1, "cần 3 giá trị, đang có 2"),
        ("min()", 1, "cần ≥ 1 giá trị, đang có 0"),
        ("a + khong_co", 5, "không có chỉ tiêu «khong_co»"),
        ("a + co", 5, "cần một số, nhưng đang là đúng hoặc sai"),
        ("co and a", 8, "cần đúng hoặc sai, nhưng đang là một số"),
        ("not a", 5, "cần đúng hoặc sai"),
        ("xep_loai = 'yeu'", 12, "không có lựa chọn «yeu»"),
        ("xep_loai < 'tot'", 1, "cần một số"),
        ("a = 'tot'", 5, "cần một số, nhưng đang là chữ"),
        ("if(co, a, tu)", 11, "cần một số, nhưng đang là một ngày"),
        ("tu + 1", 1, "cần một số, nhưng đang là một ngày"),
        ("round(a, b)", 10, "số từ 0 đến 6"),
        ("round(a, 7)", 10, "số từ 0 đến 6"),
        ("present(a + 1)", 11, "mã một chỉ tiêu"),
        ("1234567890123456789 + a", 1, "dài quá"),
    ],
)
def test_a_fault_is_shown_at_its_place(source, column, words):
    said = str(refusal(source))

    assert said.startswith(f"Công thức có lỗi ở ký tự {column}: ")
    assert words in said
    assert said.splitlines()[-1] == " " * (column - 1) + "^"


def test_in_a_long_formula_only_the_part_around_the_fault_is_quoted():
    said = str(refusal(" + ".join(["a"] * 50) + " + ? + " + " + ".join(["b"] * 50)))

    line, caret = said.splitlines()[-2:]
    assert len(line) <= 60
    assert line[len(caret) - 1] == "?"


def test_accents_typed_as_separate_marks_are_the_same_words():
    assert value(unicodedata.normalize("NFD", "không sai và đúng")) is True


@pytest.mark.parametrize(
    "source",
    [
        "(" * 1500,
        "(" * 500 + "1" + ")" * 500,
        "-" * 1900 + "1",
        "not " * 400 + "true",
        "+".join(["1"] * 900),
        "if(true," * 200,
        "max(" * 300 + "1" + ")" * 300,
        "1" * 1999,
        "1+" * 200_000,
        "𝟙 + 1",
        "a\x00b",
    ],
)
def test_a_hostile_formula_is_refused_and_does_not_exhaust_anything(source):
    with pytest.raises(BadFormula):
        Expression.parse(source)


def test_a_long_sum_may_be_written_as_a_sum():
    source = "sum(" + ", ".join(["1"] * 600) + ")"

    assert len(source) < limits.FORMULA_LENGTH
    assert value(source) == 600


@calm
@given(st.text(alphabet=string.printable + "àộ≤𝟙\u0301", max_size=60))
@example("if(")
def test_any_text_is_either_a_formula_or_refused_in_words(text):
    said = "Công thức"
    try:
        Expression.parse(text).type_over(FIELDS)
    except BadFormula as refused:
        said = str(refused)

    assert said.startswith("Công thức")


@calm
@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_to_the_nearest_and_halves_go_away_from_zero(number, places):
    rounded = round_half_up(number, places)

    gap = abs(Fraction(rounded) - number) * 10**places
    assert (Fraction(rounded) * 10**places).denominator == 1
    assert gap < Fraction(1, 2) or (gap == Fraction(1, 2) and abs(rounded) > abs(number))


# ---- whole columns against row by row, and places against values

LEAVES = st.sampled_from(["a", "b", "tien", "0", "1", "2.5", "100"])


def _numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    truths = st.one_of(
        st.builds("{} {} {}".format, inner, st.sampled_from(["<", "<=", "=", "!=", ">", ">="]), inner),
        st.sampled_from(["co", "present(a)", "not co", "present(b) and co", "co or a > b", "xep_loai = 'tot'"]),
    )
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("-({})".format, inner),
        st.builds("round({}, {})".format, inner, st.integers(0, 3)),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max", "sum"]), inner, inner),
        st.builds("if({}, {}, {})".format, truths, inner, inner),
        st.just("days(den) - days(tu)"),
    )


FORMULAS = st.recursive(LEAVES, _numbers, max_leaves=8)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "a": st.none() | st.integers(-3, 3),
            "b": st.none() | st.integers(-(10**18), 10**18),
            "tien": st.none() | st.integers(-5000, 5000).map(lambda scaled: Fraction(scaled, 1000)),
            "co": st.none() | st.booleans(),
            "xep_loai": st.none() | st.sampled_from(["tot", "kha"]),
            "tu": st.none() | st.dates(),
            "den": st.none() | st.dates(),
        }
    ),
    max_size=6,
)


@calm
@given(FORMULAS, ROWS)
def test_a_formula_over_whole_columns_is_the_formula_row_by_row(source, rows):
    formula = Expression.parse(source)
    formula.type_over(FIELDS)

    columns = {code: [row[code] for row in rows] for code in FIELDS}
    assert formula.column(columns, rows=len(rows)) == [formula.value(row) for row in rows]


@calm
@given(FORMULAS, ROWS)
def test_a_result_never_has_more_decimals_than_its_type_says(source, rows):
    formula = Expression.parse(source)
    places = formula.type_over(FIELDS).places

    for row in rows:
        result = formula.value(row)
        if result is not None and places is not None:
            assert (Fraction(result) * 10**places).denominator == 1


def _by_hand(source: str, row: dict[str, object]) -> object:
    """The same text read by Python itself: an independent reader of precedence and brackets."""
    names = {code: Fraction(figure) for code, figure in row.items() if isinstance(figure, int | Fraction)}
    return eval(source.replace("2.5", "Fraction(5, 2)").replace("100", "Fraction(100)"), {"Fraction": Fraction}, names)


ARITHMETIC = st.recursive(
    st.sampled_from(["a", "b", "tien", "2.5", "100"]),
    lambda inner: st.one_of(
        st.builds("{} {} {}".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("({})".format, inner),
        st.builds("-{}".format, inner),
    ),
    max_leaves=10,
)


@calm
@given(ARITHMETIC, st.integers(1, 9), st.integers(-9, -1))
def test_precedence_and_brackets_agree_with_an_independent_reader(source, a, b):
    row = {"a": a, "b": b, "tien": Fraction(a, 1000)}
    try:
        wanted = _by_hand(source, row)
    except ZeroDivisionError:
        wanted = None

    assert Expression.parse(source).value(row) == wanted


@pytest.mark.parametrize("sign", ["+", "and"])
def test_the_deepest_formula_allowed_can_be_read_checked_and_worked_out(sign):
    operand, kind = ("a", Sort.NUMBER) if sign == "+" else ("co", Sort.TRUTH)
    formula = Expression.parse(f" {sign} ".join([operand] * limits.FORMULA_DEPTH))

    assert formula.type_over(FIELDS).sort is kind
    assert formula.value({"a": 2, "co": True}) == (2 * limits.FORMULA_DEPTH if sign == "+" else True)
    assert formula.column({"a": [2], "co": [True]}, rows=1) == [formula.value({"a": 2, "co": True})]
    with pytest.raises(BadFormula, match="lồng nhau"):
        Expression.parse(f"{formula.source} {sign} {operand}")


def test_brackets_nest_as_deep_as_is_allowed_and_no_deeper():
    inside = limits.FORMULA_NESTING - 1

    assert value("(" * inside + "1" + ")" * inside) == 1
    with pytest.raises(BadFormula, match="lồng nhau"):
        Expression.parse("(" * (inside + 1) + "1" + ")" * (inside + 1))
