"""What may be done to offices, as WHERE clauses."""

from __future__ import annotations

from django.db.models import Q

from giaoban.apps.units.models import Unit, yet_to_begin
from giaoban.base.access import Actor

READ = "read"  # see who holds it: everyone who sees the unit
KEEP = "keep"  # give and end it: keepers of the unit or of one above, also before the unit begins


def scope(actor: Actor, action: str) -> Q:
    match action:
        case "read":
            return actor.anywhere().within("unit")
        case "keep":
            return actor.reach("keeper").within("unit") | Q(unit__in=Unit.objects.filter(yet_to_begin(actor)))
    raise KeyError(action)
