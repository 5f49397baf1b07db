"""What type an expression has, worked out before any figure exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import NoReturn

from giaoban.core.formlang import limits, refusals
from giaoban.core.formlang.nodes import Binary, Call, Literal, Name, Node, Unary


class Sort(Enum):
    """The value is the Vietnamese name used in refusals."""

    NUMBER = "một số"
    TRUTH = "đúng hoặc sai"
    TEXT = "chữ"
    DAY = "một ngày"


@dataclass(frozen=True)
class Type:
    """`places`: a number never has more decimals than this; None means any fraction (after a division)."""

    sort: Sort
    places: int | None = 0
    choices: frozenset[str] | None = None


TRUTH = Type(Sort.TRUTH)
WHOLE = Type(Sort.NUMBER, 0)


def type_of(node: Node, fields: Mapping[str, Type], source: str) -> Type:
    """The type of an expression over `fields`. Raises the first `BadFormula` found, pointing at its place.

    >>> from giaoban.core.formlang.grammar import parse
    >>> type_of(parse("a * 0.5"), {"a": WHOLE}, "a * 0.5").places
    1
    """
    return _Checker(fields, source).of(node)


def _widest(types: list[Type]) -> Type:
    places = [t.places for t in types]
    return Type(Sort.NUMBER, None if None in places else max(p for p in places if p is not None))


class _Checker:
    def __init__(self, fields: Mapping[str, Type], source: str) -> None:
        self.fields = fields
        self.source = source

    def of(self, node: Node) -> Type:
        match node:
            case Literal():
                return self.literal(node)
            case Name():
                if node.code not in self.fields:
                    raise refusals.UnknownField(source=self.source, at=node.at, name=node.code)
                return self.fields[node.code]
            case Unary(op="-"):
                return self.need(node.operand, Sort.NUMBER)
            case Unary():
                return self.need(node.operand, Sort.TRUTH)
            case Binary(op="and" | "or"):
                self.need(node.left, Sort.TRUTH)
                self.need(node.right, Sort.TRUTH)
                return TRUTH
            case Binary(op="+" | "-" | "*" | "/"):
                return self.arithmetic(node)
            case Binary():
                return self.comparison(node)
            case Call():
                return self.call(node)

    def wrong(self, node: Node, needed: str, given: Type) -> NoReturn:
        raise refusals.WrongType(source=self.source, at=node.at, needed=needed, given=given.sort.value)

    def need(self, node: Node, sort: Sort) -> Type:
        found = self.of(node)
        if found.sort is not sort:
            self.wrong(node, sort.value, found)
        return found

    def literal(self, node: Literal) -> Type:
        match node.value:
            case bool():
                return TRUTH
            case int():
                return WHOLE
            case Fraction():
                return Type(Sort.NUMBER, _decimals(node.value))
            case str():
                return Type(Sort.TEXT)

    def arithmetic(self, node: Binary) -> Type:
        left, right = self.need(node.left, Sort.NUMBER), self.need(node.right, Sort.NUMBER)
        if node.op == "/" or left.places is None or right.places is None:
            return Type(Sort.NUMBER, None)
        return Type(Sort.NUMBER, left.places + right.places if node.op == "*" else max(left.places, right.places))

    def comparison(self, node: Binary) -> Type:
        left, right = self.of(node.left), self.of(node.right)
        if left.sort is not right.sort:
            self.wrong(node.right, left.sort.value, right)
        if node.op not in ("=", "!=") and left.sort not in (Sort.NUMBER, Sort.DAY):
            self.wrong(node.left, f"{Sort.NUMBER.value} / {Sort.DAY.value}", left)
        for field, other in ((node.left, node.right), (node.right, node.left)):
            self.refuse_unknown_choice(field, other)
        return TRUTH

    def refuse_unknown_choice(self, field: Node, other: Node) -> None:
        if isinstance(field, Name) and isinstance(other, Literal):
            choices = self.fields[field.code].choices
            if choices is not None and other.value not in choices:
                raise refusals.UnknownChoice(source=self.source, at=other.at, field=field.code, choice=other.value)

    def call(self, node: Call) -> Type:
        match node.function:
            case "present":
                self.of(node.arguments[0])
                return TRUTH
            case "days":
                self.need(node.arguments[0], Sort.DAY)
                return WHOLE
            case "round":
                return self.rounded(node)
            case "if":
                return self.either(node)
        return _widest([self.need(argument, Sort.NUMBER) for argument in node.arguments])

    def rounded(self, node: Call) -> Type:
        self.need(node.arguments[0], Sort.NUMBER)
        places = node.arguments[1]
        if not isinstance(places, Literal) or type(places.value) is not int or places.value > limits.PLACES:
            raise refusals.RoundNeedsPlaces(source=self.source, at=places.at, most=limits.PLACES)
        return Type(Sort.NUMBER, places.value)

    def either(self, node: Call) -> Type:
        condition, then, otherwise = node.arguments
        self.need(condition, Sort.TRUTH)
        first = self.of(then)
        second = self.need(otherwise, first.sort)
        return _widest([first, second]) if first.sort is Sort.NUMBER else first


def _decimals(value: Fraction) -> int:
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return places
