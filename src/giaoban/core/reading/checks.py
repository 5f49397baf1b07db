"""Whether published figures agree with one another. Pure; a figure that does not add up is flagged, never repaired."""

from __future__ import annotations

from giaoban.core.reading.facts import Check
from giaoban.core.reading.scaled import Scaled, percent

OK, WARN, MISMATCH = "ok", "warn", "mismatch"
_BELOW = ("gần", "xấp xỉ", "dưới")
_ABOVE = ("trên", "hơn")
_AROUND = ("khoảng", "chừng", "ước", "ước đạt", "trên dưới", "xấp xỉ")
_POINT = 100  # one percentage point, in hundredths


def share(*, part: int, whole: int, stated: Scaled, approx: str | None) -> Check:
    """A stated percentage against the computed one.

    Exact figures must agree to the printed decimals (a last digit cut off instead of rounded is a warning); «gần x»
    lies below x by at most one point, «trên x» at or above it by at most five, «khoảng x» within one.

    >>> share(part=1192, whole=1312, stated=Scaled(units=91), approx="gần").verdict
    'ok'
    >>> share(part=45, whole=67, stated=Scaled(units=70), approx=None).verdict
    'mismatch'
    """
    computed = percent(part=part, whole=whole)
    difference = computed.at(decimals=2) - stated.at(decimals=2)
    if approx in _AROUND:
        verdict = OK if abs(difference) <= _POINT else MISMATCH
    elif approx in _BELOW:
        verdict = OK if -_POINT <= difference <= 0 else MISMATCH
    elif approx in _ABOVE:
        verdict = OK if 0 <= difference <= 5 * _POINT else MISMATCH
    else:
        verdict = _exact(part=part, whole=whole, stated=stated)
    return Check(computed=computed, stated=stated, verdict=verdict)


def _exact(*, part: int, whole: int, stated: Scaled) -> str:
    decimals = min(stated.decimals, 6)
    shift = 100 * 10**decimals
    rounded = (2 * part * shift + whole) // (2 * whole)
    if rounded == stated.at(decimals=decimals):
        return OK
    return WARN if abs(rounded - stated.at(decimals=decimals)) <= 1 else MISMATCH


def part_within(*, part: int, whole: int) -> Check | None:
    """A part larger than its whole is a mismatch; otherwise there is nothing to say."""
    if part <= whole:
        return None
    return Check(computed=Scaled(units=whole), stated=Scaled(units=part), verdict=MISMATCH)


def remainder(*, whole: int, parts: int, stated: int) -> Check:
    """«còn lại» against the whole less its parts."""
    computed = whole - parts
    verdict = OK if computed == stated else MISMATCH
    return Check(computed=Scaled(units=computed), stated=Scaled(units=stated), verdict=verdict)


def listed(*, items: int, announced: int) -> Check:
    """As many items as were announced; otherwise a warning, for a list may be shortened."""
    verdict = OK if items == announced else WARN
    return Check(computed=Scaled(units=items), stated=Scaled(units=announced), verdict=verdict)
