"""Links for calendar programs: make one, and take it back."""

from __future__ import annotations

import secrets
from datetime import datetime

from giaoban.apps.people.models import Account
from giaoban.apps.tasks.models import CalendarFeed
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import NotFound

_KEY_BYTES = 16


@service
def make_feed(*, actor: Actor, unit: Unit | None, at: datetime) -> CalendarFeed:
    """Make the actor's link to a unit's calendar, or to their own; one that was there before opens nothing any more.

    Raises NotFound for whoever is no person, and for a unit that is not theirs to see.
    """
    account = _person(actor)
    if unit is not None and not actor.anywhere().covers(unit.path):
        raise NotFound()
    feed, _ = CalendarFeed.objects.update_or_create(
        account=account, unit=unit, defaults={"key": secrets.token_urlsafe(_KEY_BYTES), "made_at": at}
    )
    record(
        actor=actor, verb="tasks.feed_made", on=feed, at=at, place=_place(actor, unit), unit=unit.code if unit else ""
    )
    return feed


@service
def revoke_feed(*, actor: Actor, feed_id: int, at: datetime) -> None:
    """Take a link of the actor's back. Raises NotFound for anybody else's."""
    account = _person(actor)
    feed = CalendarFeed.objects.select_related("unit").filter(account=account, pk=feed_id).first()
    if feed is None:
        raise NotFound()
    record(actor=actor, verb="tasks.feed_revoked", on=feed, at=at, place=_place(actor, feed.unit))
    feed.delete()


def _person(actor: Actor) -> Account:
    account = Account.objects.filter(pk=actor.id).first() if actor.kind == "person" else None
    if account is None:
        raise NotFound()
    return account


def _place(actor: Actor, unit: Unit | None) -> str:
    if unit is not None:
        return unit.path
    places = actor.anywhere().places
    return places[0].path if places else "/"
