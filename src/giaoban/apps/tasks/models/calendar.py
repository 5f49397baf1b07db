"""The calendar of work: what a unit does on which day, who chairs and attends it, and the links it is read by."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from giaoban.apps.people.models import Account
from giaoban.apps.tasks import access
from giaoban.apps.tasks.rules import assignment, life, weekly
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor, AllowedQuerySet


def _scope(actor: Actor, action: str) -> Q:
    """The clause on the event itself, and what is named in an event reads it too."""
    clause = access.event_scope(actor, action)
    invited = access.invited(actor, action)
    if invited is None:
        return clause
    return clause | Q(pk__in=EventAttendee.objects.filter(invited).values("event"))


class CalendarEventQuerySet(AllowedQuerySet["CalendarEvent"]):
    scope = staticmethod(_scope)

    def held(self, actor: Actor, pk: int, *, revision: int | None) -> CalendarEvent:
        """The event the actor may change, held until commit. Raises NotFound, weekly.ChangedMeanwhile."""
        event = self.select_related("unit").allowed(actor, access.WRITE_EVENT).locked().one(pk)
        if revision is not None and revision != event.revision:
            raise weekly.ChangedMeanwhile()
        return event

    def between(self, first: date, until: date) -> CalendarEventQuerySet:
        """Events of the days [first, until)."""
        return self.filter(day__gte=first, day__lt=until)

    def standing(self) -> CalendarEventQuerySet:
        """Events that take place, as far as is known."""
        return self.filter(cancelled_at=None)

    def on_calendar_of(self, unit_id: int) -> CalendarEventQuerySet:
        """What the unit itself has entered, and what it is called to, or prepares, for others."""
        called = EventAttendee.objects.filter(unit=unit_id).values("event")
        for_others = Q(pk__in=called) | Q(preparing_unit=unit_id)
        return self.filter(Q(unit=unit_id) | for_others & Q(cancelled_at=None))

    def naming(self, account_ids: list[int], unit_ids: list[int]) -> CalendarEventQuerySet:
        """Events one of these people chairs or attends, or one of these units is called to or prepares."""
        called = EventAttendee.objects.filter(Q(account__in=account_ids) | Q(unit__in=unit_ids))
        named = Q(chair_account__in=account_ids) | Q(preparing_unit__in=unit_ids)
        return self.filter(named | Q(pk__in=called.values("event")))


class CalendarEvent(models.Model):
    """Mục lịch công tác: one thing on a unit's calendar: when, what, who chairs and attends, where, who prepares.

    Words stand as the office wrote them; the accounts and units among them that are known stand beside them.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="calendar")
    day = models.DateField()
    session = models.CharField(max_length=10, choices=weekly.Session, default=weekly.Session.HOURS)
    from_time = models.TimeField(null=True)  # of a session by the hour, in the installation's zone
    until_time = models.TimeField(null=True)
    title = models.CharField(max_length=assignment.MAX_TITLE)
    chair = models.CharField(max_length=weekly.MAX_CHAIR, blank=True)
    chair_account = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    attends = models.CharField(max_length=weekly.MAX_ATTENDS, blank=True)
    place = models.CharField(max_length=weekly.MAX_PLACE, blank=True)
    prepares = models.CharField(max_length=weekly.MAX_PREPARES, blank=True)
    preparing_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    note = models.CharField(max_length=weekly.MAX_NOTE, blank=True)
    origin = models.CharField(max_length=assignment.MAX_ORIGIN, blank=True)  # «briefings.briefing:7», used once
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=life.MAX_REASON, blank=True)  # why it was cancelled
    by_name = models.CharField(max_length=200)  # who wrote it last
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)  # optimistic lock; a calendar program reads it as the sequence

    objects = CalendarEventQuerySet.as_manager()

    class Meta:
        verbose_name = "mục lịch công tác"
        constraints = [
            models.UniqueConstraint("origin", condition=~Q(origin=""), name="one_event_per_origin"),
            models.CheckConstraint(
                condition=~Q(session="hours") | Q(from_time__isnull=False), name="an_event_by_the_hour_has_one"
            ),
        ]
        indexes = [models.Index(fields=["unit", "day"], name="event_unit_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def hours(self) -> weekly.Hours:
        return weekly.Hours(self.session, self.from_time, self.until_time)

    def keep(self, *, at: datetime, by: str, **columns: Any) -> None:
        """Write these columns as one more revision."""
        for name, value in columns.items():
            setattr(self, name, value)
        self.changed_at, self.by_name, self.revision = at, by, self.revision + 1
        self.save(update_fields=[*columns, "changed_at", "by_name", "revision"])


class EventAttendee(models.Model):
    """Thành phần dự: a person or a unit that is called to an event."""

    event = models.ForeignKey(CalendarEvent, models.CASCADE, related_name="attendees")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "thành phần dự"
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=True, unit__isnull=False) | Q(account__isnull=False, unit__isnull=True),
                name="a_person_or_a_unit_attends",
            ),
            models.UniqueConstraint("event", "account", name="one_call_per_event_and_person"),
            models.UniqueConstraint("event", "unit", name="one_call_per_event_and_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} / {self.account_id or self.unit_id}"
