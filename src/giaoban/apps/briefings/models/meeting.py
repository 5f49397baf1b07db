"""What a briefing is called with: its series, itself, its sites and its agenda."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import Q

from giaoban.apps.briefings import access, rules
from giaoban.apps.people.models import Account
from giaoban.apps.tasks.models import Assigner
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor, AllowedQuerySet
from giaoban.core.periods import Period

Row = TypeVar("Row", bound=models.Model)


class SeriesQuerySet(AllowedQuerySet["Series"]):
    scope = staticmethod(access.scope_of_series)


class Series(models.Model):
    """Chuỗi giao ban: briefings held again and again, with the template each begins from."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # whose briefings
    name = models.CharField(max_length=rules.MAX_TITLE)  # «Giao ban tuần»
    rhythm = models.CharField(max_length=8, choices=rules.Rhythm)
    weekday = models.PositiveSmallIntegerField(null=True)  # Monday is 0; of weekly ones
    day = models.PositiveSmallIntegerField(null=True)  # of the month after the period
    hour = models.TimeField(null=True)
    place = models.CharField(max_length=rules.MAX_PLACE, blank=True)
    is_online = models.BooleanField(default=False)
    agenda = models.JSONField(default=list)  # rules.PlannedItem.to_json()
    assigner = models.ForeignKey(Assigner, models.PROTECT, related_name="+", null=True)  # whose directives these are
    is_active = models.BooleanField(default=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "chuỗi giao ban"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("unit", "name", name="one_series_per_unit_and_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def planned(self) -> tuple[rules.PlannedItem, ...]:
        """The agenda each briefing begins with."""
        return rules.from_template(self.agenda)


def _scope(actor: Actor, action: str) -> Q:
    """The feature's clause, and what named secretaries and sites may do too."""
    clause = access.scope(actor, action)
    if (secretaries := access.as_secretary(actor, action)) is not None:
        named = Briefing.secretaries.through.objects.filter(secretaries)
        clause |= Q(pk__in=named.values("briefing"))
    if (sites := access.at_site(actor, action)) is not None:
        clause |= Q(pk__in=Site.objects.filter(sites).values("briefing"))
    return clause


class BriefingQuerySet(AllowedQuerySet["Briefing"]):
    scope = staticmethod(_scope)

    def standing(self) -> BriefingQuerySet:
        """Those that were not cancelled."""
        return self.exclude(state=rules.State.CANCELLED)

    def held(self, actor: Actor, action: str, pk: int, *, revision: int | None = None) -> Briefing:
        """The briefing the actor may act on, held until commit. Raises NotFound, rules.ChangedSinceRead."""
        rows = self.select_related("unit", "series", "assigner", "chair")
        briefing = rows.allowed(actor, action).locked().one(pk)
        if revision is not None and revision != briefing.revision:
            raise rules.ChangedSinceRead()
        return briefing


class Briefing(models.Model):
    """Cuộc giao ban: one meeting at which work is handed over and handed out."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="briefings", null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # whose briefing
    title = models.CharField(max_length=rules.MAX_TITLE)
    starts_at = models.DateTimeField()
    period_code = models.CharField(max_length=rules.MAX_CODE)  # core.periods.Period.code: what it speaks about
    chair = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    chair_name = models.CharField(max_length=rules.MAX_NAME, blank=True)
    chair_post = models.CharField(max_length=rules.MAX_POST, blank=True)
    secretaries = models.ManyToManyField(Account, related_name="+")
    place = models.CharField(max_length=rules.MAX_PLACE, blank=True)
    is_online = models.BooleanField(default=False)
    media_address = models.CharField(max_length=rules.MAX_ADDRESS, blank=True)  # the picture, held by others
    assigner = models.ForeignKey(Assigner, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=rules.State, default=rules.State.DRAFT)
    called_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=rules.MAX_POST, blank=True)
    seal = models.CharField(max_length=64, blank=True)  # rules.sealed() of the record, once closed
    is_brought_in = models.BooleanField(default=False)  # from old papers: no session was held here
    revision = models.PositiveIntegerField(default=1)  # optimistic lock of the preparation

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc giao ban"
        constraints = [
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(seal=""), name="closed_briefing_is_sealed"),
            models.UniqueConstraint(
                "series", "period_code", condition=~Q(state="cancelled"), name="one_briefing_per_series_and_period"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="briefing_state_starts"),
            models.Index(fields=["unit", "starts_at"], name="briefing_unit_starts"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        """What the briefing speaks about."""
        return Period.parse(self.period_code)


class PartQuerySet(AllowedQuerySet[Row]):
    """Rows that belong to a briefing: what may be done to it may be done to them."""

    @staticmethod
    def scope(actor: Actor, action: str) -> Q:
        return Q(briefing__in=Briefing.objects.allowed(actor, action).values("pk"))


class SiteQuerySet(AllowedQuerySet["Site"]):
    @staticmethod
    def scope(actor: Actor, action: str) -> Q:
        """A site is attended by its own unit's officers alone; anything else as the briefing."""
        if action == access.ATTEND:
            return access.at_site(actor, action) or Q(pk__in=())
        return Q(briefing__in=Briefing.objects.allowed(actor, action).values("pk"))

    def coming(self) -> SiteQuerySet:
        """Sites that have said they will be there."""
        return self.filter(reply__in=rules.COMING)

    def present(self) -> SiteQuerySet:
        """Sites that are in the session now."""
        return self.filter(joined_at__isnull=False, left_at__isnull=True)


class Site(models.Model):
    """Điểm cầu: a unit's place in a briefing, its answer to the invitation, and whether it is there."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="sites")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=rules.MAX_NAME)
    ordinal = models.PositiveSmallIntegerField()
    is_centre = models.BooleanField(default=False)  # where the chair sits
    head = models.CharField(max_length=rules.MAX_NAME, blank=True)  # who leads the site, with the post
    reply = models.CharField(max_length=10, choices=rules.Reply, default=rules.Reply.INVITED)
    substitute = models.CharField(max_length=rules.MAX_NAME, blank=True)
    reason = models.CharField(max_length=rules.MAX_POST, blank=True)  # why absent
    replied_at = models.DateTimeField(null=True)
    replied_by = models.CharField(max_length=200, blank=True)
    asked_on = models.CharField(max_length=rules.MAX_PLACE, blank=True)  # what it is asked to speak on
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm cầu"
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint("briefing", "unit", name="one_site_per_briefing_and_unit"),
            models.UniqueConstraint("briefing", condition=Q(is_centre=True), name="one_centre_per_briefing"),
            models.CheckConstraint(condition=~Q(reply="substitute") | ~Q(substitute=""), name="substitute_is_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """Dấu có mặt: when a site's screen was last heard; machinery, not told to the ledger."""

    site = models.OneToOneField(Site, models.CASCADE, related_name="presence")
    last_seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "dấu có mặt"

    def __str__(self) -> str:
        return f"{self.site_id} {self.last_seen_at}"


class AgendaItemQuerySet(PartQuerySet["AgendaItem"]):
    pass


class AgendaItem(models.Model):
    """Mục chương trình: one item of a briefing's agenda, planned and as it went."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="agenda")
    ordinal = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=rules.MAX_TITLE)
    kind = models.CharField(max_length=10, choices=rules.ItemKind, default=rules.ItemKind.REPORT)
    presenter = models.CharField(max_length=rules.MAX_POST, blank=True)  # in words
    presenter_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    presenter_site = models.ForeignKey(Site, models.SET_NULL, related_name="+", null=True)
    minutes_planned = models.PositiveSmallIntegerField(default=10)
    state = models.CharField(max_length=8, choices=rules.ItemState, default=rules.ItemState.WAITING)
    began_at = models.DateTimeField(null=True)  # of its last turn
    ended_at = models.DateTimeField(null=True)
    seconds_spent = models.PositiveIntegerField(default=0)  # of all its turns that have ended

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "mục chương trình"
        ordering = ["ordinal", "pk"]
        constraints = [
            models.UniqueConstraint("briefing", condition=Q(state="current"), name="one_current_item_per_briefing"),
        ]

    def __str__(self) -> str:
        return self.title
