"""What units are called, now and on a day that is past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, OuterRef, Subquery
from django.db.models.expressions import Combinable

from giaoban.apps.units.models import FormerName, Unit


@dataclass(frozen=True)
class UnitName:
    """A unit as pages write it. `now` is what it is called today, where the name is that of a day before."""

    id: int
    code: str
    name: str
    label: str
    phone: str
    is_made_up: bool
    is_gone: bool = False  # told by a search alone: it has no place in the tree of the reader's day
    now: str = ""


def names(unit_ids: Iterable[int], *, on: date | None = None) -> dict[int, UnitName]:
    """Names of units by id: those they bear, or those they bore on a day. One query."""
    rows = Unit.objects.filter(pk__in=list(unit_ids))
    columns = ["id", "code", "name", "short_name", "phone", "is_made_up"]
    if on is None:
        return {row[0]: _named(*row) for row in rows.values_list(*columns)}
    then = rows.annotate(**former(unit="pk", day=on)).values_list(*columns, "former_name", "former_short")
    return {row[0]: _named(*row) for row in then}


def _named(
    pk: int,
    code: str,
    name: str,
    short: str,
    phone: str,
    is_made_up: bool,  # noqa: FBT001 - a row of the table
    *former_names: str | None,
) -> UnitName:
    then = Bore(name, short, *former_names)
    return UnitName(pk, code, then.name, then.label, phone, is_made_up, now=then.now)


def former(*, unit: str, day: date | str) -> dict[str, Combinable]:
    """Two columns for a query, `former_name` and `former_short`: what a unit bore on a day, where it was later renamed.

    `unit` is the column with the unit's number; `day` is a day, or the column that holds it.
    """
    until = OuterRef(day) if isinstance(day, str) else day
    later = FormerName.objects.filter(unit=OuterRef(unit), until_day__gt=until).order_by("until_day")
    return {
        "former_name": Subquery(later.values("name")[:1]),
        "former_short": Subquery(later.values("short_name")[:1]),
    }


def bore(row: Model) -> Bore:
    """The name the unit of a row bore, out of a query with the columns of `former`, whatever the rows are."""
    unit: Unit = row.unit  # type: ignore[attr-defined]  # the models that have a unit share no class
    return Bore(unit.name, unit.short_name, row.former_name, row.former_short)  # type: ignore[attr-defined]  # as above


@dataclass(frozen=True)
class Bore:
    """A unit's name on a day, out of its names of today and those of then, None where it had no other.

    >>> Bore("Đảng bộ phường Láng", "Láng", "Đảng bộ quận Đống Đa", "Đống Đa").label
    'Đống Đa'
    >>> Bore("Đảng bộ quận Đống Đa", "").label, Bore("Đảng bộ quận Đống Đa", "").now
    ('Đảng bộ quận Đống Đa', '')
    """

    today: str
    short_today: str
    then: str | None = None
    short_then: str | None = None

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.then or self.today

    @property
    def label(self) -> str:
        """The name for tight places."""
        return (self.short_then if self.then else self.short_today) or self.name

    @property
    def now(self) -> str:
        """Today's name where it is another."""
        return self.today if self.name != self.today else ""
