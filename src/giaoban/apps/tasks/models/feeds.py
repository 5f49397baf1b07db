"""Links by which calendar programs, which cannot sign in, read what one person may read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from giaoban.apps.people.models import Account
from giaoban.apps.units.models import Unit


class CalendarFeed(models.Model):
    """Đường dẫn lịch: a secret address at which one person's calendar program reads a unit's calendar, or their own.

    The address is `key` with a seal made with the installation's secret: a copy of the database opens no calendar.
    Taking the link back deletes the row; the ledger keeps that it was there.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", null=True)  # None: one's own calendar
    key = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "đường dẫn lịch"
        constraints = [
            models.UniqueConstraint("account", "unit", name="one_feed_per_person_and_unit"),
            models.UniqueConstraint("account", condition=Q(unit=None), name="one_feed_of_ones_own"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} / {self.unit_id}"
