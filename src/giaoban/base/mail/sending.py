"""send(): a letter, asked for within a service and sent after its commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from giaoban.base.access import Actor
from giaoban.base.jobs import enqueue
from giaoban.base.mail import rules
from giaoban.base.mail.jobs import deliver


def send(
    *, to: Sequence[str], subject: str, text: str, at: datetime, html: str | None = None, actor: Actor | None = None
) -> int:
    """Ask for a letter to be sent; returns the number of its job. Nothing leaves when the caller's transaction fails.

    Raises rules.NoAddressee, BadAddress, NoSubject.
    """
    return enqueue(
        deliver,
        actor=actor,
        at=at,
        to=rules.addressees(to),
        subject=rules.subject_line(subject),
        text=text,
        html=html,
    )
