"""An expression as a tree. `at` is the letter it starts at, `depth` the steps down to its deepest operand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

Value = int | Fraction | bool | str | date  # what an expression is made of; missing is None


@dataclass(frozen=True)
class Literal:
    value: int | Fraction | bool | str
    at: int
    depth: int = 1


@dataclass(frozen=True)
class Name:
    code: str
    at: int
    depth: int = 1


@dataclass(frozen=True)
class Unary:
    op: str  # - not
    operand: Node
    at: int
    depth: int


@dataclass(frozen=True)
class Binary:
    op: str  # + - * / = != < <= > >= and or
    left: Node
    right: Node
    at: int
    depth: int


@dataclass(frozen=True)
class Call:
    function: str
    arguments: tuple[Node, ...]
    at: int
    depth: int


Node = Literal | Name | Unary | Binary | Call


def names(node: Node) -> Iterator[str]:
    """Every field code the expression mentions, in reading order, repeats included."""
    match node:
        case Name():
            yield node.code
        case Unary():
            yield from names(node.operand)
        case Binary():
            yield from names(node.left)
            yield from names(node.right)
        case Call():
            for argument in node.arguments:
                yield from names(argument)
        case Literal():
            return
