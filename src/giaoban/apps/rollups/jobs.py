"""What rollups do at night: prove that the totals people saw are those of the reports."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from giaoban.apps.rollups import queries, rules, services
from giaoban.base.access import Actor
from giaoban.base.jobs import job, schedule


@schedule(daily_at="02:40")
@job(name="rollups.audit", label=_("Đối chiếu số tổng hợp với báo cáo"), timeout=timedelta(hours=4))
def audit(*, at: datetime, actor: Actor) -> None:
    """Hold every kept matrix of this host against its reports; what differs is told and built anew.

    Raises rules.TotalsInDoubt when anything was wrong.
    """
    doubted = []
    for round_ in queries.rounds_on_shelf():
        try:
            found = queries.audit(round_=round_)
            if found.is_sound:
                continue
            services.note_difference(actor=actor, round_=round_, found=found, at=at)
            queries.rebuild(round_)
        except rules.UnreadableReport as trouble:
            services.note_unreadable(actor=actor, round_=round_, trouble=trouble, at=at)
        doubted.append(f"{round_.form_version.form.code} {round_.period.code}")
    if doubted:
        raise rules.TotalsInDoubt(rounds=", ".join(doubted))
