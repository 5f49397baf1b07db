"""What a briefing looks at and leaves: documents, packs, speeches, notes, questions, conclusions, open points."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from giaoban.apps.briefings import rules
from giaoban.apps.briefings.models.meeting import AgendaItem, Briefing, PartQuerySet, Site
from giaoban.apps.tasks.models import Topic
from giaoban.apps.tasks.rules import MAX_DUE_WORDS, Deadline, Precision
from giaoban.apps.units.models import Unit
from giaoban.base.attachments.models import StoredFile


class BriefingDocumentQuerySet(PartQuerySet["BriefingDocument"]):
    pass


class BriefingDocument(models.Model):
    """Tài liệu giao ban: a file, an address or a section of the pack that a briefing looks at."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="documents")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, related_name="documents", null=True)
    ordinal = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=rules.MAX_TITLE)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    file_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=rules.MAX_ADDRESS, blank=True)
    section = models.CharField(max_length=20, blank=True)  # code of a section of the pack
    shared_page = models.PositiveSmallIntegerField(null=True)  # the page everybody is shown; None: not on screen

    objects = BriefingDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "tài liệu giao ban"
        ordering = ["ordinal", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, address="", section="")
                | (Q(file__isnull=True) & ~Q(address="") & Q(section=""))
                | (Q(file__isnull=True) & Q(address="") & ~Q(section="")),
                name="document_is_one_thing",
            ),
            models.UniqueConstraint(
                "briefing", condition=Q(shared_page__isnull=False), name="one_document_on_screen_per_briefing"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PackQuerySet(PartQuerySet["Pack"]):
    pass


class Pack(models.Model):
    """Bộ tài liệu đã gửi: what was sent before a briefing, frozen; a later one does not change an earlier."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField()
    sections = models.JSONField()  # queries.pack: a list of sections, as JSON
    sha256 = models.CharField(max_length=64)  # rules.sealed() of the sections
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=200)

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tài liệu đã gửi"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint("briefing", "number", name="one_pack_per_briefing_and_number")]

    def __str__(self) -> str:
        return f"{self.briefing_id} / {self.number}"


class SpeechRequestQuerySet(PartQuerySet["SpeechRequest"]):
    pass


class SpeechRequest(models.Model):
    """Đăng ký phát biểu: a site asks to speak, is called, and speaks for so long."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="speeches")
    site = models.ForeignKey(Site, models.CASCADE, related_name="speeches")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, related_name="speeches", null=True)
    subject = models.CharField(max_length=rules.MAX_PLACE, blank=True)
    state = models.CharField(max_length=9, choices=rules.Speech, default=rules.Speech.ASKED)
    asked_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SpeechRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "đăng ký phát biểu"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint("briefing", condition=Q(state="speaking"), name="one_speaks_at_a_time"),
            models.UniqueConstraint(
                "site", condition=Q(state__in=("asked", "called", "speaking")), name="one_open_request_per_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.state}"


class NoteQuerySet(PartQuerySet["Note"]):
    pass


class Note(models.Model):
    """Ghi chép: what the secretaries write down under an item; the words as they stand now."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="notes")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, related_name="notes", null=True)
    words = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)  # optimistic lock: a save names the revision it read
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()  # of the last revision

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = "ghi chép"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words[:60]


class NoteRevision(models.Model):
    """Bản ghi chép trước: the words of a note as they stood at one revision; never changed."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField()
    words = models.TextField(blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "bản ghi chép trước"
        ordering = ["revision"]
        constraints = [models.UniqueConstraint("note", "revision", name="one_text_per_note_and_revision")]

    def __str__(self) -> str:
        return f"{self.note_id} / {self.revision}"


class QuestionQuerySet(PartQuerySet["Question"]):
    pass


class Question(models.Model):
    """Câu hỏi nhanh: what the chair asks all sites at once; who was entitled is kept as it was when asked."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="questions")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, related_name="questions", null=True)
    text = models.CharField(max_length=rules.MAX_QUESTION)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    entitled = models.JSONField(default=list)  # ids of sites
    quorum = models.PositiveSmallIntegerField()  # so many must answer for the answer to count
    is_taken_back = models.BooleanField(default=False)  # ended without a result, whatever was answered

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "câu hỏi nhanh"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("briefing", condition=Q(closed_at=None), name="one_open_question_per_briefing"),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(closed_at__gte=F("asked_at")), name="question_ends"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Answer(models.Model):
    """Ý kiến trả lời: what one site said to a question."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=rules.Choice)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "ý kiến trả lời"
        constraints = [models.UniqueConstraint("question", "site", name="one_answer_per_question_and_site")]

    def __str__(self) -> str:
        return f"{self.question_id} / {self.site_id}"


class ConclusionQuerySet(PartQuerySet["Conclusion"]):
    pass


class Conclusion(models.Model):
    """Kết luận: what the chair concluded; a directive has a lead and a deadline, and becomes a task."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="conclusions")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, related_name="conclusions", null=True)
    ordinal = models.PositiveSmallIntegerField()  # among those of its kind
    kind = models.CharField(max_length=12, choices=rules.ConclusionKind)
    words = models.TextField()
    revision = models.PositiveIntegerField(default=1)  # optimistic lock: an amendment names the revision it read
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    coordinating = models.ManyToManyField(Unit, related_name="+")
    due_day = models.DateField(null=True)
    due_precision = models.CharField(max_length=8, choices=Precision, default=Precision.DAY)
    due_words = models.CharField(max_length=MAX_DUE_WORDS, blank=True)
    product = models.CharField(max_length=rules.MAX_PRODUCT, blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)  # who wrote it down last
    at = models.DateTimeField()

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "kết luận"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("briefing", "kind", "ordinal", name="one_conclusion_per_kind_and_number"),
            models.CheckConstraint(
                condition=~Q(kind="directive") | Q(lead_unit__isnull=False, due_day__isnull=False),
                name="directive_has_lead_and_deadline",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def due(self) -> Deadline | None:
        return Deadline(self.due_day, self.due_precision, self.due_words) if self.due_day else None

    @property
    def origin(self) -> str:
        """What the task made from it says of where it comes from."""
        return rules.origin(self.pk)


class OpenPointQuerySet(PartQuerySet["OpenPoint"]):
    def of(self, briefing_id: int) -> OpenPointQuerySet:
        """What a briefing looks at: carried over into it, or raised in it."""
        return self.filter(Q(carried_to=briefing_id) | Q(briefing=briefing_id))


class OpenPoint(models.Model):
    """Việc để ngỏ: what a briefing leaves open, carried over to the next of its series until it is settled."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="open_points")  # where it was raised first
    words = models.CharField(max_length=rules.MAX_PRODUCT)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    carried_to = models.ForeignKey(Briefing, models.SET_NULL, related_name="carried_points", null=True)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_words = models.CharField(max_length=rules.MAX_PRODUCT, blank=True)

    objects = OpenPointQuerySet.as_manager()

    class Meta:
        verbose_name = "việc để ngỏ"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words[:60]
