"""The grammar: tokens to a tree, by binding power (a Pratt parser).

    or  <  and  <  not  <  = != < <= > >=  <  + -  <  * /  <  unary -

Comparisons do not chain. Nesting and depth are bounded, so no formula can exhaust the stack.
"""

from __future__ import annotations

from fractions import Fraction

from giaoban.core.formlang import limits, refusals
from giaoban.core.formlang.nodes import Binary, Call, Literal, Name, Node, Unary
from giaoban.core.formlang.tokens import Sort, Token, tokens

FUNCTIONS: dict[str, tuple[int, int | None]] = {  # name -> (fewest, most) arguments
    "min": (1, None),
    "max": (1, None),
    "sum": (1, None),
    "round": (2, 2),
    "present": (1, 1),
    "if": (3, 3),
    "days": (1, 1),
}
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_POWER = {"or": 1, "and": 2, **dict.fromkeys(COMPARISONS, 4), "+": 5, "-": 5, "*": 6, "/": 6}
_NOT, _MINUS = 3, 7


def parse(source: str) -> Node:
    """The tree of a cleaned formula. Raises a `BadFormula` that points at the first fault.

    >>> node = parse("a + b * 2")
    >>> node.op, node.right.op
    ('+', '*')
    """
    parser = _Parser(source)
    node = parser.expression(0)
    if parser.now.sort is not Sort.END:
        raise parser.unexpected()
    return node


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.left = iter(tokens(source))
        self.now = next(self.left)
        self.nesting = 0

    def take(self) -> Token:
        token = self.now
        if token.sort is not Sort.END:
            self.now = next(self.left)
        return token

    def unexpected(self) -> refusals.BadFormula:
        if self.now.sort is Sort.END:
            return refusals.EndedEarly(source=self.source, at=self.now.at)
        return refusals.Unexpected(source=self.source, at=self.now.at, found=self.now.text)

    def at_sign(self, *signs: str) -> bool:
        return self.now.sort is Sort.SIGN and self.now.text in signs

    def expect(self, sign: str) -> None:
        if not self.at_sign(sign):
            raise self.unexpected()
        self.take()

    def deeper(self, at: int, *nodes: Node) -> int:
        depth = 1 + max((node.depth for node in nodes), default=0)
        if depth > limits.FORMULA_DEPTH:
            raise refusals.FormulaTooDeep(source=self.source, at=at)
        return depth

    def expression(self, floor: int) -> Node:
        """Read one operand and then every operator that binds tighter than `floor`."""
        self.nesting += 1
        if self.nesting > limits.FORMULA_NESTING:
            raise refusals.FormulaTooDeep(source=self.source, at=self.now.at)
        left = self.operand()
        while self.now.sort is Sort.SIGN and (power := _POWER.get(self.now.text, 0)) > floor:
            sign = self.take()
            right = self.expression(power)
            left = Binary(sign.text, left, right, sign.at, self.deeper(sign.at, left, right))
            if sign.text in COMPARISONS and self.at_sign(*COMPARISONS):
                raise refusals.ChainedComparison(source=self.source, at=self.now.at)
        self.nesting -= 1
        return left

    def operand(self) -> Node:
        match self.now.sort, self.now.text:
            case Sort.NUMBER, text:
                return Literal(int(text) if "." not in text else Fraction(text), self.take().at)
            case Sort.TEXT, text:
                return Literal(text, self.take().at)
            case Sort.NAME, name:
                token = self.take()
                return self.call(token) if self.at_sign("(") else Name(name, token.at)
            case Sort.SIGN, ("true" | "false") as word:
                return Literal(word == "true", self.take().at)
            case Sort.SIGN, ("-" | "not") as sign:
                at = self.take().at
                operand = self.expression(_MINUS if sign == "-" else _NOT)
                return Unary(sign, operand, at, self.deeper(at, operand))
            case Sort.SIGN, "(":
                self.take()
                inner = self.expression(0)
                self.expect(")")
                return inner
        raise self.unexpected()

    def call(self, name: Token) -> Node:
        if name.text not in FUNCTIONS:
            known = ", ".join(sorted(FUNCTIONS))
            raise refusals.UnknownFunction(source=self.source, at=name.at, name=name.text, known=known)
        self.expect("(")
        arguments: list[Node] = []
        if not self.at_sign(")"):
            arguments.append(self.expression(0))
            while self.at_sign(","):
                self.take()
                arguments.append(self.expression(0))
        self.expect(")")
        fewest, most = FUNCTIONS[name.text]
        if len(arguments) < fewest or (most is not None and len(arguments) > most):
            needed = str(fewest) if most == fewest else f"≥ {fewest}"
            raise refusals.WrongArguments(
                source=self.source, at=name.at, name=name.text, needed=needed, given=len(arguments)
            )
        if name.text == "present" and not isinstance(arguments[0], Name):
            raise refusals.PresentNeedsField(source=self.source, at=arguments[0].at)
        return Call(name.text, tuple(arguments), name.at, self.deeper(name.at, *arguments))
