"""The wall: what a hall looks at, while a briefing is on and when it is looked at again."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from giaoban.apps.briefings import queries
from giaoban.base.web import parsing
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request
from giaoban.core.refusal import NotFound


@require_safe
def wall(request: Request, briefing_id: int) -> HttpResponse:
    """The wall of a briefing that is on; of a closed one the moment numbered in `moment`, the first to begin with."""
    return _wall(request, briefing_id, "briefings/wall.html")


@require_safe
def wall_now(request: Request, briefing_id: int) -> HttpResponse:
    """The same without the page around it, for a wall that is up already."""
    return _wall(request, briefing_id, "briefings/wall/frame.html")


def _wall(request: Request, briefing_id: int, template: str) -> HttpResponse:
    found, frame = queries.live_frame(actor=request.actor, briefing_id=briefing_id, at=request.at)
    row = found.seen.row
    if row.is_before and not found.seen.may_chair:
        raise NotFound()
    replay = None
    if row.is_closed:
        moment = parsing.number(request.GET.get("moment"), default=1)
        replay = queries.replay(actor=request.actor, briefing_id=briefing_id, place=moment, at=request.at)
        frame = replay.frame
    return page(
        request,
        template,
        row=row,
        found=found,
        frame_=frame,
        replay=replay,
        now=int(frame.at.timestamp() * 1000),
        at=request.at,
    )
