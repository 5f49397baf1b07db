"""Reminding people of what is due, and how they want to be reminded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from giaoban.apps.people import services as people
from giaoban.apps.people.models import Account, Office
from giaoban.apps.tasks.models import Reminder, ReminderChoice
from giaoban.apps.tasks.rules import reminding
from giaoban.apps.tasks.services.feeds import _place
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.base.mail import sending
from giaoban.core.refusal import NotFound


@service
def remind(
    *, actor: Actor, account_id: int, rows: Sequence[reminding.Due], letter: reminding.Letter, at: datetime
) -> int:
    """Send one person the letter and note which marks it told, in one transaction; returns how many.

    A mark can be told once: a second hand that tells it at the same time fails as a whole and sends nothing.
    """
    account = Account.objects.filter(pk=account_id, is_active=True).exclude(email="").first()
    if account is None:
        raise NotFound()
    Reminder.objects.bulk_create([Reminder(account=account, task_id=row.task_id, mark=row.mark, at=at) for row in rows])
    sending.send(to=[account.email], subject=letter.subject, text=letter.text, at=at)
    office = Office.objects.on(at.date()).filter(account=account).select_related("unit").order_by("pk").first()
    place = office.unit.path if office else "/"
    record(actor=actor, verb="tasks.reminded", on=account, at=at, place=place, tasks=len(rows))
    return len(rows)


@service
def choose_letters(*, actor: Actor, email: str, wants_letters: bool, at: datetime) -> None:
    """Say where letters reach the actor, and whether reminders come by letter. Raises what people.give_email raises."""
    account = people.give_email(actor=actor, email=email, at=at)
    ReminderChoice.objects.update_or_create(account=account, defaults={"wants_letters": wants_letters})
    record(actor=actor, verb="tasks.letters_chosen", on=account, at=at, place=_place(actor, None), wants=wants_letters)
