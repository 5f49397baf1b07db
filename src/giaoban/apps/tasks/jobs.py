"""What tasks do by themselves: a letter each morning with what has come due, and following units that end."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from giaoban.apps.tasks import papers, queries, services
from giaoban.base.access import Actor
from giaoban.base.jobs import follows, job, schedule
from giaoban.base.jobs.following import Told
from giaoban.base.jobs.running import Run


@schedule(daily_at="07:00")
@job(name="tasks.remind", label=_("Nhắc việc đến hạn"))
def remind(*, at: datetime, actor: Actor) -> None:
    """Send what no letter has told yet; a person at a time, so that a second run goes on where the first broke off.

    Where no letter can leave nothing is told: the marks wait until one can.
    """
    if settings.MAIL_TROUBLE or settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        return
    with translation.override(settings.LANGUAGE_CODE):
        for one in queries.letters_due(on=at.date()):
            letter = papers.reminder_letter(name=one.name, rows=one.rows, on=at.date())
            services.remind(actor=actor, account_id=one.account_id, rows=one.rows, letter=letter, at=at)


@follows("units.plan_enforced")
@job(name="tasks.carry_over", label=_("Chuyển nhiệm vụ của đơn vị kết thúc"), roles=("keeper",))
def carry_over(*, entries: tuple[Told, ...], at: datetime, actor: Actor, run: Run) -> None:
    """Hand the tasks of units that ended by a plan to whoever took these over; each plan in the order they came."""
    with run.once():
        for told in entries:
            services.carry_over(actor=actor, plan_id=told.subject_id, at=at)
