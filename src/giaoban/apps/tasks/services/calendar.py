"""The calendar of work: enter, change, cancel; by hand, or in step with a row of a feature further up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from giaoban.apps.people.models import Account
from giaoban.apps.tasks.models import CalendarEvent, EventAttendee
from giaoban.apps.tasks.rules import fitting, fitting_reason, refuse, weekly
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import NotFound

_WORDS = ("title", "chair", "attends", "place", "prepares", "note")


@service
def enter_event(*, actor: Actor, event: weekly.PlannedEvent, at: datetime) -> CalendarEvent:
    """Put an entry on a unit's calendar; it may clash with others, which is told on the page and not refused.

    With an `origin` it is safe to call again: the entry that bears it is brought in step (and stands again if it was
    cancelled), and nothing is written where nothing differs. Whether the actor may is then the caller's to decide,
    since a secretary may call a briefing at a unit without an office there; by hand the unit's officers may.

    Raises weekly.NotAnEvent with a fault per box, or the one sentence of what is lacking, NotFound for a unit that is
    not the actor's.
    """
    planned = _whole(event)
    refuse(weekly.lacking(planned, on=at.date()), many=weekly.NotAnEvent)
    if not planned.origin:
        unit = Unit.objects.filter(actor.reach("reporter", "reviewer").at("")).one(planned.unit_id)
        return _entered(actor, unit, planned, at)
    kept = _of_origin(planned.origin)
    if kept is None:
        try:
            with transaction.atomic():
                return _entered(actor, Unit.objects.one(planned.unit_id), planned, at)
        except IntegrityError:  # another hand was faster with the same origin
            kept = _of_origin(planned.origin)
            if kept is None:
                raise
    return _changed(actor, kept, planned, at)


@service
def change_event(
    *,
    actor: Actor,
    event: weekly.PlannedEvent,
    at: datetime,
    event_id: int | None = None,
    revision: int | None = None,
) -> CalendarEvent | None:
    """Write an entry anew. By hand: `event_id` with the `revision` that was read; the entry stays with its unit.

    By `event.origin`, without `event_id`: as `enter_event`, but None when no entry bears the origin yet.

    Raises what `enter_event` raises; by hand also weekly.ChangedMeanwhile, CancelledAlready, KeptElsewhere.
    """
    if event_id is None:
        if _of_origin(event.origin) is None:
            return None
        return enter_event(actor=actor, event=event, at=at)
    kept = CalendarEvent.objects.held(actor, event_id, revision=revision)
    _check_by_hand(kept)
    planned = replace(_whole(event), unit_id=kept.unit_id, origin="")
    refuse(weekly.lacking(planned, on=at.date()), many=weekly.NotAnEvent)
    return _changed(actor, kept, planned, at)


@service
def cancel_event(
    *,
    actor: Actor,
    reason: str,
    at: datetime,
    event_id: int | None = None,
    revision: int | None = None,
    origin: str = "",
) -> CalendarEvent | None:
    """Say that an entry does not take place, and why; it stays on the calendar, struck through.

    By hand with `event_id`; by `origin` it may be called again, and is None when no entry bears the origin.

    Raises rules.NoReason, TooLong; by hand also weekly.ChangedMeanwhile, CancelledAlready, KeptElsewhere.
    """
    if event_id is None:
        kept = _of_origin(origin)
        if kept is None or kept.cancelled_at is not None:
            return kept
    else:
        kept = CalendarEvent.objects.held(actor, event_id, revision=revision)
        _check_by_hand(kept)
    words = fitting_reason(reason)
    kept.keep(at=at, by=actor.name, cancelled_at=at, reason=words)
    _tell(actor, kept, at, told="tasks.event_cancelled", reason=words)
    return kept


def _of_origin(origin: str) -> CalendarEvent | None:
    rows = CalendarEvent.objects.select_related("unit").locked()
    return rows.filter(origin=origin).first() if origin else None


def _check_by_hand(kept: CalendarEvent) -> None:
    if kept.origin:
        raise weekly.KeptElsewhere()
    if kept.cancelled_at is not None:
        raise weekly.CancelledAlready()


def _whole(event: weekly.PlannedEvent) -> weekly.PlannedEvent:
    """The words without blanks at their ends; words left empty are made from the accounts and units beside them."""
    words: dict[str, Any] = {name: " ".join(getattr(event, name).split()) for name in _WORDS}
    event = replace(event, **words)
    if event.chair_id and not event.chair:
        event = replace(event, chair=_person(event.chair_id))
    if event.preparing_unit_id and not event.prepares:
        event = replace(event, prepares=Unit.objects.one(event.preparing_unit_id).label)
    if (event.account_ids or event.unit_ids) and not event.attends:
        people = [_person(one) for one in event.account_ids]
        units = [one.label for one in Unit.objects.filter(pk__in=event.unit_ids).order_by("path")]
        event = replace(event, attends=fitting(", ".join([*people, *units])[: weekly.MAX_ATTENDS]))
    return event


def _person(account_id: int) -> str:
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound()
    return f"{account.name}, {account.post}" if account.post else account.name


def _columns(planned: weekly.PlannedEvent) -> dict[str, Any]:
    assert planned.day is not None  # what is lacking was refused before
    assert planned.hours is not None
    return {
        "day": planned.day,
        "session": planned.hours.session,
        "from_time": planned.hours.begins,
        "until_time": planned.hours.until,
        **{name: getattr(planned, name) for name in _WORDS},
        "chair_account_id": planned.chair_id,
        "preparing_unit_id": planned.preparing_unit_id,
    }


def _entered(actor: Actor, unit: Unit, planned: weekly.PlannedEvent, at: datetime) -> CalendarEvent:
    columns = _columns(planned)
    event = CalendarEvent(unit=unit, origin=planned.origin, by_name=actor.name, changed_at=at, **columns)
    event.save(force_insert=True)
    _call(event, planned)
    _tell(actor, event, at, told="tasks.event_entered", origin=event.origin)
    return event


def _changed(actor: Actor, kept: CalendarEvent, planned: weekly.PlannedEvent, at: datetime) -> CalendarEvent:
    columns = _columns(planned) | {"unit_id": planned.unit_id, "cancelled_at": None, "reason": ""}
    changes = {
        name: [str(old or ""), str(value or "")]
        for name, value in columns.items()
        if (old := getattr(kept, name)) != value
    }
    has_others = _call(kept, planned)
    if changes or has_others:
        kept.keep(at=at, by=actor.name, **columns)
        _tell(actor, kept, at, told="tasks.event_changed", changes=changes)
    return kept


def _call(event: CalendarEvent, planned: weekly.PlannedEvent) -> bool:
    """Bring those called to an event in step; whether anything differed."""
    wanted = {(one, None) for one in planned.account_ids} | {(None, one) for one in planned.unit_ids}
    there = {(one.account_id, one.unit_id): one.pk for one in event.attendees.all()}
    if gone := [pk for key, pk in there.items() if key not in wanted]:
        EventAttendee.objects.filter(pk__in=gone).delete()
    new = wanted - there.keys()
    EventAttendee.objects.bulk_create(
        [EventAttendee(event=event, account_id=account, unit_id=unit) for account, unit in sorted(new, key=str)]
    )
    return bool(gone or new)


def _tell(actor: Actor, event: CalendarEvent, at: datetime, *, told: str, **facts: Any) -> None:
    record(
        actor=actor,
        verb=told,
        on=event,
        at=at,
        place=Unit.objects.one(event.unit_id).path,
        title=event.title,
        day=event.day.isoformat(),
        **facts,
    )
