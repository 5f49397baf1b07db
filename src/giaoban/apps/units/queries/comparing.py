"""Comparing across reorganisations: which earlier units a unit of a later day was made of."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from giaoban.apps.units import queries
from giaoban.apps.units.models import Placement, Succession
from giaoban.core.orgtree import lineage as lineages
from giaoban.core.orgtree.lineage import Lineage, Passage, Passing


def lineage(*, unit_id: int, before: date, after: date) -> Lineage:
    """What the unit of the tree of `after` was made of on the tree of `before`: the parts, and how exact they are.

    Its total of then is the sum of the parts' totals when exact, a sum of shares somebody stated when by share, and
    does not exist when not comparable: nothing is ever guessed. Raises core.orgtree.NotInTree for a unit without a
    place on `after`. Four queries, two more when trees must be built.
    """
    return lineages.lineage(
        unit=unit_id,
        before=queries.tree_on(before),
        after=queries.tree_on(after),
        passages=[*_succeeded(before, after), *_closed(before, after)],
    )


def _succeeded(before: date, after: date) -> list[Passage]:
    rows = Succession.objects.filter(day__gt=before, day__lte=after)
    return [
        Passage(predecessor, successor, day, Passing(kind), share)
        for predecessor, successor, day, kind, share in rows.values_list(
            "predecessor_id", "successor_id", "day", "kind", "share_ppm"
        )
    ]


def _closed(before: date, after: date) -> list[Passage]:
    """Units that ended without anybody succeeding them: what they were stays with whom they hung under."""
    goes_on = Placement.objects.filter(unit=OuterRef("unit"), from_day=OuterRef("until_day"))
    passed_on = Succession.objects.filter(predecessor=OuterRef("unit"), day=OuterRef("until_day")).exclude(
        kind=Succession.Kind.TRANSFER
    )
    ended = Placement.objects.filter(until_day__gt=before, until_day__lte=after, parent__isnull=False)
    rows = ended.exclude(Exists(goes_on)).exclude(Exists(passed_on))
    return [
        Passage(unit, parent, day, Passing.CLOSE)
        for unit, parent, day in rows.values_list("unit_id", "parent_id", "until_day")
        if day is not None
    ]
