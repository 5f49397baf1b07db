"""Briefings as lists and heads of pages write them, and which of them the actor may see or prepare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Briefing, Site
from giaoban.apps.briefings.models.meeting import BriefingQuerySet
from giaoban.base.access import Actor
from giaoban.base.web.language import language

CHIPS = {  # state -> the house's chip
    "draft": "draft",
    "called": "submitted",
    "in_session": "accepted",
    "adjourned": "returned",
    "closed": "signed",
    "cancelled": "none",
}


@dataclass(frozen=True)
class BriefingRow:
    """One briefing in a list; `coming` of `sites` have said they will be there, `silent` have not answered."""

    briefing_id: int
    title: str
    series_id: int | None
    series: str
    unit_id: int
    unit: str
    unit_code: str
    starts_at: datetime
    state: str
    state_label: str
    chip: str
    period: str
    period_code: str
    place: str
    is_online: bool
    chair: str
    sites: int
    coming: int
    silent: int
    closed_at: datetime | None
    seal: str
    is_brought_in: bool

    @property
    def is_before(self) -> bool:
        """Whether it is still being prepared."""
        return self.state in rules.BEFORE

    @property
    def is_live(self) -> bool:
        return self.state in rules.LIVE

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be written: it was held, or called off."""
        return self.state in rules.OVER

    @property
    def is_closed(self) -> bool:
        return self.state == rules.State.CLOSED


def rows_of(briefings: BriefingQuerySet) -> Sequence[BriefingRow]:
    """The briefings as lists write them. One query."""
    counted: Any = briefings.select_related("series", "unit").annotate(
        site_count=Count("sites", distinct=True),
        coming_count=Count("sites", filter=Q(sites__reply__in=rules.COMING), distinct=True),
        silent_count=Count("sites", filter=Q(sites__reply=rules.Reply.INVITED), distinct=True),
    )
    return [
        BriefingRow(
            briefing_id=one.pk,
            title=one.title,
            series_id=one.series_id,
            series=one.series.name if one.series else "",
            unit_id=one.unit_id,
            unit=one.unit.name,
            unit_code=one.unit.code,
            starts_at=one.starts_at,
            state=one.state,
            state_label=gettext(str(rules.State(one.state).label)),
            chip=CHIPS[one.state],
            period=one.period.label(language()),
            period_code=one.period_code,
            place=one.place,
            is_online=one.is_online,
            chair=", ".join(part for part in (one.chair_name, one.chair_post) if part),
            sites=one.site_count,
            coming=one.coming_count,
            silent=one.silent_count,
            closed_at=one.closed_at,
            seal=one.seal,
            is_brought_in=one.is_brought_in,
        )
        for one in counted
    ]


@dataclass(frozen=True)
class Seen:
    """A briefing the actor may read, what they may do to it, and the sites they speak for."""

    row: BriefingRow
    may_organise: bool
    may_chair: bool
    own_sites: tuple[int, ...]
    has_pack: bool

    @property
    def may_read_record(self) -> bool:
        """Minutes are read by whoever takes part once it is closed, before that by those who write them."""
        return self.row.is_closed or self.may_chair


def seen(*, actor: Actor, briefing_id: int) -> Seen:
    """The briefing's head. Five queries. Raises NotFound."""
    briefing = Briefing.objects.allowed(actor, access.READ).one(briefing_id)
    mine = Briefing.objects.filter(pk=briefing.pk)
    may_organise = mine.allowed(actor, access.ORGANISE).exists()
    own = Site.objects.allowed(actor, access.ATTEND).filter(briefing=briefing, is_centre=False)
    return Seen(
        row=rows_of(mine)[0],
        may_organise=may_organise,
        may_chair=may_organise or (actor.kind == "person" and briefing.chair_id == actor.id),
        own_sites=tuple(own.values_list("pk", flat=True)),
        has_pack=briefing.packs.exists(),
    )
