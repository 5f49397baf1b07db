"""What a calendar program is told: the entries and deadlines of one person or unit, as far as the link's owner may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from giaoban.apps.people import queries as people
from giaoban.apps.tasks.models import CalendarFeed
from giaoban.apps.tasks.queries.week import due_of, events_of
from giaoban.apps.tasks.rules import weekly
from giaoban.base.access import Actor
from giaoban.core.refusal import NotFound

BEFORE, AFTER = timedelta(days=60), timedelta(days=366)  # how far a feed reaches back and forth
MOST = 1_000  # entries, and as many deadlines
_SIGNER = Signer(salt="tasks.feed", sep=".")


@dataclass(frozen=True)
class FeedLink:
    """A link as its owner sees it. `token` is the secret part of its address."""

    feed_id: int
    token: str
    made_at: datetime


def feed_link(*, actor: Actor, unit_id: int | None) -> FeedLink | None:
    """The actor's own link to a unit's calendar, or to their own; None when there is none. One query."""
    if actor.kind != "person":
        return None
    feed = CalendarFeed.objects.filter(account=actor.id, unit=unit_id).first()
    return FeedLink(feed.pk, _SIGNER.sign(feed.key), feed.made_at) if feed else None


@dataclass(frozen=True)
class FedEvent:
    """An entry as a feed needs it."""

    event_id: int
    day: date
    hours: weekly.Hours
    title: str
    chair: str
    attends: str
    place: str
    prepares: str
    note: str
    unit: str
    unit_code: str
    reason: str
    is_cancelled: bool
    changed_at: datetime
    revision: int


@dataclass(frozen=True)
class FedTask:
    """A deadline as a feed needs it."""

    task_id: int
    title: str
    due_day: date
    lead: str
    officer: str
    product: str
    changed_at: datetime
    revision: int


@dataclass(frozen=True)
class Feed:
    """All that stands behind one link today."""

    name: str
    events: Sequence[FedEvent]
    tasks: Sequence[FedTask]


def feed(*, token: str, on: date) -> Feed:
    """What the owner of the link may read today, 60 days back and a year ahead. Five queries.

    Raises NotFound for a link that was never made or was taken back, and when its owner's account is closed. An owner
    who lost the office that let them read it gets an empty calendar.
    """
    try:
        key = _SIGNER.unsign(token)
    except BadSignature as wrong:
        raise NotFound() from wrong
    link = CalendarFeed.objects.select_related("account", "unit").filter(key=key, account__is_active=True).first()
    if link is None:
        raise NotFound()
    actor = people.actor_of(link.account, on)
    return Feed(
        name=link.unit.name if link.unit else link.account.name,
        events=_events(actor, link.unit_id, on),
        tasks=_tasks(actor, link.unit_id, on),
    )


def _events(actor: Actor, unit_id: int | None, on: date) -> Sequence[FedEvent]:
    found = events_of(actor, unit_id).between(on - BEFORE, on + AFTER).select_related("unit").order_by("day", "pk")
    return [
        FedEvent(
            event_id=one.pk,
            day=one.day,
            hours=one.hours,
            title=one.title,
            chair=one.chair,
            attends=one.attends,
            place=one.place,
            prepares=one.prepares,
            note=one.note,
            unit=one.unit.label,
            unit_code=one.unit.code,
            reason=one.reason,
            is_cancelled=one.cancelled_at is not None,
            changed_at=timezone.localtime(one.changed_at),
            revision=one.revision,
        )
        for one in found[:MOST]
    ]


def _tasks(actor: Actor, unit_id: int | None, on: date) -> Sequence[FedTask]:
    found = due_of(actor, unit_id).filter(due_day__gte=on - BEFORE, due_day__lt=on + AFTER).select_related("lead_unit")
    return [
        FedTask(
            task_id=one.pk,
            title=one.title,
            due_day=one.due_day,
            lead=one.lead_unit.label,
            officer=one.officer_name,
            product=one.product,
            changed_at=timezone.localtime(one.moved_at),
            revision=one.revision,
        )
        for one in found.order_by("due_day", "pk")[:MOST]
    ]
