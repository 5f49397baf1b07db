"""Jobs, what hands them out, and who does them. Written by the machinery; the organisation's verbs are in services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from giaoban.base.access import AllowedQuerySet
from giaoban.base.jobs import access, rules


class WorkerQuerySet(models.QuerySet["Worker"]):
    def lost(self, at: datetime, patience: timedelta) -> WorkerQuerySet:
        """Those nobody has heard of for so long; a sign from the future is none either (the clock was put back)."""
        return self.exclude(beat_at__range=(at - patience, at + patience))


class Worker(models.Model):
    """Tiến trình nền: a process that does jobs, and when it last gave a sign of life."""

    name = models.CharField(max_length=100)  # host:process
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = "tiến trình nền"

    def __str__(self) -> str:
        return self.name


class JobQuerySet(AllowedQuerySet["Job"]):
    scope = staticmethod(access.scope)

    def unfinished(self) -> JobQuerySet:
        return self.filter(state__in=rules.UNFINISHED)

    def due(self, at: datetime) -> JobQuerySet:
        """What may begin now, in the order in which it may begin."""
        return self.filter(state=rules.State.WAITING, run_at__lte=at).order_by("run_at", "id")

    def held(self, job_id: int, attempt: int) -> JobQuerySet:
        """The job, as long as this attempt is the one under way: whoever was taken for dead finds nothing."""
        return self.filter(pk=job_id, attempts=attempt, state=rules.State.RUNNING)


class Job(models.Model):
    """Việc nền: one thing to be done by a worker, from a moment on, with its arguments."""

    name = models.CharField(max_length=100)  # of its declaration
    key = models.CharField(max_length=120, blank=True, default="")  # of two with one key only one is unfinished
    arguments = models.JSONField(default=dict)
    actor = models.CharField(max_length=40, blank=True, default="")  # Actor.key of who asked; empty: the house itself
    actor_name = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, choices=rules.State, default=rules.State.WAITING)
    asked_at = models.DateTimeField()
    run_at = models.DateTimeField()  # not before
    attempts = models.PositiveIntegerField(default=0)  # begun so far; with the id it names one attempt
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    worker = models.ForeignKey(Worker, models.SET_NULL, null=True, related_name="+")
    trouble = models.CharField(max_length=rules.LONGEST_TROUBLE, blank=True, default="")

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "việc nền"
        indexes = [models.Index(fields=["state", "run_at", "id"], name="job_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=("waiting", "running")) & ~Q(key=""),
                name="one_unfinished_job_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class Schedule(models.Model):
    """Lịch chạy: the last moment of a rhythm for which a job was handed out."""

    name = models.CharField(max_length=100, unique=True)  # of the job
    last_due = models.DateTimeField()

    objects: ClassVar[models.Manager[Schedule]] = models.Manager()

    class Meta:
        verbose_name = "lịch chạy"

    def __str__(self) -> str:
        return self.name


class Follower(models.Model):
    """Dấu theo dõi: the last entry of the ledger that a following job has heard."""

    name = models.CharField(max_length=100, unique=True)  # of the job
    cursor = models.BigIntegerField()

    objects: ClassVar[models.Manager[Follower]] = models.Manager()

    class Meta:
        verbose_name = "dấu theo dõi"

    def __str__(self) -> str:
        return f"{self.name} {self.cursor}"
