"""An expression of a form: written once, read over one report or over whole columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from giaoban.core.formlang import columns, evaluate
from giaoban.core.formlang.checking import Type, type_of
from giaoban.core.formlang.grammar import parse
from giaoban.core.formlang.nodes import Node, Value, names
from giaoban.core.formlang.tokens import clean


@dataclass(frozen=True)
class Expression:
    """Built by `Expression.parse`; equal when the source is equal."""

    source: str
    node: Node = field(repr=False, compare=False)
    uses: frozenset[str] = field(repr=False, compare=False)
    _run: evaluate.Closure = field(repr=False, compare=False)

    @classmethod
    def parse(cls, source: str) -> Expression:
        """Read a formula or a check. Raises a `BadFormula` whose sentence shows the place.

        >>> Expression.parse("a + * 2")
        Traceback (most recent call last):
            ...
        giaoban.core.formlang.refusals.Unexpected: Công thức có lỗi ở ký tự 5: không chờ «*» ở đây.
        a + * 2
            ^
        """
        source = clean(source)
        node = parse(source)
        return cls(source, node, frozenset(names(node)), evaluate.closure(node))

    def type_over(self, fields: Mapping[str, Type]) -> Type:
        """The type of the result when the fields have these types. Raises a `BadFormula`."""
        return type_of(self.node, fields, self.source)

    def value(self, figures: evaluate.Figures) -> Value | None:
        """The value for one report; None when an operand it needs is missing.

        >>> Expression.parse("if(b > 0, a / b, 0)").value({"a": 1, "b": 3})
        Fraction(1, 3)
        """
        return self._run(figures)

    def column(self, of: Mapping[str, columns.ColumnOf], *, rows: int) -> list[Value | None]:
        """The value for every row at once, equal to `value` row by row."""
        return columns.evaluate(self.node, of, rows=rows)
