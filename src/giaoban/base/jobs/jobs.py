"""Jobs about jobs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from giaoban.base.jobs import job, schedule
from giaoban.base.jobs.models import Job
from giaoban.base.jobs.rules import State

KEPT = timedelta(days=30)


@schedule(daily_at="03:10")
@job(name="jobs.tidy", label=_("Dọn việc nền đã xong"))
def tidy(*, at: datetime) -> None:
    """Forget jobs that ended a month ago; those that failed stay until somebody decides."""
    Job.objects.filter(state__in=(State.DONE, State.DISMISSED), finished_at__lt=at - KEPT).delete()
