"""Parsing of a plan's head, of one change, and of a file of changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from giaoban.apps.units.rules import MAX_CODE, MAX_NAME, MAX_SHORT_NAME
from giaoban.apps.units.rules.plans import OpenReports, TypedChange, read_share
from giaoban.base.web.parsing import typed
from giaoban.base.web.request import Request
from giaoban.core.refusal import Fault, Refusal
from giaoban.core.text_vi.dates import read_day


@dataclass(frozen=True)
class Head:
    """A plan's head as it was typed."""

    title: str = ""
    basis: str = ""
    day: str = ""
    unit: str = ""


def head_from(request: Request) -> Head:
    """The head as it was sent."""
    return Head(**{name: typed(request.POST, name) for name in Head.__dataclass_fields__})


def day_of(head: Head) -> date | Fault:
    """The plan's day, or what is wrong with its box."""
    try:
        return read_day(head.day)
    except Refusal as refusal:
        return Fault("day", refusal.says, refusal.values)


@dataclass(frozen=True)
class Typed:
    """The boxes of one change as they were typed, so that they can be shown again."""

    kind: str = ""
    code: str = ""
    other: str = ""
    level: str = ""
    name: str = ""
    short_name: str = ""
    share: str = ""
    reports: str = ""


def change_typed(request: Request) -> Typed:
    """The boxes as they were sent."""
    return Typed(**{name: typed(request.POST, name) for name in Typed.__dataclass_fields__})


def change_from(request: Request) -> TypedChange:
    """One change. Raises the refusals of core.text_vi.numbers for a share that is none."""
    given = change_typed(request)
    return TypedChange(
        kind=given.kind[:10],
        code=given.code[:MAX_CODE],
        other=given.other[:MAX_CODE],
        level=given.level[:20],
        name=given.name[:MAX_NAME],
        short_name=given.short_name[:MAX_SHORT_NAME],
        share_ppm=read_share(given.share),
        reports=given.reports if given.reports in OpenReports.values else "",
    )
