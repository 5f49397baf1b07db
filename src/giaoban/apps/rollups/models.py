"""What a board shows: measures as data, what was published about them, and which figures were signed."""

from __future__ import annotations

from datetime import UTC

from django.db import models

from giaoban.apps.forms.models import Form, Round
from giaoban.apps.rollups import access, rules
from giaoban.apps.rollups.rules import Rule
from giaoban.apps.units.models import Level, Unit
from giaoban.base.access import AllowedQuerySet
from giaoban.base.attachments.models import StoredFile


class MeasureQuerySet(AllowedQuerySet["Measure"]):
    scope = staticmethod(access.measures)


class Measure(models.Model):
    """Thước đo: a figure a board shows, and the rule that makes it from reports."""

    Rule = Rule

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    definition = models.CharField(max_length=400)
    form = models.ForeignKey(Form, models.PROTECT, related_name="measures")
    rule = models.CharField(max_length=10, choices=Rule)
    field = models.CharField(max_length=60, blank=True)
    base_field = models.CharField(max_length=60, blank=True)  # RATIO: the whole
    places = models.PositiveSmallIntegerField(default=0)  # decimals of the field: the figure is scaled by 10**places
    level = models.ForeignKey(Level, models.PROTECT, related_name="+", null=True)  # COMPLETE: whose units are counted
    scope = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)  # only known below this unit
    noun = models.CharField(max_length=100)  # «đại hội đảng bộ cấp trên cơ sở»
    rank = models.PositiveSmallIntegerField(default=0)  # order on the board; 1 to 4 are headlines
    due_day = models.DateField(null=True)  # the day by which the whole is to be reached

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "thước đo"
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class PublicationQuerySet(AllowedQuerySet["Publication"]):
    scope = staticmethod(access.publications)


class Publication(models.Model):
    """Số đã công bố: what a text said about a measure, with the sentence it stands in."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="publications")
    round = models.ForeignKey(Round, models.PROTECT, related_name="publications")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.BigIntegerField()
    whole = models.BigIntegerField(null=True)
    source = models.CharField(max_length=300)  # title of the text, or its file's name
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    published_day = models.DateField(null=True)
    as_of = models.DateField(null=True)
    quote = models.CharField(max_length=200)
    sentence = models.TextField()
    start = models.PositiveIntegerField()  # of the quote in the sentence, code points
    end = models.PositiveIntegerField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "số đã công bố"
        constraints = [
            models.UniqueConstraint("measure", "round", "unit", "source", "start", name="one_publication_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.quote}"


class SignOffQuerySet(AllowedQuerySet["SignOff"]):
    scope = staticmethod(access.sign_offs)


class SignOff(models.Model):
    """Ký chốt số liệu: a unit's official figures of a round, frozen under their hash; a later one supersedes it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sign_offs")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()  # «lần 1», «lần 2»; the last one stands
    as_of = models.BigIntegerField()  # the ledger entry the figures are as of
    as_of_hash = models.CharField(max_length=64)  # of that entry: ties the figures to one chain
    figures = models.JSONField()  # rules.Consolidated.as_json(): exact, of the unit and of each unit directly below
    before = models.CharField(max_length=64, blank=True)  # seal of the sign-off this one supersedes
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=40)  # Actor.key
    signer = models.CharField(max_length=200)
    office = models.CharField(max_length=400)  # in words, as it was then
    note = models.CharField(max_length=rules.MAX_NOTE, blank=True)  # why with reports missing, or why once more
    seal = models.CharField(max_length=64)  # sha256 of all of this

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = "ký chốt số liệu"
        ordering = ["number"]
        constraints = [models.UniqueConstraint("round", "unit", "number", name="one_sign_off_per_number")]

    def __str__(self) -> str:
        return f"{self.unit_id} / {self.round_id}: {self.number}"

    def sealed(self) -> str:
        """The seal these contents must carry."""
        return rules.digest(
            {
                "round": self.round_id,
                "unit": self.unit_id,
                "number": self.number,
                "as_of": [self.as_of, self.as_of_hash],
                "figures": self.figures,
                "before": self.before,
                "signed_at": self.signed_at.astimezone(UTC).isoformat(timespec="microseconds"),
                "signed_by": [self.signed_by, self.signer, self.office],
                "note": self.note,
            }
        )
