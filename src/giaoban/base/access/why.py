"""Why may I see this? The offices through which an actor reaches a unit."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.base.access.actor import Actor


@dataclass(frozen=True)
class Reason:
    """One office: its role, the unit it is held at, and whether that is the unit asked about."""

    role: str
    unit_id: int
    is_here: bool


def why(actor: Actor, path: str) -> tuple[Reason, ...]:
    """Every office of the actor that reaches the unit at `path`, the nearest unit first; empty when none does."""
    held = [(role, place) for role, places in actor.places.items() for place in places]
    reaching = [(role, place) for role, place in held if path.startswith(place.path)]
    reaching.sort(key=lambda pair: (-len(pair[1].path), pair[0]))
    return tuple(Reason(role, place.unit_id, place.path == path) for role, place in reaching)
