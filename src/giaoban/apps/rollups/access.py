"""Who may see what a board shows, as WHERE clauses.

A total at a unit is read by whoever reaches that unit (units.access.READ); a single report in a drill-down only by
whoever may read reports there (reports.access.READ). Measures are no secret; publications belong to their unit.
"""

from __future__ import annotations

from django.db.models import Q

from giaoban.base.access import Actor
from giaoban.base.access.actor import NOWHERE

READ = "read"
NOTE = "note"  # write down what was published about a unit: keepers of the tree above it


def measures(actor: Actor, action: str) -> Q:
    match action:
        case "read":
            return Q() if actor.anywhere() else NOWHERE
    raise KeyError(action)


def publications(actor: Actor, action: str) -> Q:
    match action:
        case "read":
            return actor.anywhere().within("unit")
        case "note":
            return actor.reach("keeper").within("unit")
    raise KeyError(action)
