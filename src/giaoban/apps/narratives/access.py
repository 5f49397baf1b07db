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


DECIDE = "decide"  # receive an instruction, keep, correct or dismiss its drafts: the officers of the unit itself


def scope_of_papers(actor: Actor, action: str) -> Q:
    """A paper is there for whoever may read a text that cites it."""
    return _reading(actor, action, "mentions__narrative__report__unit")


def scope_of_mentions(actor: Actor, action: str) -> Q:
    return _reading(actor, action, "narrative__report__unit")


def _reading(actor: Actor, action: str, unit: str) -> Q:
    if action != READ:
        raise KeyError(action)
    return actor.reach("reporter").at(unit) | actor.reach("reviewer", "reader", "keeper").within(unit)


def scope_of_instructions(actor: Actor, action: str) -> Q:
    return _deciding(actor, action, "unit")


def scope_of_drafts(actor: Actor, action: str) -> Q:
    return _deciding(actor, action, "instruction__unit")


def _deciding(actor: Actor, action: str, unit: str) -> Q:
    match action:
        case "decide":
            return actor.reach("reporter", "reviewer").at(unit)
        case "read":
            return _reading(actor, action, unit)
    raise KeyError(action)
