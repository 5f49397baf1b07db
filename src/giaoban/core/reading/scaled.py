"""Exact numbers as they are printed: an integer and how many of its digits stand after the comma."""

from __future__ import annotations

from dataclasses import dataclass

# How texts write a number: groups of three parted by dots or blanks, or plain; and one with decimals.
NUMBER = r"(?:[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?![0-9])|[0-9]{1,3}(?: [0-9]{3}){1,4}(?![0-9])|[0-9]{1,15}(?![0-9]))"
DECIMAL = rf"{NUMBER}(?:,[0-9]{{1,4}}(?![0-9]))?"


@dataclass(frozen=True)
class Scaled:
    """`units` divided by ten to the power of `decimals`.

    >>> Scaled(units=9996, decimals=2).as_number()
    99.96
    >>> str(Scaled(units=9996, decimals=2))
    '99,96'
    """

    units: int
    decimals: int = 0

    def as_number(self) -> int | float:
        """For JSON only: the shortest decimal that is this number; arithmetic stays with integers."""
        whole = self.whole
        return whole if whole is not None else float(f"{self.units}e-{self.decimals}")

    @property
    def whole(self) -> int | None:
        """The number as an integer, or None when it has a fraction."""
        quotient, rest = divmod(self.units, 10**self.decimals)
        return None if rest else quotient

    def times(self, factor: int) -> Scaled:
        """This number `factor` times, without superfluous decimals."""
        units, decimals = self.units * factor, self.decimals
        while decimals and units % 10 == 0:
            units, decimals = units // 10, decimals - 1
        return Scaled(units=units, decimals=decimals)

    def at(self, *, decimals: int) -> int:
        """The units this number has when `decimals` digits are kept after the comma, rounded half up."""
        if decimals >= self.decimals:
            return self.units * int(10 ** (decimals - self.decimals))
        step = int(10 ** (self.decimals - decimals))
        return (2 * self.units + step) // (2 * step)

    def __str__(self) -> str:
        if not self.decimals:
            return str(self.units)
        digits = str(abs(self.units)).rjust(self.decimals + 1, "0")
        sign = "-" if self.units < 0 else ""
        return f"{sign}{digits[: -self.decimals]},{digits[-self.decimals :]}"


def parse(text: str) -> Scaled | None:
    """Read a printed number: thousands by dot or space, decimals by comma; None when it is no such number.

    A dot before three digits is thousands, before any other count of digits a decimal.

    >>> parse("1.192"), parse("99,96"), parse("06")
    (Scaled(units=1192, decimals=0), Scaled(units=9996, decimals=2), Scaled(units=6, decimals=0))
    """
    if text.isdecimal() and text.isascii():
        return Scaled(units=int(text)) if len(text) <= 18 else None
    whole, comma, fraction = text.replace(" ", "").partition(",")
    groups = whole.split(".")
    if not comma and len(groups) == 2 and len(groups[1]) != 3:
        whole, fraction = groups
    elif any(len(group) != 3 for group in groups[1:]):
        return None
    digits = whole.replace(".", "") + fraction
    if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        return None
    return Scaled(units=int(digits), decimals=len(fraction))


def percent(*, part: int, whole: int) -> Scaled:
    """The share of a whole in percent, to two decimals, rounded half up.

    >>> percent(part=1192, whole=1312)
    Scaled(units=9085, decimals=2)
    """
    return Scaled(units=(20_000 * part + whole) // (2 * whole), decimals=2)
