"""Reports: what one unit says about one period on one form."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from giaoban.apps.forms.models import FormVersion, Period, Round
from giaoban.apps.reports import access, rules
from giaoban.apps.units.models import Unit
from giaoban.base.access import AllowedQuerySet
from giaoban.base.attachments.models import StoredFile


class ReportQuerySet(AllowedQuerySet["Report"]):
    scope = staticmethod(access.scope)

    def counted(self) -> ReportQuerySet:
        """Reports that count in live totals."""
        return self.filter(state__in=rules.COUNTED)


class Report(models.Model):
    """Báo cáo: what one unit says about one period on one form."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    state = models.CharField(max_length=12, choices=rules.State, default=rules.State.DRAFT)
    figures = models.JSONField(default=dict)  # field code -> exact value, see core.formlang
    prose = models.TextField(blank=True)
    is_nothing = models.BooleanField(default=False)  # «không phát sinh»: answered, with nothing to count
    evidence = models.JSONField(default=dict)  # field code -> {document, start, end, quote, sentence}
    revision = models.PositiveIntegerField(default=1)  # optimistic lock: a save names the revision it read
    due_at = models.DateTimeField()  # the deadline of the unit's level, fixed when the round was opened
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)  # why it was sent back or reopened, until submitted again

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        constraints = [
            models.UniqueConstraint("form_version", "period", "unit", name="one_report_per_form_period_and_unit"),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="report_round_state"),
            models.Index(fields=["unit", "period"], name="report_unit_period"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} / {self.period_id}"


class Attachment(models.Model):
    """Tệp đính kèm: a stored file under the name its giver used."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    is_withdrawn = models.BooleanField(default=False)  # nothing is lost: taken off the report, kept in the ledger

    class Meta:
        verbose_name = "tệp đính kèm"
        constraints = [
            models.UniqueConstraint(
                "report", "file", condition=Q(is_withdrawn=False), name="one_attachment_per_report_and_file"
            ),
        ]

    def __str__(self) -> str:
        return self.name
