"""What may be done to reports, as WHERE clauses."""

from __future__ import annotations

from django.db.models import Q

from giaoban.base.access import Actor

READ = "read"
FILL = "fill"  # write and submit: the reporter of the unit itself
REVIEW = "review"  # accept, send back, reopen: a reviewer above


def scope(actor: Actor, action: str) -> Q:
    match action:
        case "fill":
            return actor.reach("reporter").at("unit")
        case "review":
            return actor.reach("reviewer").below("unit")
        case "read":
            return actor.reach("reporter").at("unit") | actor.reach("reviewer", "reader", "keeper").within("unit")
    raise KeyError(action)
