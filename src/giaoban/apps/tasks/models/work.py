"""Tasks: what was assigned by whom, to whom, by when; what was told about it; how much time was asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from giaoban.apps.people.models import Account
from giaoban.apps.tasks import access, rules
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor, AllowedQuerySet
from giaoban.base.attachments.models import StoredFile
from giaoban.base.web.language import named
from giaoban.core.text_vi.folding import fold


class Assigner(models.Model):
    """Cơ quan giao: a body that assigns tasks, as data; a smaller rank stands higher."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "cơ quan giao"
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return named(self.name, self.name_en)


class Topic(models.Model):
    """Lĩnh vực: what a task is about, as data, so that tasks can be counted by it."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)  # as it follows «về»: «công tác nhân sự»
    name_en = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "lĩnh vực"
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return named(self.name, self.name_en)


def _scope(actor: Actor, action: str) -> Q:
    """The feature's clause, and for what coordinating units may do too the tasks they take part in."""
    clause = access.scope(actor, action)
    helping = access.helping(actor, action)
    if helping is None:
        return clause
    return clause | Q(pk__in=TaskUnit.objects.filter(helping).values("task"))


class TaskQuerySet(AllowedQuerySet["Task"]):
    scope = staticmethod(_scope)

    def held(self, actor: Actor, action: str, pk: int, *, revision: int | None = None) -> Task:
        """The task the actor may act on, held until commit. Raises NotFound, rules.ChangedSinceRead."""
        rows = self.select_related("lead_unit", "assigner", "topic", "parent")
        task = rows.allowed(actor, action).locked().one(pk)
        if revision is not None and revision != task.revision:
            raise rules.ChangedSinceRead()
        return task

    def waiting(self) -> TaskQuerySet:
        """Tasks that still hold up the one they are a part of."""
        return self.exclude(state__in=rules.SETTLED)

    def open(self) -> TaskQuerySet:
        """Tasks whose lead unit still owes the result."""
        return self.filter(state__in=rules.OPEN)

    def overdue(self, on: date) -> TaskQuerySet:
        """Open tasks whose last day has gone by."""
        return self.open().filter(due_day__lt=on)

    def due_soon(self, on: date) -> TaskQuerySet:
        """Open tasks whose last day is today or within a week."""
        return self.open().filter(due_day__gte=on, due_day__lte=on + timedelta(days=rules.SOON_DAYS))

    def undecided(self) -> TaskQuerySet:
        """Tasks that wait for whoever assigned them: a result, or more time asked for."""
        asked = Extension.objects.filter(state=rules.Asked.ASKED).values("task")
        return self.filter(Q(state=rules.State.HANDED_IN) | Q(state__in=rules.OPEN, pk__in=asked))

    def standings(self, on: date) -> dict[str, int]:
        """How many are living, overdue, soon due, waiting and done. One query."""
        is_open, soon = Q(state__in=rules.OPEN), on + timedelta(days=rules.SOON_DAYS)
        asked = Extension.objects.filter(state=rules.Asked.ASKED).values("task")
        return self.order_by().aggregate(
            living=Count("pk", filter=Q(state__in=rules.LIVING)),
            overdue=Count("pk", filter=is_open & Q(due_day__lt=on)),
            soon=Count("pk", filter=is_open & Q(due_day__gte=on, due_day__lte=soon)),
            waiting=Count("pk", filter=Q(state=rules.State.HANDED_IN) | is_open & Q(pk__in=asked)),
            done=Count("pk", filter=Q(state__in=rules.DONE)),
            any=Count("pk"),
        )

    def wholes(self) -> dict[str, int]:
        """How many are living, and how many there are. One query."""
        return self.order_by().aggregate(living=Count("pk", filter=Q(state__in=rules.LIVING)), any=Count("pk"))

    def told(self) -> TaskQuerySet:
        """With the moments of the last note and of the last time asked for, and with the last share told."""
        notes = ProgressNote.objects.filter(task=OuterRef("pk")).order_by("-pk")
        asked = Extension.objects.filter(task=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            noted_at=Subquery(notes.values("at")[:1]),
            asked_at=Subquery(asked.values("asked_at")[:1]),
            percent=Subquery(notes.exclude(percent=None).values("percent")[:1]),
        )


class Task(models.Model):
    """Nhiệm vụ: what a body has assigned to a unit, with its product and its deadline; a scheme is one kind of it."""

    kind = models.CharField(max_length=8, choices=rules.Kind, default=rules.Kind.TASK)
    title = models.CharField(max_length=rules.MAX_TITLE)
    folded = models.TextField()  # title, source and officer, core.text_vi.folding, for search
    assigner = models.ForeignKey(Assigner, models.PROTECT, related_name="tasks")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="tasks", null=True)
    source_kind = models.CharField(max_length=12, choices=rules.SourceKind, default=rules.SourceKind.OTHER)
    source_label = models.CharField(max_length=rules.MAX_SOURCE, blank=True)
    source_symbol = models.CharField(max_length=rules.MAX_SYMBOL, blank=True)
    source_day = models.DateField(null=True)
    origin = models.CharField(max_length=rules.MAX_ORIGIN, blank=True)  # «briefings.conclusion:71», used once
    parent = models.ForeignKey("self", models.PROTECT, related_name="parts", null=True)
    assigning_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # on whose behalf it was assigned
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    officer = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    officer_name = models.CharField(max_length=rules.MAX_NAME, blank=True)
    post = models.CharField(max_length=rules.MAX_POST, blank=True)
    product = models.CharField(max_length=rules.MAX_PRODUCT, blank=True)
    weight = models.PositiveSmallIntegerField(default=rules.USUAL)
    assigned_on = models.DateField()
    due_day = models.DateField()
    due_precision = models.CharField(max_length=8, choices=rules.Precision, default=rules.Precision.DAY)
    due_words = models.CharField(max_length=rules.MAX_DUE_WORDS, blank=True)
    state = models.CharField(max_length=10, choices=rules.State, default=rules.State.ASSIGNED)
    moved_at = models.DateTimeField()  # of the last move of state
    handed_in_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # closed or withdrawn
    reason = models.CharField(max_length=rules.MAX_REASON, blank=True)  # why it was returned, reopened or withdrawn
    revision = models.PositiveIntegerField(default=1)  # optimistic lock: a decision names the revision it read

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ"
        constraints = [
            models.UniqueConstraint("origin", condition=~Q(origin=""), name="one_task_per_origin"),
            models.CheckConstraint(
                condition=Q(weight__gte=rules.LIGHTEST, weight__lte=rules.HEAVIEST), name="task_weight_in_range"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_day"], name="task_state_due"),
            models.Index(fields=["lead_unit", "state"], name="task_lead_state"),
            models.Index(fields=["assigner", "due_day"], name="task_assigner_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def due(self) -> rules.Deadline:
        return rules.Deadline(self.due_day, self.due_precision, self.due_words)

    @property
    def source(self) -> rules.Source:
        return rules.Source(
            kind=self.source_kind, label=self.source_label, symbol=self.source_symbol, day=self.source_day
        )

    @property
    def search_key(self) -> str:
        """What the task is found by: its title, source and officer, folded."""
        return fold(" ".join((self.title, self.source_label, self.source_symbol, self.officer_name)))

    def keep(self, **columns: Any) -> None:
        """Write these columns as one more revision."""
        for name, value in columns.items():
            setattr(self, name, value)
        self.folded = self.search_key
        self.revision += 1
        self.save(update_fields=[*columns, "folded", "revision"])


class TaskUnit(models.Model):
    """Đơn vị phối hợp: a unit that takes part in a task another unit leads."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="coordinating")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "đơn vị phối hợp"
        constraints = [models.UniqueConstraint("task", "unit", name="one_part_per_task_and_unit")]

    def __str__(self) -> str:
        return f"{self.task_id} / {self.unit_id}"


class ProgressNote(models.Model):
    """Ghi nhận tiến độ: what was done since, how far it is, with the file that shows it; never changed."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="notes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # on whose behalf it was told
    words = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    is_product = models.BooleanField(default=False)  # the result itself, as it was handed in
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    file_name = models.CharField(max_length=200, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "ghi nhận tiến độ"
        constraints = [
            models.CheckConstraint(condition=Q(percent=None) | Q(percent__lte=100), name="note_percent_in_range"),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class Extension(models.Model):
    """Gia hạn: more time asked for, with the reason, and what was decided."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    before_day = models.DateField()  # the deadline there was
    day = models.DateField()
    precision = models.CharField(max_length=8, choices=rules.Precision, default=rules.Precision.DAY)
    words = models.CharField(max_length=rules.MAX_DUE_WORDS, blank=True)
    reason = models.CharField(max_length=rules.MAX_REASON)
    state = models.CharField(max_length=8, choices=rules.Asked, default=rules.Asked.ASKED)
    by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=rules.MAX_REASON, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "gia hạn"
        constraints = [
            models.UniqueConstraint("task", condition=Q(state="asked"), name="one_open_extension_per_task"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} → {self.day}"

    @property
    def due(self) -> rules.Deadline:
        return rules.Deadline(self.day, self.precision, self.words)
