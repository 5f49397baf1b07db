"""Reports in prose: the text received, what was read in it, what was proposed and what became of that."""

from __future__ import annotations

from django.db import models

from giaoban.apps.narratives import access, rules
from giaoban.apps.reports.models import Report
from giaoban.base.access import AllowedQuerySet
from giaoban.base.attachments.models import StoredFile


class NarrativeQuerySet(AllowedQuerySet["Narrative"]):
    scope = staticmethod(access.scope)


class Narrative(models.Model):
    """Báo cáo bằng lời: one text given for a report, in the canonical form that all places point into."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="narratives")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)  # null: pasted
    name = models.CharField(max_length=200)
    text = models.TextField()
    reading = models.JSONField()  # the contract of core.reading, with sentences, findings and unclaimed sentences
    received_at = models.DateTimeField()

    objects = NarrativeQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo bằng lời"

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """Đề xuất: a figure the reader found for a field; a person decides."""

    class State(models.TextChoices):
        OPEN = "open", "chờ quyết định"
        ACCEPTED = "accepted", "đã dùng"
        CORRECTED = "corrected", "đã sửa rồi dùng"
        DISMISSED = "dismissed", "đã bỏ"

    TAKEN = (State.ACCEPTED, State.CORRECTED)

    narrative = models.ForeignKey(Narrative, models.PROTECT, related_name="proposals")
    field = models.CharField(max_length=60)
    value = models.BigIntegerField()
    start = models.PositiveIntegerField()  # of the figure in the narrative's text, code points
    end = models.PositiveIntegerField()
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    score = models.PositiveSmallIntegerField()  # 0..100
    match = models.CharField(max_length=10)  # exact | folded | loose
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = "đề xuất"

    def __str__(self) -> str:
        return f"{self.field} = {self.value}"


class SetAside(models.Model):
    """Phát hiện đã bỏ qua: a finding somebody looked into, and why the figures stand as they are."""

    narrative = models.ForeignKey(Narrative, models.PROTECT, related_name="set_aside")
    key = models.CharField(max_length=200)  # core.reading.findings.Finding.key: another once either side changes
    finding = models.JSONField()  # as it was then, so that it can still be read when it is gone
    reason = models.CharField(max_length=rules.MAX_REASON)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "phát hiện đã bỏ qua"
        constraints = [models.UniqueConstraint("narrative", "key", name="one_set_aside_per_narrative_and_finding")]

    def __str__(self) -> str:
        return self.key
