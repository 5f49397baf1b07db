"""Jobs on schedule: each moment of a rhythm is handed out once, however many workers look; missed ones count as one."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from giaoban.base.jobs import declaring
from giaoban.base.jobs.models import Job, Schedule


def zone() -> ZoneInfo:
    """The time zone of the installation."""
    return ZoneInfo(settings.TIME_ZONE)


def key_of(name: str) -> str:
    return f"schedule:{name}"


def hand_out(*, at: datetime) -> None:
    """Make a job for each schedule whose moment has come. While an earlier one is unfinished the moment waits."""
    known = dict(Schedule.objects.values_list("name", "last_due"))
    for name, rhythm in declaring.SCHEDULES.items():
        due = rhythm.last(at, zone())
        if name not in known:
            Schedule.objects.bulk_create([Schedule(name=name, last_due=due)], ignore_conflicts=True)
        elif known[name] < due:
            _ask(name, due=due, at=at)


def _ask(name: str, *, due: datetime, at: datetime) -> None:
    with transaction.atomic():
        row = Schedule.objects.select_for_update().filter(name=name, last_due__lt=due).first()
        if row is None or Job.objects.unfinished().filter(key=key_of(name)).exists():
            return
        row.last_due = due
        row.save(update_fields=["last_due"])
        Job.objects.create(name=name, key=key_of(name), asked_at=at, run_at=due)
