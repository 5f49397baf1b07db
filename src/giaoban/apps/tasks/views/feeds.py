"""Links for calendar programs: the file itself, and making and taking back the link."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.tasks import papers, queries, services
from giaoban.apps.tasks.forms import week as boxes
from giaoban.apps.tasks.rules import icalendar
from giaoban.apps.tasks.views.week import address
from giaoban.apps.units import queries as units
from giaoban.base.web import parsing
from giaoban.base.web.request import Request


@require_safe
def calendar_feed(request: Request, token: str) -> HttpResponse:
    """The calendar behind a link. Whose it is says the token alone; whoever may be signed in here has no part in it."""
    found = queries.feed(token=token[:200], on=request.at.date())
    base = request.build_absolute_uri("/").rstrip("/")
    body = papers.calendar_file(found, base=base, zone=timezone.get_current_timezone())
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=icalendar.MEDIA_TYPE)
    response["Content-Disposition"] = 'inline; filename="lich-cong-tac.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response


@require_POST
def make_feed(request: Request) -> HttpResponse:
    """Make one's link, or another in its place."""
    code = parsing.typed(request.POST, "unit")[:40]
    unit = None if code == queries.ME else units.seen_unit(actor=request.actor, code=code)
    services.make_feed(actor=request.actor, unit=unit, at=request.at)
    messages.success(request, gettext("Đã tạo đường dẫn lịch; hãy chép vào chương trình lịch của đồng chí."))
    return _back(request)


@require_POST
def revoke_feed(request: Request, feed_id: int) -> HttpResponse:
    """Take one's link back."""
    services.revoke_feed(actor=request.actor, feed_id=feed_id, at=request.at)
    messages.success(request, gettext("Đã bỏ đường dẫn lịch; chương trình lịch không đọc được bằng đường dẫn cũ nữa."))
    return _back(request)


def _back(request: Request) -> HttpResponse:
    unit, week = parsing.typed(request.POST, "unit")[:40], parsing.typed(request.POST, "week")[:20]
    return HttpResponseRedirect(f"{address(unit, boxes.week(week, on=request.at.date()))}#feed")
