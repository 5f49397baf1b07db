"""An expression as a closure over the figures of one report."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from giaoban.core.formlang.nodes import Binary, Call, Literal, Name, Node, Unary, Value

Figures = Mapping[str, Value | None]
Closure = Callable[[Figures], Value | None]


def divide(left: int | Fraction, right: int | Fraction) -> Fraction | None:
    """Exact; division by zero has no answer, so it is missing."""
    return Fraction(left) / right if right else None


def round_half_up(value: int | Fraction, places: int) -> int | Fraction:
    """Half away from zero, as offices round.

    >>> round_half_up(Fraction(5, 2), 0), round_half_up(Fraction(-5, 2), 0), round_half_up(Fraction(1, 3), 2)
    (3, -3, Fraction(33, 100))
    """
    scaled = Fraction(value) * 10**places
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    signed = whole if scaled >= 0 else -whole
    return signed if places == 0 else Fraction(signed, 10**places)


# The types were checked when the form was read, so an operator only ever meets operands it knows.
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divide,
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "and": lambda left, right: left and right,
    "or": lambda left, right: left or right,
}
UNARY: dict[str, Callable[[Any], Any]] = {"-": operator.neg, "not": operator.not_}


def _total(*values: Any) -> Any:
    return sum(values)


def _least(*values: Any) -> Any:
    return min(values)


def _greatest(*values: Any) -> Any:
    return max(values)


STRICT: dict[str, Callable[..., Any]] = {  # functions that are missing as soon as one argument is
    "sum": _total,
    "min": _least,
    "max": _greatest,
    "round": round_half_up,
    "days": date.toordinal,
}


def closure(node: Node) -> Closure:
    """A function from the figures of one report to the value, or None when an operand is missing."""
    match node:
        case Literal(value=value):
            return lambda figures: value
        case Name(code=code):
            return lambda figures: figures.get(code)
        case Unary(op=op):
            return _strict(UNARY[op], closure(node.operand))
        case Binary(op=op):
            return _strict(OPERATORS[op], closure(node.left), closure(node.right))
        case Call(function="present", arguments=(Name(code=code),)):
            return lambda figures: figures.get(code) is not None
        case Call(function="if"):
            return _choose(*(closure(argument) for argument in node.arguments))
        case Call():
            return _strict(STRICT[node.function], *(closure(argument) for argument in node.arguments))


def _strict(function: Callable[..., Any], *operands: Closure) -> Closure:
    def run(figures: Figures) -> Value | None:
        values = []
        for operand in operands:
            value = operand(figures)
            if value is None:
                return None
            values.append(value)
        result: Value | None = function(*values)
        return result

    return run


def _choose(condition: Closure, then: Closure, otherwise: Closure) -> Closure:
    def run(figures: Figures) -> Value | None:
        truth = condition(figures)
        if truth is None:
            return None
        return then(figures) if truth else otherwise(figures)

    return run
