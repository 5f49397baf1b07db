"""What may be done to tasks, as WHERE clauses.

A coordinating unit is told by rows of their own: `helping` is the clause on these, and the models join the two.
"""

from __future__ import annotations

from django.db.models import Q

from giaoban.base.access import Actor

READ = "read"  # the lead, the coordinating and the assigning unit, and whoever looks down on one of them
WORK = "work"  # take, hand in, ask for time, break down: the lead unit's reporter, or the officer named
NOTE = "note"  # tell progress: whoever works on it, and the coordinating units
SPLIT = "split"  # give parts of it to units below the lead: whoever works on it or decides on it
DECIDE = "decide"  # accept, return, extend, withdraw, amend: a reviewer at or above the assigning unit
CARRY = "carry"  # hand it on with a unit that has ended, and back: who keeps the tree at one of its units
READ_EVENT = "read_event"  # the unit's officers and whoever looks down on it; and who is named in it
WRITE_EVENT = "write_event"  # enter, change, cancel: the unit's officers
OFFICERS = ("reporter", "reviewer")
ABOVE = ("reviewer", "reader", "keeper")


def scope(actor: Actor, action: str) -> Q:
    match action:
        case "work":
            return actor.reach("reporter").at("lead_unit") | _as_officer(actor)
        case "decide":
            return actor.reach("reviewer").within("assigning_unit")
        case "note":
            return scope(actor, WORK)
        case "split":
            return scope(actor, WORK) | scope(actor, DECIDE)
        case "carry":
            return actor.reach("keeper").within("lead_unit")
        case "read":
            return scope(actor, WORK) | seen(actor, "lead_unit") | seen(actor, "assigning_unit")
    raise KeyError(action)


def helping(actor: Actor, action: str) -> Q | None:
    """The clause on a task's coordinating units that lets an actor do the same; None where they may not."""
    match action:
        case "note":
            return actor.reach("reporter").at("unit")
        case "carry":
            return actor.reach("keeper").within("unit")
        case "read":
            return seen(actor, "unit")
    return None


def seen(actor: Actor, unit: str) -> Q:
    """The unit's own reporter, and whoever looks down on it."""
    return actor.reach("reporter").at(unit) | actor.reach(*ABOVE).within(unit)


def _as_officer(actor: Actor) -> Q:
    """The officer named, for as long as an office is held at the lead unit."""
    if actor.kind != "person":
        return Q(pk__in=())
    return Q(officer=actor.id) & actor.anywhere().at("lead_unit")


def event_scope(actor: Actor, action: str) -> Q:
    """The clause on the columns of an event of the calendar."""
    match action:
        case "write_event":
            return actor.reach(*OFFICERS).at("unit")
        case "read_event":
            return seen(actor, "unit") | seen(actor, "preparing_unit") | _is_named(actor, "chair_account")
    raise KeyError(action)


def invited(actor: Actor, action: str) -> Q | None:
    """The clause on those called to an event that lets an actor do the same; None where they may not."""
    if action == READ_EVENT:
        return seen(actor, "unit") | _is_named(actor, "account")
    return None


def _is_named(actor: Actor, column: str) -> Q:
    """The person named, for as long as any office is held."""
    if actor.kind != "person" or not actor.anywhere():
        return Q(pk__in=())
    return Q(**{column: actor.id})
