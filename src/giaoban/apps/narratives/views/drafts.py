"""Pages of instructions, of the tasks drafted from them, and of those that were kept."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.narratives import forms
from giaoban.apps.narratives.queries import drafts as queries
from giaoban.apps.narratives.rules.drafts import MAX_WORDS, Correction
from giaoban.apps.narratives.services import instructions as services
from giaoban.base.web import parsing
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import Kind, Refusal
from giaoban.files import prose_in


@require_safe
def index(request: Request) -> HttpResponse:
    """The drafts that were kept, the nearest deadline first; within the page of tasks only how many there are."""
    if request.htmx:
        return page(request, "narratives/parts/drafts_panel.html", counts=queries.draft_counts(actor=request.actor))
    filters = forms.draft_filters(request)
    return page(
        request,
        "narratives/drafts.html",
        crumbs=(_tasks(), Crumb(gettext("Việc đã giữ"))),
        found=queries.draft_list(actor=request.actor, on=request.at.date(), filters=filters),
        filters=filters,
        may_receive=bool(request.actor.reach("reporter", "reviewer")),
    )


@require_safe
def hand_over(request: Request, kept_id: int) -> HttpResponse:
    """To the form of a new task, filled in from a kept draft."""
    return redirect(queries.form_of_task(actor=request.actor, draft_id=kept_id, on=request.at.date()))


@require_safe
def instructions(request: Request) -> HttpResponse:
    """The instructions received, and the boxes to receive one."""
    return _instructions(request)


def _tasks() -> Crumb:
    return Crumb(gettext("Nhiệm vụ"), reverse("tasks:index"))


def _instructions(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    number = parsing.page_number(request.GET)
    return page(
        request,
        "narratives/instructions.html",
        status=STATUS[refusal.kind] if refusal else 200,
        says=sentence(refusal) if refusal else "",
        crumbs=(_tasks(), Crumb(gettext("Văn bản chỉ đạo"))),
        found=queries.instruction_list(actor=request.actor, page=number),
        typed=request.POST.get("text", ""),
        unit_id=parsing.number(request.POST.get("unit", "")),
        number=number,
    )


@require_POST
def receive(request: Request) -> HttpResponse:
    """Take in an instruction, as a file or pasted."""
    try:
        sent = forms.upload(request)
        instruction = services.receive_instruction(
            actor=request.actor,
            unit_id=parsing.number(request.POST.get("unit", "")),
            name=sent[0] if sent else gettext("Văn bản dán"),
            data=sent[1] if sent else None,
            prose=prose_in.read(data=sent[1], name=sent[0]) if sent else None,  # before the transaction
            text=request.POST.get("text", ""),
            at=request.at,
        )
    except Refusal as refusal:
        return _instructions(request, refusal)
    return redirect("narratives:instruction", instruction_id=instruction.pk)


@require_safe
def instruction(request: Request, instruction_id: int) -> HttpResponse:
    """Prose left with what it asks for marked, drafts to decide on right."""
    return _instruction(request, instruction_id)


def _instruction(request: Request, instruction_id: int, refusal: Refusal | None = None) -> HttpResponse:
    found = queries.instruction_page(actor=request.actor, instruction_id=instruction_id, on=request.at.date())
    crumbs = (
        _tasks(),
        Crumb(gettext("Văn bản chỉ đạo"), reverse("narratives:instructions")),
        Crumb(found.line.symbol or found.line.name),
    )
    return page(
        request,
        "narratives/instruction.html",
        status=STATUS[refusal.kind] if refusal else 200,
        says=sentence(refusal) if refusal else "",
        crumbs=crumbs,
        found=found,
        boxes=[forms.box(row, request.POST) for row in found.drafts],
        most=MAX_WORDS,
    )


def _deciding(request: Request, instruction_id: int, decide: Callable[[], object], told: str) -> HttpResponse:
    """Do it and go back to the text; what cannot be taken is told there, with everything typed still in its box."""
    try:
        decide()
    except Refusal as refusal:
        if refusal.kind is Kind.MISSING:
            raise
        return _instruction(request, instruction_id, refusal)
    messages.success(request, told)
    return redirect("narratives:instruction", instruction_id=instruction_id)


@require_POST
def keep_all(request: Request, instruction_id: int) -> HttpResponse:
    """Keep every draft that is still open, as it stands in its boxes."""

    def decide() -> object:
        typed = forms.corrections(request)
        return services.keep_open_drafts(
            actor=request.actor, instruction_id=instruction_id, corrections=typed, at=request.at
        )

    return _deciding(request, instruction_id, decide, gettext("Đã giữ mọi việc còn lại; xem ở danh sách nhiệm vụ."))


@require_POST
def keep(request: Request, draft_id: int) -> HttpResponse:
    """Keep one draft as it stands in its boxes."""

    def decide() -> object:
        typed = forms.corrections(request).get(draft_id)
        return services.keep_draft(actor=request.actor, draft_id=draft_id, correction=typed, at=request.at)

    return _deciding(request, _of(request, draft_id), decide, gettext("Đã giữ việc này."))


@require_POST
def correct(request: Request, draft_id: int) -> HttpResponse:
    """Write down what stands in the boxes of a draft, without deciding yet."""

    def decide() -> object:
        typed = forms.corrections(request).get(draft_id, Correction("", None))
        return services.correct_draft(actor=request.actor, draft_id=draft_id, correction=typed, at=request.at)

    return _deciding(request, _of(request, draft_id), decide, gettext("Đã ghi chỗ sửa."))


@require_POST
def dismiss(request: Request, draft_id: int) -> HttpResponse:
    """Set one draft aside."""

    def decide() -> object:
        return services.dismiss_draft(actor=request.actor, draft_id=draft_id, at=request.at)

    return _deciding(request, _of(request, draft_id), decide, gettext("Đã bỏ việc này."))


def _of(request: Request, draft_id: int) -> int:
    return queries.instruction_of(actor=request.actor, draft_id=draft_id)
