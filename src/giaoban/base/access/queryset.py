"""AllowedQuerySet: `allowed(actor, action)` is the only way in, for the list and for the single row."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from giaoban.base.access.actor import NOWHERE, Actor
from giaoban.core.refusal import NotFound

Row = TypeVar("Row", bound=Model)


class AllowedQuerySet(QuerySet[Row]):
    """A queryset that knows its feature's `scope(actor, action) -> Q`."""

    @staticmethod
    def scope(actor: Actor, action: str) -> Q:
        """The WHERE clause of an action; a feature that says nothing shows nothing."""
        return NOWHERE

    def allowed(self, actor: Actor, action: str) -> Self:
        """Rows on which `actor` may do `action`; anything else does not exist for them."""
        return self.filter(type(self).scope(actor, action))

    def locked(self) -> Self:
        """Held until commit, so that what was decided stays true while it is written."""
        return self.select_for_update(of=("self",))

    def one(self, pk: int | None = None, **lookup: Any) -> Row:
        """The single row. Raises NotFound both when it is not there and when it is not yours."""
        if pk is not None:
            lookup["pk"] = pk
        row = next(iter(self.filter(**lookup).order_by()), None)  # one at most: nothing to be sorted
        if row is None:
            raise NotFound()
        return row
