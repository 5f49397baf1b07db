"""What a total says, and how totals of several periods become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TotalValue = int | Mapping[str, int] | tuple[int, int] | None
"""One field of a total: a (scaled) integer; choice -> how many; (numerator, denominator); None when nobody answered."""


@dataclass(frozen=True)
class Total:
    """What stands below one unit, itself included.

    `answered`: how many units answered each field. `counted` of `expected` reporting units count.
    """

    values: Mapping[str, TotalValue]
    answered: Mapping[str, int]
    counted: int
    expected: int

    @property
    def is_complete(self) -> bool:
        return self.counted == self.expected


@dataclass(frozen=True)
class Share:
    """`complete` of `units` fulfil a condition; a unit that owes nothing is in neither number."""

    complete: int
    units: int


def over_time(kind: str, values: Sequence[TotalValue], *, measure: str = "flow") -> TotalValue:
    """One field of one unit over several periods, oldest first; None when no period has an answer.

    max and min take the extreme of all periods; a stock (and so `last`) takes the latest answer;
    flows add up: numbers, tallies by choice, ratios by numerator and denominator.

    >>> over_time("sum", [3, None, 4]), over_time("last", [69, 67, None]), over_time("ratio", [(1, 2), (1, 4)])
    (7, 67, (2, 6))
    """
    given = [value for value in values if value is not None]
    if not given:
        return None
    if kind in ("max", "min"):
        numbers = [_number(value) for value in given]
        return max(numbers) if kind == "max" else min(numbers)
    if kind == "last" or measure == "stock":
        return given[-1]
    return _added(kind, given)


def _added(kind: str, given: Sequence[TotalValue]) -> TotalValue:
    match kind:
        case "tally":
            together: Counter[str] = Counter()
            for value in given:
                if not isinstance(value, Mapping):
                    raise TypeError(f"not a tally: {value!r}")
                together.update(value)
            return dict(together)
        case "ratio":
            pairs = [value for value in given if isinstance(value, tuple)]
            if len(pairs) != len(given):
                raise TypeError("not every value is a ratio")
            return sum(num for num, _ in pairs), sum(den for _, den in pairs)
    return sum(_number(value) for value in given)


def _number(value: TotalValue) -> int:
    if not isinstance(value, int):
        raise TypeError(f"not a number: {value!r}")
    return value
