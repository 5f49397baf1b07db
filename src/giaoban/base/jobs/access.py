"""Who looks after jobs: keepers of the whole house, at the root of the tree."""

from __future__ import annotations

from django.db.models import Q

from giaoban.base.access import Actor
from giaoban.base.access.actor import NOWHERE

KEEP = "keep"  # see them, run a failed one again, dismiss it


def keeps_house(actor: Actor) -> bool:
    """Whether the actor is a keeper of the root: a path of one unit."""
    return any(place.path.count("/") <= 2 for place in actor.reach("keeper").places)


def scope(actor: Actor, action: str) -> Q:
    match action:
        case "keep":
            return Q() if keeps_house(actor) else NOWHERE
    raise KeyError(action)
