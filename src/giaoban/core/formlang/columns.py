"""The same expression over whole columns: one list per operand, one pass per operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from giaoban.core.formlang.evaluate import OPERATORS, STRICT, UNARY
from giaoban.core.formlang.nodes import Binary, Call, Literal, Name, Node, Unary, Value

ColumnOf = Sequence[Value | None]


def evaluate(node: Node, columns: Mapping[str, ColumnOf], *, rows: int) -> list[Value | None]:
    """The value of every row, equal to what `evaluate.closure` gives row by row.

    `columns` holds one value per row for each field; a field without a column is missing everywhere.

    >>> from giaoban.core.formlang.grammar import parse
    >>> evaluate(parse("a + b"), {"a": [1, 2, None], "b": [10, 20, 30]}, rows=3)
    [11, 22, None]
    """
    match node:
        case Literal(value=value):
            return [value] * rows
        case Name(code=code):
            return list(columns.get(code, [None] * rows))
        case Unary(op=op):
            return _strict(UNARY[op], [node.operand], columns, rows)
        case Binary(op=op):
            return _strict(OPERATORS[op], [node.left, node.right], columns, rows)
        case Call(function="present", arguments=(Name(code=code),)):
            return [value is not None for value in columns.get(code, [None] * rows)]
        case Call(function="if"):
            truth, then, otherwise = (evaluate(argument, columns, rows=rows) for argument in node.arguments)
            return [
                None if chosen is None else (yes if chosen else no)
                for chosen, yes, no in zip(truth, then, otherwise, strict=True)
            ]
        case Call():
            return _strict(STRICT[node.function], list(node.arguments), columns, rows)


def _strict(
    function: Callable[..., Any], operands: list[Node], columns: Mapping[str, ColumnOf], rows: int
) -> list[Value | None]:
    lists = [evaluate(operand, columns, rows=rows) for operand in operands]
    return [None if None in row else function(*row) for row in _rows(lists)]


def _rows(lists: list[list[Value | None]]) -> list[tuple[Value | None, ...]]:
    return list(zip(*lists, strict=True))
