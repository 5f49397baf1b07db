"""Who may see what a board shows, as WHERE clauses.

A total at a unit is read by whoever reaches that unit (units.access.READ); a single report in a drill-down only by
whoever may read reports there (reports.access.READ). Measures are no secret; publications and sign-offs belong to
their unit.
"""

from __future__ import annotations

from django.db.models import Q

from giaoban.base.access import Actor
from giaoban.base.access.actor import NOWHERE

READ = "read"
SIGN = "sign"  # freeze a unit's consolidated figures under one's name
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


def sign_offs(actor: Actor, action: str, unit: str = "unit") -> Q:
    """Signed figures are read as the total they were; they are signed at the unit itself, by who accepts below it.

    `unit` is the relation to the unit, empty for units themselves.
    """
    match action:
        case "read":
            return actor.anywhere().within(unit)
        case "sign":
            return actor.reach("reviewer").at(unit)
    raise KeyError(action)
