"""page(): the one way a view answers with HTML; rows are fetched before, templates only write."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from giaoban.base.ledger import guards
from giaoban.base.web.frame import frame_of
from giaoban.base.web.request import Request


def page(request: Request, template: str, *, status: int = 200, **data: Any) -> HttpResponse:
    """Render `template` with frozen rows. With guards on, a query during rendering is a bug and raises."""
    data.setdefault("frame", frame_of(request))
    if not settings.GUARDS:
        return HttpResponse(render_to_string(template, data, request), status=status)
    with guards.no_queries():
        return HttpResponse(render_to_string(template, data, request), status=status)
