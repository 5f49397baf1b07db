"""What a keeper does about a job that failed."""

from __future__ import annotations

from datetime import datetime

from giaoban.base.access import Actor
from giaoban.base.jobs import access, rules
from giaoban.base.jobs.models import Job
from giaoban.base.ledger.work import record, service


@service
def restart(*, actor: Actor, job_id: int, at: datetime) -> Job:
    """Let a failed job be tried again from the beginning, with all its attempts.

    Raises WrongMoment when it has not failed, AlreadyWaiting when the same is under way already.
    """
    job = Job.objects.allowed(actor, access.KEEP).locked().one(job_id)
    state = rules.MOVES.next_state("restart", job.state)
    if job.key and Job.objects.unfinished().filter(key=job.key).exists():
        raise rules.AlreadyWaiting()
    trouble = job.trouble

    job.state, job.attempts, job.run_at, job.finished_at, job.trouble = state, 0, at, None, ""
    job.save(update_fields=["state", "attempts", "run_at", "finished_at", "trouble"])

    record(actor=actor, verb="jobs.restarted", on=job, at=at, name=job.name, trouble=trouble)
    return job


@service
def dismiss(*, actor: Actor, job_id: int, at: datetime) -> Job:
    """Give a failed job up, so that it no longer counts as a fault. Raises WrongMoment when it has not failed."""
    job = Job.objects.allowed(actor, access.KEEP).locked().one(job_id)
    state = rules.MOVES.next_state("dismiss", job.state)

    job.state, job.finished_at = state, at
    job.save(update_fields=["state", "finished_at"])

    record(actor=actor, verb="jobs.dismissed", on=job, at=at, name=job.name, trouble=job.trouble)
    return job
