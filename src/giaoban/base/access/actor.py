"""Actor: who acts, frozen, built once per request; role -> the places it reaches on that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Literal

from django.db.models import Q

from giaoban.base.databases import prefix_end

NOWHERE = Q(pk__in=())


@dataclass(frozen=True)
class Place:
    """One unit an office is held at, with its path in the current tree."""

    unit_id: int
    path: str


@dataclass(frozen=True)
class Reach:
    """The places one role reaches; each method turns them into a WHERE clause on the named relation to a unit."""

    places: tuple[Place, ...]

    def __bool__(self) -> bool:
        return bool(self.places)

    def at(self, unit: str) -> Q:
        """Rows of exactly these units."""
        return Q(**{f"{unit}__in" if unit else "pk__in": [place.unit_id for place in self.places]})

    def within(self, unit: str) -> Q:
        """Rows of these units and of everything below them."""
        column = f"{unit}__path" if unit else "path"
        return self.paths(column)

    def below(self, unit: str) -> Q:
        """Rows of everything strictly below these units."""
        return self.within(unit) & ~self.at(unit) if self.places else NOWHERE

    def paths(self, column: str) -> Q:
        """Rows whose path column lies within these places."""
        clauses = [
            Q(**{f"{column}__gte": place.path, f"{column}__lt": prefix_end(place.path)}) for place in self.places
        ]
        return reduce(or_, clauses) if clauses else NOWHERE

    def covers(self, path: str) -> bool:
        """Whether a unit at `path` is one of these places or below one."""
        return any(path.startswith(place.path) for place in self.places)


@dataclass(frozen=True)
class Actor:
    """A person, an access token or a scheduled job, on one day. `key` is what the ledger writes down."""

    kind: Literal["person", "token", "job"]
    id: int
    name: str
    day: date
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"

    def reach(self, *roles: str) -> Reach:
        """The places these roles reach together, each once, widest first."""
        found = {place for role in roles for place in self.places.get(role, ())}
        return Reach(tuple(sorted(found, key=lambda place: (len(place.path), place.path))))

    def anywhere(self) -> Reach:
        """Every place this actor holds any office at."""
        return self.reach(*self.places)
