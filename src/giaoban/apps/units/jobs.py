"""What units do by themselves: follow the calendar."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from giaoban.apps.units.services import reorganising
from giaoban.base.access import Actor
from giaoban.base.jobs import job, schedule


@schedule(daily_at="00:00")
@job(name="units.follow_day", label=_("Đưa cây tổ chức sang ngày mới"), roles=("keeper",))
def follow_day(*, at: datetime, actor: Actor) -> None:
    """Bring names and paths to the tree of the new day; doing it again changes nothing."""
    reorganising.follow_day(actor=actor, today=timezone.localdate(at), at=at)
