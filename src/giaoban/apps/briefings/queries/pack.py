"""The pack: live figures, late reports, tasks due, and what the reader found; put together for the briefing's unit.

A section is a table of written cells, so that what is frozen is what was read. Everything is asked as an officer of the
briefing's unit sees it, whoever looks: two organisers send the same pack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext

from giaoban.apps.briefings import access
from giaoban.apps.briefings.models import Briefing, Pack
from giaoban.apps.briefings.queries import contents
from giaoban.apps.briefings.queries.rows import Seen, seen
from giaoban.apps.briefings.queries.written import Cell, Section
from giaoban.base.access import Actor, Place
from giaoban.core.refusal import NotFound


@dataclass(frozen=True)
class PackPage:
    """A pack: live while `sent_at` is None, else as it was sent. `sent` lists all that were, newest first."""

    seen: Seen
    sections: Sequence[Section]
    number: int
    sent_at: datetime | None
    sent_by: str
    sha256: str
    sent: Sequence[tuple[int, datetime]]


def live_sections(*, actor: Actor, briefing_id: int, at: datetime) -> Sequence[Section]:
    """The pack as it would be sent now. Raises NotFound for who does not organise the briefing."""
    briefing = Briefing.objects.select_related("unit").allowed(actor, access.ORGANISE).one(briefing_id)
    officer = _officer(actor, briefing)
    return [
        contents.figures(actor=officer, briefing=briefing, at=at),
        contents.late_reports(actor=officer, briefing=briefing, at=at),
        contents.tasks_due(actor=officer, briefing=briefing, at=at),
        contents.findings(actor=officer, briefing=briefing),
    ]


def _officer(actor: Actor, briefing: Briefing) -> Actor:
    here = (Place(briefing.unit_id, briefing.unit.path),)
    return replace(actor, places=MappingProxyType({"reviewer": here, "reader": here}))


def pack_page(*, actor: Actor, briefing_id: int, at: datetime, number: int | None = None) -> PackPage:
    """The pack with a number; without one the live preview for organisers, and for all others what was sent last.

    Raises NotFound when there is none, or the briefing is not the actor's.
    """
    head = seen(actor=actor, briefing_id=briefing_id)
    sent = list(Pack.objects.filter(briefing=briefing_id).order_by("-number").values_list("number", "sent_at"))
    wanted = number if number is not None else (sent[0][0] if sent and _frozen_first(head) else None)
    if wanted is None:
        sections = live_sections(actor=actor, briefing_id=briefing_id, at=at)
        return PackPage(head, sections, 0, None, "", "", sent)
    pack = Pack.objects.filter(briefing=briefing_id, number=wanted).first()
    if pack is None:
        raise NotFound()
    sections = [section_from(one) for one in pack.sections]
    return PackPage(head, sections, pack.number, pack.sent_at, pack.sent_by, pack.sha256, sent)


def _frozen_first(head: Seen) -> bool:
    """A live pack is for organisers, while there is still a briefing to come."""
    return not head.may_organise or not head.row.is_before


def as_json(sections: Sequence[Section]) -> list[dict[str, Any]]:
    """Sections as they are frozen."""
    return [asdict(section) for section in sections]


def section_from(told: Mapping[str, Any]) -> Section:
    """A section as it was frozen."""
    return Section(
        code=told["code"],
        title=told["title"],
        note=told.get("note", ""),
        lead=tuple(told.get("lead", ())),
        head=tuple(told.get("head", ())),
        rows=tuple(tuple(Cell(**cell) for cell in row) for row in told.get("rows", ())),
        left_off=told.get("left_off", 0),
        empty=told.get("empty") or gettext("Không có nội dung."),
    )
