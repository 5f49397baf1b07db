"""Who someone is on a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from types import MappingProxyType

from giaoban.apps.people.models import Account, Office
from giaoban.base.access import Actor, Place


def actor_of(account: Account, day: date) -> Actor:
    """The account as an Actor: every office held that day at a unit of the current tree. One query."""
    places: defaultdict[str, list[Place]] = defaultdict(list)
    held = Office.objects.on(day).filter(account=account).exclude(unit__path="")
    for role, unit_id, path in held.values_list("role", "unit_id", "unit__path"):
        places[role].append(Place(unit_id=unit_id, path=path))
    return Actor(
        kind="person",
        id=account.pk,
        name=account.name,
        day=day,
        places=MappingProxyType({role: tuple(found) for role, found in places.items()}),
    )
