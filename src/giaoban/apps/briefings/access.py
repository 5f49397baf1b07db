"""What may be done to briefings, as WHERE clauses.

Sites and named secretaries are rows of their own: each has its clause here, and the models join them to the briefing's.
"""

from __future__ import annotations

from django.db.models import Q

from giaoban.base.access import Actor

READ = "read"  # organisers and chair always; sites, and whoever looks down on the unit, once it was called
ORGANISE = "organise"  # prepare, call, write down, conclude: the unit's officers, and the secretaries named
CHAIR = "chair"  # lead the session: the chair named, or whoever organises
ATTEND = "attend"  # speak for a site: reply, ask to speak, answer
CALLED = ("called", "in_session", "adjourned", "closed")  # states in which sites know of it
OFFICERS = ("reporter", "reviewer")


def scope(actor: Actor, action: str) -> Q:
    """The clause on a briefing's own columns."""
    match action:
        case "organise":
            return actor.reach(*OFFICERS).at("unit")
        case "chair":
            return scope(actor, ORGANISE) | _is(actor, "chair")
        case "read":
            above = actor.reach("reader", "reviewer", "keeper").within("unit") & known()
            return scope(actor, CHAIR) | above
        case "attend":
            return Q(pk__in=())
    raise KeyError(action)


def known(of: str = "") -> Q:
    """Briefings that others than their organisers know of: once called, also when cancelled afterwards."""
    was_called = Q(**{f"{of}state": "cancelled", f"{of}called_at__isnull": False})
    return Q(**{f"{of}state__in": CALLED}) | was_called


def as_secretary(actor: Actor, action: str) -> Q | None:
    """The clause on the rows of named secretaries that lets an actor do the same; None where they may not."""
    return _is(actor, "account") if action in (READ, ORGANISE, CHAIR) else None


def at_site(actor: Actor, action: str) -> Q | None:
    """The clause on a briefing's sites that lets an actor do the same; None where they may not."""
    match action:
        case "read":
            return actor.reach(*OFFICERS, "reader").at("unit") & known("briefing__")
        case "attend":
            return actor.reach(*OFFICERS).at("unit") & Q(briefing__state__in=CALLED)
    return None


def scope_of_series(actor: Actor, action: str) -> Q:
    """A series is kept by the unit's officers, and seen by whoever looks down on the unit."""
    match action:
        case "organise":
            return actor.reach(*OFFICERS).at("unit")
        case "read":
            return actor.reach(*OFFICERS).at("unit") | actor.reach("reader", "reviewer", "keeper").within("unit")
    raise KeyError(action)


def _is(actor: Actor, column: str) -> Q:
    """Rows whose account the actor is."""
    return Q(**{column: actor.id}) if actor.kind == "person" else Q(pk__in=())
