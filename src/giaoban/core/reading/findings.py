"""What does not agree: inside one text, and between a text, its form and the report before.

Pure. A published figure is flagged, never repaired. Every finding quotes both sides with their place; the sentence a
person reads is made at the edge, from the kind and the two sides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from giaoban.core.text_vi.numbers import write_ratio, write_scaled

WARN, MISMATCH = "warn", "mismatch"

PERCENT = "percent"  # a stated percentage is not the computed one
SUM = "sum"  # parts add up to more than their whole
REMAINDER = "remainder"  # «còn lại» is not the whole less its parts
PART = "part"  # a part is larger than its whole
ANNOUNCED = "announced"  # another count is announced than is listed
ORDINAL = "ordinal"  # the numbers of a list skip
PERIOD = "period"  # the text speaks of another period than its report
FALLS = "falls"  # a cumulative figure is smaller than a period before
BASE = "base"  # what figures are counted out of has moved
FORM = "form"  # the form says something else
TEXTS = "texts"  # another text of the same report says something else


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a disagreement. `says`: the figure as offices write it; `of`: what it was worked out from.

    `start`, `end`: its half-open place in the text, None when it stands elsewhere; `where` then names the period or
    the text that says it («» for the form).
    """

    says: str
    of: str = ""
    start: int | None = None
    end: int | None = None
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Two figures that do not agree: what the text says, and what it is held against."""

    kind: str
    verdict: str
    text: Side
    other: Side
    field: str = ""  # code of the field of the form, where it is known

    @property
    def key(self) -> str:
        """The same for the same disagreement; another once either side changes. At most 200 characters."""
        place = "" if self.text.start is None else str(self.text.start)
        return "|".join((self.kind, self.field, place, self.text.says, self.other.says, self.other.where))[:200]

    def as_json(self) -> dict[str, object]:
        """Plain data that `from_json` reads back to an equal finding."""
        return {
            "kind": self.kind,
            "verdict": self.verdict,
            "field": self.field,
            "text": dict(vars(self.text)),
            "other": dict(vars(self.other)),
        }


def from_json(data: Mapping[str, Any]) -> Finding:
    """A finding kept as JSON.

    >>> one = Finding(kind=FORM, verdict=MISMATCH, text=Side(says="39", start=4, end=6), other=Side(says="38"))
    >>> from_json(one.as_json()) == one
    True
    """
    return Finding(
        kind=data["kind"],
        verdict=data["verdict"],
        field=data["field"],
        text=Side(**data["text"]),
        other=Side(**data["other"]),
    )


# ------------------------------------------------------------------ against the form and the report before


@dataclass(frozen=True, kw_only=True)
class Known:
    """One field of the form with what is known of it: figures as it keeps them, scaled by 10**places.

    `now`: what stands in the form; `before`: what the same unit reported last. `is_stock`: it says how much there is,
    so that it can be held against the period before. `part`: num, den or value, as in the form.
    """

    code: str
    part: str = "value"
    places: int = 0
    is_stock: bool = False
    now: int | None = None
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a text says for a field: the figure as the field keeps it, and its place."""

    field: str
    value: int
    start: int
    end: int


def across(*, told: Sequence[Told], known: Sequence[Known], before: str) -> tuple[Finding, ...]:
    """Hold what a text says against the form and against the report before, whose period is called `before`.

    - A figure unlike the one the form holds is a mismatch.
    - The numerator of a ratio («đã tổ chức») counts what was done so far: smaller than a period before, a mismatch.
      Any other stock may shrink for a reason: a warning.
    - A denominator that moves, either way, is a warning.
    A ratio that fills two fields is held against the ratio of the period before as one.

    >>> known = [Known(code="held", part="num", is_stock=True, before=638),
    ...          Known(code="due", part="den", is_stock=True, before=638)]
    >>> told = [Told(field="held", value=634, start=9, end=16), Told(field="due", value=640, start=9, end=16)]
    >>> [(one.kind, one.other.says, one.text.says) for one in across(told=told, known=known, before="kỳ trước")]
    [('falls', '638/638', '634/640')]
    """
    by_code = {one.code: one for one in known}
    pairs = _ratios(told, by_code)
    found: list[Finding] = []
    for one in told:
        field = by_code.get(one.field)
        if field is None:
            continue
        if field.now is not None and field.now != one.value:
            found.append(_unlike(one, field))
        pair = pairs.get(one.start)
        if pair is None or one not in pair:
            found += _against_before(one, field, before)
        elif one is pair[0]:
            found += _ratio_against_before(pair[0], pair[1], by_code, before)
    return tuple(found)


def _ratios(told: Sequence[Told], by_code: Mapping[str, Known]) -> dict[int, tuple[Told, Told]]:
    """Place -> numerator and denominator, for ratios of which both sides fill a field with a period before."""
    sides: dict[tuple[int, str], Told] = {}
    for one in told:
        field = by_code.get(one.field)
        if field is not None and field.before is not None and field.places == 0:
            sides.setdefault((one.start, "den" if field.part == "den" else "num"), one)
    return {
        start: (one, sides[start, "den"])
        for (start, part), one in sides.items()
        if part == "num" and (start, "den") in sides
    }


def _unlike(one: Told, field: Known) -> Finding:
    assert field.now is not None
    return Finding(
        kind=FORM,
        verdict=MISMATCH,
        field=one.field,
        text=_said(one, write_scaled(one.value, places=field.places)),
        other=Side(says=write_scaled(field.now, places=field.places)),
    )


def _against_before(one: Told, field: Known, before: str) -> list[Finding]:
    kind = _moved(one, field)
    if not kind:
        return []
    assert field.before is not None
    return [
        Finding(
            kind=kind,
            verdict=MISMATCH if kind == FALLS and field.part == "num" else WARN,
            field=one.field,
            text=_said(one, write_scaled(one.value, places=field.places)),
            other=Side(says=write_scaled(field.before, places=field.places), where=before),
        )
    ]


def _ratio_against_before(num: Told, den: Told, by_code: Mapping[str, Known], before: str) -> list[Finding]:
    upper, lower = by_code[num.field], by_code[den.field]
    kind = _moved(num, upper) or _moved(den, lower)
    if not kind:
        return []
    assert upper.before is not None
    assert lower.before is not None
    return [
        Finding(
            kind=kind,
            verdict=MISMATCH if kind == FALLS else WARN,
            field=num.field if kind == FALLS else den.field,
            text=_said(num, write_ratio(num.value, den.value)),
            other=Side(says=write_ratio(upper.before, lower.before), where=before),
        )
    ]


def _moved(one: Told, field: Known) -> str:
    if field.before is None or not field.is_stock:
        return ""
    if field.part == "den":
        return BASE if one.value != field.before else ""
    return FALLS if one.value < field.before else ""


def _said(one: Told, says: str) -> Side:
    return Side(says=says, start=one.start, end=one.end)


def between(
    *, told: Sequence[Told], others: Sequence[Told], places: Mapping[str, int], name: str
) -> tuple[Finding, ...]:
    """Fields for which another text of the same report, called `name`, says another figure."""
    there = {one.field: one.value for one in reversed(others)}
    return tuple(
        Finding(
            kind=TEXTS,
            verdict=MISMATCH,
            field=one.field,
            text=_said(one, write_scaled(one.value, places=places.get(one.field, 0))),
            other=Side(says=write_scaled(there[one.field], places=places.get(one.field, 0)), where=name),
        )
        for one in told
        if one.field in there and there[one.field] != one.value
    )
