"""Entries of the calendar as rows, with what they clash with; and whom the words of a box mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext

from giaoban.apps.people.models import Office
from giaoban.apps.tasks import access
from giaoban.apps.tasks.models import CalendarEvent, CalendarEventQuerySet, EventAttendee
from giaoban.apps.tasks.rules import weekly
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor, Place, Reach
from giaoban.core.text_vi.folding import fold

MOST_EVENTS = 400  # of one calendar and week: far beyond what an office does
_WHY = dict(weekly.CLASH_LABELS)


@dataclass(frozen=True)
class ClashRow:
    """What an entry clashes with, and in what."""

    why: str
    title: str
    hours: str


@dataclass(frozen=True)
class EventRow:
    """One entry as the calendar writes it; no hours where it takes the whole of its part of the day.

    `of_unit` is whose calendar it stands on, when that is another's.
    """

    event_id: int
    day: date
    hours: str
    half: str
    title: str
    chair: str
    attends: str
    place: str
    prepares: str
    note: str
    of_unit: str
    is_cancelled: bool
    reason: str
    may_change: bool
    clashes: Sequence[ClashRow]


def event_rows(
    events: CalendarEventQuerySet, *, actor: Actor, first: date, until: date, unit_id: int | None
) -> Sequence[EventRow]:
    """The entries of [first, until) in the order of time, with their clashes. Four queries at any number.

    Clashes are told against everything the actor may read in these days: of other people's meetings nothing leaks.
    """
    found = list(events.between(first, until).select_related("unit").order_by("day", "from_time", "pk")[:MOST_EVENTS])
    people = {one.chair_account_id for one in found if one.chair_account_id}
    called = EventAttendee.objects.filter(event__in=[one.pk for one in found]).values_list("account_id", flat=True)
    people |= {one for one in called if one}
    beside = CalendarEvent.objects.allowed(actor, access.READ_EVENT).standing().between(first, until)
    units = {one.unit_id for one in found}
    named = beside.naming(sorted(people), []) | beside.filter(unit__in=units)
    others = {one.pk: one for one in named.select_related("unit").distinct()[: 3 * MOST_EVENTS]} if found else {}
    held = occupied([*others.values()])
    known = {one.pk: one for one in found} | others
    mine = {place.unit_id for place in actor.reach(*access.OFFICERS).places}
    ordered = sorted(found, key=lambda one: (one.day, one.hours.order, one.pk))
    return [_row(one, known, held, mine=mine, unit_id=unit_id) for one in ordered]


def _row(
    event: CalendarEvent,
    known: Mapping[int, CalendarEvent],
    held: Mapping[int, weekly.Occupied],
    *,
    mine: set[int],
    unit_id: int | None,
) -> EventRow:
    stands = event.cancelled_at is None
    found = weekly.clashes(held[event.pk], held.values()) if stands and event.pk in held else ()
    return EventRow(
        event_id=event.pk,
        day=event.day,
        hours=event.hours.label() if event.hours.begins else "",
        half=event.hours.half,
        title=event.title,
        chair=event.chair,
        attends=event.attends,
        place=event.place,
        prepares=event.prepares,
        note=event.note,
        of_unit=event.unit.label if event.unit_id != unit_id else "",
        is_cancelled=not stands,
        reason=event.reason,
        may_change=event.unit_id in mine and stands and not event.origin,
        clashes=[_clash(one, known[one.with_id]) for one in found],
    )


def _clash(clash: weekly.Clash, other: CalendarEvent) -> ClashRow:
    return ClashRow(gettext(_WHY[clash.kind]), other.title, other.hours.label())


def occupied(events: Sequence[CalendarEvent]) -> dict[int, weekly.Occupied]:
    """What each event keeps from others. One query."""
    called: defaultdict[int, set[str]] = defaultdict(set)
    rows = EventAttendee.objects.filter(event__in=[one.pk for one in events], account__isnull=False)
    for event_id, account_id in rows.values_list("event_id", "account_id"):
        called[event_id].add(str(account_id))
    found = {}
    for one in events:
        chair = str(one.chair_account_id) if one.chair_account_id else _key(one.unit_id, one.chair)
        people = called[one.pk] | ({chair} if chair else set())
        room = _key(one.unit_id, one.place)
        found[one.pk] = weekly.Occupied(one.pk, one.day, one.hours.minutes, chair, frozenset(people), room)
    return found


def _key(unit_id: int, words: str) -> str:
    """Words that mean the same within one unit's calendar; empty for none."""
    return f"{unit_id}/{' '.join(fold(words).split())}" if words else ""


def clashes_of(*, actor: Actor, event_id: int) -> Sequence[ClashRow]:
    """What an entry the actor has just written clashes with. Five queries."""
    event = CalendarEvent.objects.allowed(actor, access.READ_EVENT).one(event_id)
    whole = CalendarEvent.objects.allowed(actor, access.READ_EVENT).filter(pk=event.pk)
    until = date.fromordinal(event.day.toordinal() + 1)
    rows = event_rows(whole, actor=actor, first=event.day, until=until, unit_id=event.unit_id)
    return rows[0].clashes if rows else ()


@dataclass(frozen=True)
class Meant:
    """Folded words -> the one account or unit they mean."""

    accounts: Mapping[str, int]
    units: Mapping[str, int]


def meant(words: Iterable[str], *, unit_id: int, on: date) -> Meant:
    """Whom these words mean: officers and units at or below a unit, by their exact name. Three queries.

    Two people or two units of one name mean nobody: better no link than a wrong one.
    """
    names = sorted({word for word in words if word})
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or ""
    here = Reach((Place(unit_id, path),)) if path else Reach(())
    held = Office.objects.on(on).filter(here.within("unit"), account__name__in=names, account__is_active=True)
    accounts = _single((fold(name), pk) for name, pk in held.values_list("account__name", "account_id"))
    folded = [fold(name) for name in names]
    wanted = Q(folded_name__in=folded) | Q(short_name__in=names) | Q(code__in=names)
    units = _single(
        (fold(word), pk)
        for pk, *known in Unit.objects.filter(here.within(""))
        .filter(wanted)
        .values_list("pk", "name", "short_name", "code")
        for word in known
        if word
    )
    return Meant(accounts, units)


def _single(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word, pk in pairs:
        found[word].add(pk)
    return {word: next(iter(pks)) for word, pks in found.items() if len(pks) == 1}
