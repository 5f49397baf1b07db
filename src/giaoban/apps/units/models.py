"""Units over time: an identity, where it hung from day to day, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from giaoban.apps.units import access
from giaoban.apps.units.rules import plans as rules
from giaoban.base.access import Actor, AllowedQuerySet
from giaoban.base.databases import PathField
from giaoban.base.web.language import named


class Level(models.Model):
    """Cấp: one storey of the organisation, as data. A smaller rank is nearer the top."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=100)  # «cấp trên trực tiếp cơ sở»
    name_en = models.CharField(max_length=100, blank=True)
    rank = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        verbose_name = "cấp"
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return named(self.name, self.name_en)


def _scope(actor: Actor, action: str) -> Q:
    """The feature's clause; offices may be given at units yet to begin too, so that somebody is there on their day."""
    clause = access.scope(actor, action)
    return clause | yet_to_begin(actor) if action == access.APPOINT else clause


def yet_to_begin(actor: Actor) -> Q:
    """Units without a path yet that will be the actor's to keep."""
    return Q(path="", pk__in=Placement.objects.filter(access.beginning(actor)).values("unit"))


class UnitQuerySet(AllowedQuerySet["Unit"]):
    scope = staticmethod(_scope)


class Unit(models.Model):
    """Đơn vị: an identity that outlives every place it has in the tree."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    folded_name = models.CharField(max_length=200, db_index=True)  # core.text_vi.folding, for search
    phone = models.CharField(max_length=40, blank=True)  # of the office, not of a person
    path = PathField(
        db_index=True, blank=True, default=""
    )  # derived: core.orgtree.archive.paths_on; «» before it begins
    is_made_up = models.BooleanField(default=False)  # demo: invented because no number is published

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name for tight places."""
        return self.short_name or self.name


class PlacementQuerySet(models.QuerySet["Placement"]):
    def on(self, day: date) -> Self:
        """Placements in force on one day."""
        return self.filter(Q(until_day__isnull=True) | Q(until_day__gt=day), from_day__lte=day)


class Placement(models.Model):
    """Vị trí trong cây: where a unit hangs, on which level, over the days [from, until)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField(null=True)  # open: in force until something ends it
    order = models.CharField(max_length=40, blank=True)  # among siblings; the code when empty
    plan = models.ForeignKey("Plan", models.PROTECT, related_name="placements", null=True)  # what began it

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí trong cây"
        constraints = [
            models.UniqueConstraint("unit", "from_day", name="one_placement_per_unit_and_first_day"),
            models.UniqueConstraint("unit", condition=Q(until_day=None), name="one_open_placement_per_unit"),
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gt=F("from_day")), name="placement_runs_forward"
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("unit")), name="placement_not_under_itself"),
        ]
        indexes = [models.Index(fields=["from_day", "until_day"], name="placement_days")]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id} [{self.from_day}, {self.until_day})"


class Succession(models.Model):
    """Kế thừa: what became of a unit on a day. A split states its share, or the two are not comparable."""

    class Kind(models.TextChoices):
        MERGE = "merge", "hợp nhất"
        SPLIT = "split", "chia tách"
        RENAME = "rename", "đổi tên"
        TRANSFER = "transfer", "chuyển giao một phần"

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="preceded_by")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    share_ppm = models.PositiveIntegerField(null=True)  # parts per million of the predecessor; null: not stated
    plan = models.ForeignKey("Plan", models.PROTECT, related_name="successions", null=True)

    class Meta:
        verbose_name = "kế thừa"
        constraints = [
            models.UniqueConstraint("predecessor", "successor", "day", name="one_succession_per_pair_and_day"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_between_two_units"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.kind})"


class FormerName(models.Model):
    """Tên cũ: what a unit was called up to a day, not including it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    until_day = models.DateField()
    plan = models.ForeignKey("Plan", models.PROTECT, related_name="former_names")

    class Meta:
        verbose_name = "tên cũ"
        constraints = [models.UniqueConstraint("unit", "until_day", name="one_former_name_per_unit_and_day")]

    def __str__(self) -> str:
        return self.name


class PlanQuerySet(AllowedQuerySet["Plan"]):
    scope = staticmethod(access.plan_scope)

    def behind(self, today: date) -> Self:
        """Committed plans whose day has come and which are not in force yet."""
        return self.filter(state=rules.PlanState.COMMITTED, is_in_force=False, day__lte=today)


class Plan(models.Model):
    """Phương án sắp xếp: what is to change in the tree on a day, checked as a whole and committed as a whole."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # it changes what stands below this unit
    title = models.CharField(max_length=200)
    basis = models.CharField(max_length=300, blank=True)  # the paper it carries out: «Nghị quyết số …»
    day = models.DateField()
    state = models.CharField(max_length=10, choices=rules.PlanState, default=rules.PlanState.DRAFT)
    revision = models.PositiveIntegerField(default=1)  # optimistic lock: who commits names what was looked at
    is_in_force = models.BooleanField(default=False)  # committed, and its day has come: names and paths are written

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "phương án sắp xếp"

    def __str__(self) -> str:
        return self.title


class PlannedChange(models.Model):
    """Thay đổi dự kiến: one change of a plan, by codes, as it was typed; core.orgtree.plans says what it does."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField(default=0)  # of the file it was loaded from; 0: typed on the page
    kind = models.CharField(max_length=10, choices=rules.ChangeKind)
    code = models.CharField(max_length=40)
    other = models.CharField(max_length=40, blank=True)  # the other unit's code: superior, successor, heir
    level = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=80, blank=True)
    share_ppm = models.PositiveIntegerField(null=True)  # of the unit, to `other`; null: not stated
    reports = models.CharField(max_length=8, choices=rules.OpenReports, blank=True)  # of a unit that ends

    class Meta:
        verbose_name = "thay đổi dự kiến"
        ordering = ["number"]
        constraints = [models.UniqueConstraint("plan", "number", name="one_number_per_planned_change")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.other}"


class MapPlace(models.Model):
    """Ô bản đồ: where a unit's tile lies on the tile map; without one it stands beside the map."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="map_place")
    column = models.SmallIntegerField()
    row = models.SmallIntegerField()

    class Meta:
        verbose_name = "ô bản đồ"

    def __str__(self) -> str:
        return f"{self.unit_id} ({self.column}, {self.row})"
