"""The invitation as a unit sees it: when and where, what it is asked to bring, the report it owes, its open tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Briefing, Site
from giaoban.apps.briefings.queries.preparing import (
    DocumentRow,
    ItemRow,
    SiteRow,
    agenda_of,
    documents_of,
    site_row,
)
from giaoban.apps.briefings.queries.rows import Seen, seen
from giaoban.apps.reports import queries as reports
from giaoban.apps.reports.queries import Owed
from giaoban.apps.tasks import queries as tasks
from giaoban.apps.tasks.queries import TaskRow
from giaoban.base.access import Actor
from giaoban.core.refusal import NotFound

MOST_SITES = 5  # one person speaks for one unit, rarely for two


@dataclass(frozen=True)
class Bidding:
    """What one unit is told: its site, the items it presents, the reports it owes, the tasks it leads."""

    site: SiteRow
    unit_code: str
    presents: Sequence[ItemRow]
    owed: Sequence[Owed]
    tasks: Sequence[TaskRow]
    may_reply: bool

    @property
    def overdue(self) -> int:
        return sum(task.is_overdue for task in self.tasks)


@dataclass(frozen=True)
class Invitation:
    """The invitation of every site the actor speaks for; organisers see the letter without a site."""

    seen: Seen
    agenda: Sequence[ItemRow]
    documents: Sequence[DocumentRow]
    media_address: str
    called_at: datetime | None
    pack_sent_at: datetime | None
    biddings: Sequence[Bidding]


def invitation(*, actor: Actor, briefing_id: int, at: datetime) -> Invitation:
    """The invitation. Raises NotFound for a briefing that is not the actor's, or not called yet."""
    head = seen(actor=actor, briefing_id=briefing_id)
    briefing = Briefing.objects.get(pk=briefing_id)
    if briefing.state == rules.State.DRAFT and not head.may_organise:
        raise NotFound()
    agenda = agenda_of(briefing)
    sites = Site.objects.allowed(actor, access.ATTEND).filter(pk__in=head.own_sites).select_related("unit")
    owed = reports.owed(actor, at) if head.own_sites else ()
    return Invitation(
        seen=head,
        agenda=agenda,
        documents=documents_of(briefing),
        media_address=briefing.media_address,
        called_at=briefing.called_at,
        pack_sent_at=briefing.packs.order_by("-number").values_list("sent_at", flat=True).first(),
        biddings=[
            Bidding(
                site=site_row(site),
                unit_code=site.unit.code,
                presents=[item for item in agenda if item.presenter_unit_id == site.unit_id],
                owed=[one for one in owed if one.unit_id == site.unit_id],
                tasks=tasks.open_for(unit_id=site.unit_id, on=at.date(), actor=actor),
                may_reply=briefing.state == rules.State.CALLED,
            )
            for site in sites.order_by("ordinal")[:MOST_SITES]
        ],
    )
