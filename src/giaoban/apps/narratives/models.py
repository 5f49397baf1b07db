"""Reports in prose: the text received, what was read in it, what was proposed and what became of that."""

from __future__ import annotations

from django.db import models

from giaoban.apps.narratives import access, rules
from giaoban.apps.reports.models import Report
from giaoban.apps.units.models import Unit
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


class CitedPaperQuerySet(AllowedQuerySet["CitedPaper"]):
    scope = staticmethod(access.scope_of_papers)


class CitedPaper(models.Model):
    """Văn bản được trích: one paper that received texts cite, told from others by number, symbol and day."""

    key = models.CharField(max_length=400, unique=True)  # rules.papers.key
    kind = models.CharField(max_length=40)  # stored, not derived: QĐ is a decision or a regulation
    is_kind_read = models.BooleanField()  # False: only told from the symbol
    number = models.CharField(max_length=20, blank=True, db_index=True)
    symbol = models.CharField(max_length=60, blank=True)
    body = models.CharField(max_length=200, blank=True)  # of a paper without number: what tells it
    branch = models.CharField(max_length=40, blank=True)  # of a local paper: the branch of the tree it is cited in
    day = models.DateField(null=True)
    folded = models.TextField()  # what of its identity is searched, core.text_vi.folding

    objects = CitedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản được trích"

    def __str__(self) -> str:
        return self.key


class PaperMentionQuerySet(AllowedQuerySet["PaperMention"]):
    scope = staticmethod(access.scope_of_mentions)


class PaperMention(models.Model):
    """Lần trích: where a received text cites a paper, and what it says of it there."""

    paper = models.ForeignKey(CitedPaper, models.PROTECT, related_name="mentions")
    narrative = models.ForeignKey(Narrative, models.PROTECT, related_name="mentions")
    start = models.PositiveIntegerField()  # in the narrative's text, code points
    end = models.PositiveIntegerField()
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    body = models.CharField(max_length=200, blank=True)  # the issuer this text names
    title = models.CharField(max_length=300, blank=True)
    folded = models.TextField(blank=True)  # body and title, for search

    objects = PaperMentionQuerySet.as_manager()

    class Meta:
        verbose_name = "lần trích"
        constraints = [models.UniqueConstraint("narrative", "start", name="one_mention_at_a_place")]

    def __str__(self) -> str:
        return f"{self.narrative_id}:{self.start}"


class InstructionQuerySet(AllowedQuerySet["Instruction"]):
    scope = staticmethod(access.scope_of_instructions)


class Instruction(models.Model):
    """Văn bản chỉ đạo: a superior's text received for a unit, which draft tasks are read from."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="instructions")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)  # null: pasted
    name = models.CharField(max_length=200)
    text = models.TextField()  # canonical; every place points into it
    reading = models.JSONField()  # core.reading contract
    received_at = models.DateTimeField()
    title = models.CharField(max_length=300, blank=True)  # this and below: as read
    body = models.CharField(max_length=200, blank=True)
    symbol = models.CharField(max_length=80, blank=True)
    issued_day = models.DateField(null=True)

    objects = InstructionQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản chỉ đạo"

    def __str__(self) -> str:
        return self.name


class DraftTaskQuerySet(AllowedQuerySet["DraftTask"]):
    scope = staticmethod(access.scope_of_drafts)


class DraftTask(models.Model):
    """Nhiệm vụ dự thảo: something an instruction asks for; a person keeps or dismisses it."""

    class State(models.TextChoices):
        OPEN = "open", "chờ quyết định"
        KEPT = "kept", "đã giữ"
        DISMISSED = "dismissed", "đã bỏ"

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="drafts")
    ordinal = models.PositiveIntegerField()  # its place among the drafts of the text, from 1
    start = models.PositiveIntegerField()  # the sentence or item it was read from, code points
    end = models.PositiveIntegerField()
    words = models.TextField()
    role = models.CharField(max_length=10)  # directive | plan
    deadline = models.DateField(null=True)
    is_strict = models.BooleanField(default=False)  # before that day, not on it
    precision = models.CharField(max_length=8, blank=True)  # rules.drafts.precision: how exactly it was written
    deadline_words = models.CharField(max_length=200, blank=True)  # «đến hết tháng 9-2020»
    event = models.CharField(max_length=200, blank=True)  # due by an occasion instead of a day
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    objects = DraftTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ dự thảo"
        constraints = [models.UniqueConstraint("instruction", "ordinal", name="one_draft_at_an_ordinal")]
        indexes = [models.Index(fields=["state", "deadline"], name="drafts_by_deadline")]

    def __str__(self) -> str:
        return self.words[:60]


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
