"""What may be done to reports in prose, as WHERE clauses."""

from __future__ import annotations

from django.db.models import Q

from giaoban.base.access import Actor

READ = "read"
APPLY = "apply"  # decide on proposals: whoever may fill the report


def scope(actor: Actor, action: str) -> Q:
    match action:
        case "apply":
            return actor.reach("reporter").at("report__unit")
        case "read":
            return actor.reach("reporter").at("report__unit") | actor.reach("reviewer", "reader", "keeper").within(
                "report__unit"
            )
    raise KeyError(action)
