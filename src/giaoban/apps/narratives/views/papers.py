"""Pages of the register of cited papers."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from giaoban.apps.narratives import forms
from giaoban.apps.narratives.queries import papers as queries
from giaoban.base.web import parsing
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request


@require_safe
def index(request: Request) -> HttpResponse:
    """Every paper that the reader's reports cite."""
    filters = forms.paper_filters(request)
    return page(
        request,
        "narratives/papers.html",
        crumbs=(Crumb(gettext("Báo cáo"), reverse("reports:list")), Crumb(gettext("Văn bản được trích"))),
        found=queries.paper_list(actor=request.actor, filters=filters),
        filters=filters,
    )


@require_safe
def show(request: Request, paper_id: int) -> HttpResponse:
    """One paper: which reports cite it, in which words."""
    number = parsing.page_number(request.GET)
    found = queries.paper_page(actor=request.actor, paper_id=paper_id, page=number)
    crumbs = (
        Crumb(gettext("Báo cáo"), reverse("reports:list")),
        Crumb(gettext("Văn bản được trích"), reverse("narratives:papers")),
        Crumb(found.line.name),
    )
    return page(request, "narratives/paper.html", crumbs=crumbs, found=found, number=number)
