"""enqueue(): ask for a job within the transaction of the service that needs it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from giaoban.base.access import Actor
from giaoban.base.jobs.declaring import JobKind, named
from giaoban.base.ledger.facts import exact


def enqueue(
    job: JobKind | str, *, actor: Actor | None, at: datetime, after: datetime | None = None, **arguments: Any
) -> int:
    """Ask for `job` with these arguments, not before `after`; returns its number.

    The services of a feature stand below its `jobs.py` and so name the job: `enqueue("narratives.read", …)`.

    It is one row of the caller's transaction: workers see it with the commit, and a rollback takes it back. Who asks
    is who it is done as, with the offices of the day it is done; None is the house itself. Raises KeyError for a
    job nobody declared, TypeError for arguments it does not take, facts.NotAFact for what is no exact JSON.
    """
    from giaoban.base.jobs.models import Job  # this package is an app itself: models come after it

    kind = named(job) if isinstance(job, str) else job
    kind.check(arguments)
    row = Job.objects.create(
        name=kind.name,
        arguments=exact(arguments),
        actor=actor.key if actor else "",
        actor_name=actor.name if actor else "",
        asked_at=at,
        run_at=max(at, after or at),
    )
    return int(row.pk)
