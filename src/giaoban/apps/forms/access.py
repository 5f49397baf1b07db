"""What may be done to report forms, as WHERE clauses."""

from __future__ import annotations

from django.db.models import Q

from giaoban.base.access import Actor
from giaoban.base.access.actor import NOWHERE

READ = "read"  # see the form: everyone with an office, a form is no secret
DESIGN = "design"  # draft and publish versions: keepers of the unit that owns the form


def scope(actor: Actor, action: str) -> Q:
    match action:
        case "read":
            return Q() if actor.anywhere() else NOWHERE
        case "design":
            return actor.reach("keeper").within("owner")
    raise KeyError(action)
