"""Pages of the ledger."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from giaoban.base.ledger import queries
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request

_PLACE = re.compile(r"(?:/[0-9]{1,18})+/")


@require_safe
def entries(request: Request) -> HttpResponse:
    """The newest entries first; `?before=` walks back, `?place=` keeps to a part of the tree, `?verb=` to a verb."""
    before = request.GET.get("before", "")
    verb, place = request.GET.get("verb", "")[:64], request.GET.get("place", "")[:200]
    place = place if _PLACE.fullmatch(place) else ""
    lines = queries.newest(
        actor=request.actor,
        before=int(before) if before.isascii() and before.isdecimal() and len(before) <= 18 else None,
        verb=verb,
        place=place,
    )
    kept = {name: value for name, value in (("verb", verb), ("place", place)) if value}
    older = urlencode({"before": lines[-1].id, **kept}) if len(lines) == queries.PAGE else ""
    crumbs = (Crumb(gettext("Hệ thống"), reverse("system")), Crumb(gettext("Nhật ký")))
    return page(request, "ledger/entries.html", crumbs=crumbs, lines=lines, older=older, kept=kept)


@require_safe
def entry(request: Request, entry_id: int) -> HttpResponse:
    """One entry, its facts and its seal."""
    found = queries.extract(actor=request.actor, entry_id=entry_id)
    facts = [(name, json.dumps(value, ensure_ascii=False, indent=1)) for name, value in found.facts.items()]
    crumbs = (Crumb(gettext("Nhật ký"), reverse("ledger:entries")), Crumb(str(entry_id)))
    return page(request, "ledger/entry.html", crumbs=crumbs, extract=found, line=found.line, facts=facts)
