"""What reports do because something else was done."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from giaoban.apps.reports import services
from giaoban.apps.units.queries import committed
from giaoban.apps.units.rules.plans import OpenReports
from giaoban.base.access import Actor
from giaoban.base.jobs import follows, job
from giaoban.base.jobs.following import Told
from giaoban.base.jobs.running import Run


@follows("units.plan_enforced")
@job(name="reports.settle", label=_("Chốt báo cáo của đơn vị kết thúc"), roles=("reviewer",))
def settle(*, entries: tuple[Told, ...], at: datetime, actor: Actor, run: Run) -> None:
    """Receive what units have handed in that end by a plan which says so; where it is carried on nothing is done."""
    ends = [end for told in entries for end in committed.endings(plan_id=told.subject_id)]
    with run.once():
        for end in ends:
            if end.reports == OpenReports.FINAL:
                services.settle(actor=actor, unit_id=end.unit_id, until_day=end.day, at=at)
