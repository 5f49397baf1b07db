"""Doing jobs: one is claimed, done, and noted as done; what a dead worker held is given to another."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from giaoban.base.jobs import declaring, following, rules, timetable
from giaoban.base.jobs.acting import actor_of
from giaoban.base.jobs.declaring import JobKind
from giaoban.base.jobs.models import Follower, Job, Worker
from giaoban.base.jobs.rules import State
from giaoban.base.ledger import guards
from giaoban.core.refusal import Refusal

LOST = timedelta(seconds=30)  # without a sign of life
Clock = Callable[[], datetime]
Limit = Callable[[timedelta], AbstractContextManager[None]]

log = logging.getLogger("giaoban.jobs")


class Halted(BaseException):
    """A job is broken off from outside: the worker is to stop, or the job's time is up.

    No Exception, so that no job takes it for trouble of its own.
    """

    def __init__(self, *, is_stop: bool) -> None:
        super().__init__("stop" if is_stop else "timeout")
        self.is_stop = is_stop


class Lost(Exception):
    """This attempt is no longer the one under way; another worker has the job, and nothing may be written here."""


@dataclass(frozen=True)
class Run:
    """One attempt at a job. `job_id` names the job in the world outside: the same for every attempt."""

    job_id: int
    attempt: int
    at: datetime
    follower: str = ""
    upto: int = 0

    @contextmanager
    def once(self) -> Iterator[None]:
        """One transaction for what is written here and the note that the job is done: both stay, or neither.

        Whatever kills the worker, what stands in here happens exactly once. Keep slow work before it. Raises Lost
        when another attempt is under way.
        """
        with transaction.atomic():
            if not self.settle():
                raise Lost
            yield

    def settle(self) -> bool:
        """Note that the job is done; for a follower, move its cursor. False when there is nothing left to note."""
        held = Job.objects.held(self.job_id, self.attempt)
        if not self.follower:
            return bool(held.update(state=State.DONE, finished_at=self.at, worker=None, trouble=""))
        with transaction.atomic():
            is_held = bool(held.delete()[0])
            if is_held and self.upto:
                Follower.objects.filter(name=self.follower, cursor__lt=self.upto).update(cursor=self.upto)
        return is_held


def claim(*, worker: Worker | None, at: datetime) -> Job | None:
    """Take the job that has been due for longest; None when there is none.

    PostgreSQL passes over rows that others are taking; SQLite's immediate transaction lets one take at a time, and
    the look before it spares the lock while there is nothing to do.
    """
    if not Job.objects.due(at).exists():
        return None
    with transaction.atomic():
        job = Job.objects.due(at).select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state, job.attempts, job.started_at, job.worker = State.RUNNING, job.attempts + 1, at, worker
        job.save(update_fields=["state", "attempts", "started_at", "worker"])
    return job


def carry_out(job: Job, *, now: Clock, limit: Limit = nullcontext) -> BaseException | None:  # type: ignore[assignment]  # takes anything
    """Do a claimed job and note what became of it; returns what went wrong. `limit` breaks it off with Halted."""
    at = now()
    kind = declaring.KINDS.get(job.name)
    run = Run(job.pk, job.attempts, at)
    try:
        if kind is None:
            raise rules.UnknownJob(name=job.name)
        words = _words(job, kind, at)
        if words.get("entries"):
            run = Run(job.pk, job.attempts, at, follower=kind.name, upto=words["entries"][-1].id)
        with limit(kind.timeout), guards.no_stray_writes() if settings.GUARDS else nullcontext():
            kind.body(**{word: value for word, value in (words | {"run": run}).items() if word in kind.words})
    except Halted as halted:
        if halted.is_stop:
            _give_back(job, at=now())
            return None
        return _note_trouble(job, kind, rules.TookTooLong(job=str(kind.label if kind else job.name)), at=now())
    except Lost as lost:
        log.warning("job %s (%s): attempt %s was taken for dead", job.pk, job.name, job.attempts)
        return lost
    except Exception as trouble:  # noqa: BLE001 - the outermost edge of a job
        return _note_trouble(job, kind, trouble, at=now())
    Run(run.job_id, run.attempt, now(), run.follower or _follower(kind), run.upto).settle()
    return None


def _follower(kind: JobKind) -> str:
    return kind.name if kind.name in declaring.FOLLOWERS else ""


def _words(job: Job, kind: JobKind, at: datetime) -> dict[str, Any]:
    words: dict[str, Any] = dict(job.arguments) | {"at": at}
    if "actor" in kind.words:
        words["actor"] = actor_of(job, roles=kind.roles, at=at)
    if kind.name in declaring.FOLLOWERS:
        words["entries"] = following.batch_of(declaring.FOLLOWERS[kind.name])
    return words


def _note_trouble(job: Job, kind: JobKind | None, trouble: Exception, *, at: datetime) -> Exception:
    if isinstance(trouble, Refusal):
        log.warning("job %s (%s), attempt %s: %s", job.pk, job.name, job.attempts, trouble)
    else:
        log.error("job %s (%s), attempt %s", job.pk, job.name, job.attempts, exc_info=trouble)
    retries = kind.retries if kind else 0
    is_answer = isinstance(trouble, Refusal) and not isinstance(trouble, rules.TookTooLong) and retries is not None
    if is_answer or rules.is_final(attempts=job.attempts, retries=retries):
        changes: dict[str, Any] = {"state": State.FAILED, "finished_at": at}
    else:
        changes = {"state": State.WAITING, "run_at": at + rules.backoff(job.attempts)}
    held = Job.objects.held(job.pk, job.attempts)
    held.update(**changes, worker=None, trouble=rules.trouble_of(trouble))
    return trouble


def _give_back(job: Job, *, at: datetime) -> None:
    """A job that was broken off because its worker stops has not failed: it waits, and the attempt does not count."""
    held = Job.objects.held(job.pk, job.attempts)
    held.update(state=State.WAITING, attempts=job.attempts - 1, run_at=at, worker=None)


def reap(*, at: datetime, patience: timedelta = LOST) -> int:
    """Give the jobs of workers that gave no sign of life for so long to others; returns how many.

    An attempt that took its worker along counts: a job that kills workers ends as failed like any other.
    """
    freed = sum(_free(job, at=at) for job in Job.objects.filter(state=State.RUNNING, worker=None))
    for worker in Worker.objects.lost(at, patience):
        for job in Job.objects.filter(worker=worker, state=State.RUNNING):
            freed += _free(job, at=at)
        Worker.objects.lost(at, patience).filter(pk=worker.pk).delete()
    return freed


def _free(job: Job, *, at: datetime) -> int:
    kind = declaring.KINDS.get(job.name)
    held = Job.objects.held(job.pk, job.attempts)
    trouble = rules.trouble_of(rules.WorkerLost())
    if rules.is_final(attempts=job.attempts, retries=kind.retries if kind else None):
        return held.update(state=State.FAILED, finished_at=at, worker=None, trouble=trouble)
    return held.update(state=State.WAITING, run_at=at, worker=None, trouble=trouble)


def run_due(*, at: datetime) -> list[tuple[Job, BaseException | None]]:
    """Do everything that is due at a moment, schedules and followers included, and what comes of it; in this process.

    For tests. Returns each job with what went wrong.
    """
    declaring.discover()
    done: list[tuple[Job, BaseException | None]] = []
    looked: dict[str, int] = {}
    timetable.hand_out(at=at)
    while True:
        following.hand_out(at=at, looked=looked)
        job = claim(worker=None, at=at)
        if job is None:
            return done
        done.append((job, carry_out(job, now=lambda: at)))
