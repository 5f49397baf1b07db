"""What may be done to units, as WHERE clauses."""

from __future__ import annotations

from django.db.models import Q

from giaoban.base.access import Actor

READ = "read"  # see the unit and what hangs below it
REPORT = "report"  # speak for the unit
KEEP = "keep"  # change the tree
APPOINT = "appoint"  # give offices there: who keeps it, and who will keep a unit that is yet to begin


def scope(actor: Actor, action: str) -> Q:
    match action:
        case "read":
            return actor.anywhere().within("")
        case "report":
            return actor.reach("reporter").at("")
        case "keep" | "appoint":
            return actor.reach("keeper").within("")
    raise KeyError(action)


def beginning(actor: Actor) -> Q:
    """The clause on placements of units without a path yet: who keeps the plan's place, or their superior itself."""
    return actor.reach("keeper").within("plan__unit") | actor.reach("keeper").at("parent")


def plan_scope(actor: Actor, action: str) -> Q:
    """Plans are for keepers alone until they are committed and show on the tree."""
    match action:
        case "read" | "keep":
            return actor.reach("keeper").within("unit")
    raise KeyError(action)
