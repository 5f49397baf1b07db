"""What a form is made of: fields, choices, checks, and which kind may be rolled up how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from giaoban.core.formlang import checking
from giaoban.core.formlang.checking import Type
from giaoban.core.formlang.expression import Expression


class FieldKind(StrEnum):
    WHOLE = "whole"  # an integer
    DECIMAL = "decimal"  # an integer scaled by 10**places
    YES_NO = "yesno"  # a bool
    CHOICE = "choice"  # the code of one choice
    SHORT_TEXT = "short_text"  # one line
    LONG_TEXT = "long_text"
    DATE = "date"  # ISO text


class Rollup(StrEnum):
    SUM = "sum"
    MAX = "max"
    MIN = "min"
    COUNT_TRUE = "count_true"
    TALLY = "tally"  # how many chose what
    LAST = "last"  # adds over units; over time the latest answer stands (a stock)
    RATIO = "ratio"  # sum of one field over sum of another
    NONE = "none"


class Measure(StrEnum):
    STOCK = "stock"  # how much there is on a day
    FLOW = "flow"  # how much happened within the period


class Part(StrEnum):
    """Which number of «67/69» a sentence gives for the field; for the reader of prose."""

    VALUE = "value"
    NUM = "num"
    DEN = "den"


NUMBERS = frozenset({FieldKind.WHOLE, FieldKind.DECIMAL})
TEXTS = frozenset({FieldKind.SHORT_TEXT, FieldKind.LONG_TEXT})

_FOR_NUMBERS = (Rollup.SUM, Rollup.LAST, Rollup.MAX, Rollup.MIN, Rollup.RATIO, Rollup.NONE)
ALLOWED: dict[FieldKind, tuple[Rollup, ...]] = {
    FieldKind.WHOLE: _FOR_NUMBERS,
    FieldKind.DECIMAL: _FOR_NUMBERS,
    FieldKind.YES_NO: (Rollup.COUNT_TRUE, Rollup.NONE),
    FieldKind.CHOICE: (Rollup.TALLY, Rollup.NONE),
    FieldKind.SHORT_TEXT: (Rollup.NONE,),
    FieldKind.LONG_TEXT: (Rollup.NONE,),
    FieldKind.DATE: (Rollup.NONE,),
}


def usual_rollup(kind: FieldKind, measure: Measure) -> Rollup:
    """What a field rolls up as when its designer does not say."""
    if kind in NUMBERS:
        return Rollup.LAST if measure is Measure.STOCK else Rollup.SUM
    return ALLOWED[kind][0]


@dataclass(frozen=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True)
class Ratio:
    """A ratio field is `times` × num ÷ den, for one report and for a total alike; never a mean of ratios."""

    num: str
    den: str
    times: int = 100


@dataclass(frozen=True)
class Field:
    """Chỉ tiêu báo cáo: one box of a form. `minimum` is in the unit of the figure (scaled for decimals)."""

    code: str
    label: str
    kind: FieldKind
    label_en: str = ""
    places: int = 0
    rollup: Rollup = Rollup.NONE
    measure: Measure = Measure.FLOW
    required: bool = False
    aliases: tuple[str, ...] = ()
    part: Part = Part.VALUE
    choices: tuple[Choice, ...] = ()
    formula: str | None = None
    ratio: Ratio | None = None
    minimum: int | None = None
    hint: str = ""
    section: str = ""

    @property
    def is_computed(self) -> bool:
        """Whether the form works the value out itself, so that nobody types it."""
        return self.formula is not None or self.ratio is not None

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    @property
    def is_text(self) -> bool:
        return self.kind in TEXTS

    @property
    def choice_codes(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)

    @property
    def type(self) -> Type:
        """The type of the field inside an expression."""
        match self.kind:
            case FieldKind.WHOLE | FieldKind.DECIMAL:
                return Type(checking.Sort.NUMBER, self.places)
            case FieldKind.YES_NO:
                return checking.TRUTH
            case FieldKind.CHOICE:
                return Type(checking.Sort.TEXT, choices=frozenset(self.choice_codes))
            case FieldKind.DATE:
                return Type(checking.Sort.DAY)
        return Type(checking.Sort.TEXT)


class Level(StrEnum):
    BLOCK = "block"  # the report cannot be handed in
    WARN = "warn"  # shown, may be handed in


@dataclass(frozen=True)
class Check:
    """What must hold inside one report. With a missing operand it is not applied."""

    expression: Expression
    message: str
    level: Level = Level.BLOCK
