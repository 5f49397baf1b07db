"""Pages of the ledger."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from giaoban.base.ledger import queries
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request


@require_safe
def entries(request: Request) -> HttpResponse:
    """The newest entries first; `?before=` walks back."""
    before = request.GET.get("before", "")
    lines = queries.newest(
        actor=request.actor,
        before=int(before) if before.isascii() and before.isdecimal() else None,
        verb=request.GET.get("verb", "")[:64],
    )
    return page(
        request,
        "ledger/entries.html",
        lines=lines,
        older=lines[-1].id if len(lines) == queries.PAGE else None,
        verb=request.GET.get("verb", "")[:64],
    )


@require_safe
def entry(request: Request, entry_id: int) -> HttpResponse:
    """One entry, its facts and its seal."""
    found = queries.extract(actor=request.actor, entry_id=entry_id)
    facts = [(name, json.dumps(value, ensure_ascii=False, indent=1)) for name, value in found.facts.items()]
    return page(request, "ledger/entry.html", extract=found, line=found.line, facts=facts)
