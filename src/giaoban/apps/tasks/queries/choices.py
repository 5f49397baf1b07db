"""What can be chosen when a task is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.people.models import Office
from giaoban.apps.tasks.models import Assigner, Topic
from giaoban.apps.units.models import Placement, Unit
from giaoban.base.access import Actor, Place, Reach
from giaoban.core.text_vi.folding import fold

MOST_UNITS = 300


@dataclass(frozen=True)
class Choices:
    """The bodies and topics as (code, label), the nearest units to lead as (code, name)."""

    assigners: Sequence[tuple[str, str]]
    topics: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]


def choices(*, actor: Actor, below: int | None = None) -> Choices:
    """For the form of a new task, or of a part of one whose lead unit is `below`. Three queries."""
    tops = [below] if below else [place.unit_id for place in actor.reach("reviewer").places]
    direct = Placement.objects.on(actor.day).filter(parent__in=tops).values("unit")
    units = Unit.objects.filter(pk__in=tops) | Unit.objects.filter(pk__in=direct)
    return Choices(
        assigners=[(one.code, one.label) for one in Assigner.objects.all()],
        topics=[(one.code, one.label) for one in Topic.objects.all()],
        units=list(units.exclude(path="").order_by("path").values_list("code", "name")[:MOST_UNITS]),
    )


@dataclass(frozen=True)
class Officer:
    """Someone who holds an office at a unit."""

    account_id: int
    name: str
    post: str


def officers(*, unit_id: int, on: date) -> Sequence[Officer]:
    """Who may be named for a task the unit leads. One query."""
    held = Office.objects.on(on).filter(unit=unit_id).select_related("account").order_by("account__name")
    known = {office.account_id: office.account for office in held}
    return [Officer(pk, account.name, account.post) for pk, account in known.items()]


def found_unit_ids(*, typed: str, reach: Reach) -> Sequence[int]:
    """The units within reach whose code, name or short name is what was typed; at most two, to tell one from many."""
    words = typed.strip()
    within = Unit.objects.filter(reach.within("")).exclude(path="")
    by_code = list(within.filter(code__iexact=words).values_list("pk", flat=True)[:1])
    if by_code or not words:
        return by_code
    by_name = within.filter(folded_name=fold(words)) | within.filter(short_name__iexact=words)
    return list(by_name.values_list("pk", flat=True)[:2])


def reach_below(unit_id: int) -> Reach:
    """Everything at or below one unit. One query."""
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first()
    return Reach((Place(unit_id, path),) if path else ())
