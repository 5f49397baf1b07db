"""One task: its page, the form it is handed out with, and the lists the form offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from giaoban.apps.tasks import forms, queries, rules, services
from giaoban.apps.tasks.views.lists import crumbs
from giaoban.base.access import Reach
from giaoban.base.web import parsing
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import Kind, NotFound, Refusal

_CRUMB = 60  # letters of a title in the breadcrumb


@require_safe
def show(request: Request, task_id: int) -> HttpResponse:
    """Everything about one task, and what can be done with it now."""
    return task_page(request, task_id)


def task_page(request: Request, task_id: int, *, refusal: Refusal | None = None, verb: str = "") -> HttpResponse:
    """The page; after a refusal with the sentence at the form it belongs to, and all that was typed in it.

    Whoever may not do the verb at all is told that nothing is there, whatever else was wrong.
    """
    found = queries.task_page(actor=request.actor, task_id=task_id, on=request.at.date())
    if refusal is not None and not found.may(verb):
        raise NotFound()
    return page(
        request,
        "tasks/task.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=crumbs(Crumb(Truncator(found.row.title).chars(_CRUMB))),
        task=found,
        refused=verb if refusal else "",
        says=sentence(refusal) if refusal else "",
        typed=request.POST if refusal else {},
        at=request.at,
    )


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Hand out a task on behalf of a unit the reader decides for."""
    reach = request.actor.reach("reviewer")
    if not reach:
        raise NotFound()
    choices = queries.choices(actor=request.actor)
    words = {"title": gettext("Giao nhiệm vụ"), "verb": gettext("Giao nhiệm vụ"), "back": reverse("tasks:index")}
    if request.method == "GET":
        asked = {name: text for name, text in forms.boxes(request.GET).items() if text}
        return _form(request, choices, words, {**forms.USUAL_BOXES, **asked}, origin=request.GET.get("origin", ""))
    given, origin = forms.boxes(request.POST), request.POST.get("origin", "")
    try:
        asked_for = replace(_read(request, given, reach), origin=queries.origin_of(origin))
        task = services.assign(actor=request.actor, task=asked_for, at=request.at)
    except Refusal as refusal:
        return _form(request, choices, words, given, refusal, origin=origin)
    messages.success(request, gettext("Đã giao nhiệm vụ."))
    return redirect("tasks:show", task_id=task.pk)


@require_http_methods(["GET", "POST"])
def part(request: Request, task_id: int) -> HttpResponse:
    """Give a part of a task to the lead unit itself or to one below it."""
    whole = queries.task_page(actor=request.actor, task_id=task_id, on=request.at.date())
    if not whole.may_split:
        raise NotFound()
    choices = queries.choices(actor=request.actor, below=whole.row.lead_id)
    back = reverse("tasks:show", args=[task_id])
    words = {"title": gettext("Chia việc"), "verb": gettext("Giao việc con"), "back": back}
    more: dict[str, Any] = {"whole": whole.row}
    if request.method == "GET":
        usual = {"lead": whole.lead_code, "due": whole.row.due_typed}
        return _form(request, choices, words, {**forms.USUAL_BOXES, **usual}, **more)
    given = forms.boxes(request.POST)
    try:
        services.break_down(
            actor=request.actor,
            task_id=task_id,
            part=_read(request, given, queries.reach_below(whole.row.lead_id), is_part=True),
            at=request.at,
        )
    except Refusal as refusal:
        return _form(request, choices, words, given, refusal, **more)
    messages.success(request, gettext("Đã giao việc con."))
    return redirect("tasks:show", task_id=task_id)


@require_http_methods(["GET", "POST"])
def edit(request: Request, task_id: int) -> HttpResponse:
    """Write anew what is to be done."""
    draft = queries.draft(actor=request.actor, task_id=task_id)
    choices = queries.choices(actor=request.actor)
    back = reverse("tasks:show", args=[task_id])
    words = {"title": gettext("Sửa nội dung giao"), "verb": gettext("Lưu nội dung"), "back": back}
    more: dict[str, Any] = {"is_edit": True, "revision": draft.revision}
    if request.method == "GET":
        return _form(request, choices, words, draft.boxes, **more)
    kept = {name: draft.boxes[name] for name in ("lead", "due")}
    given = forms.boxes(request.POST) | kept
    more["revision"] = parsing.number(request.POST.get("revision"), default=0)
    try:
        services.amend(
            actor=request.actor,
            task_id=task_id,
            task=_read(request, given, request.actor.reach("reviewer")),
            revision=more["revision"],
            at=request.at,
        )
    except Refusal as refusal:
        return _form(request, choices, words, given, refusal, **more)
    messages.success(request, gettext("Đã lưu nội dung nhiệm vụ."))
    return redirect("tasks:show", task_id=task_id)


def _read(request: Request, given: Mapping[str, str], reach: Reach, *, is_part: bool = False) -> rules.Assignment:
    return forms.assignment(given=given, reach=reach, on=request.at.date(), is_part=is_part)


def _form(
    request: Request,
    choices: queries.Choices,
    words: Mapping[str, str],
    given: Mapping[str, str],
    refusal: Refusal | None = None,
    **more: Any,
) -> HttpResponse:
    if refusal is not None and refusal.kind is Kind.MISSING:
        raise refusal
    return page(
        request,
        "tasks/form.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=crumbs(Crumb(words["title"])),
        words=words,
        given=given,
        choices=choices,
        kinds=[(kind.value, str(kind.label)) for kind in rules.Kind],
        source_kinds=[(kind.value, str(kind.label)) for kind in rules.SourceKind],
        weights=[str(one) for one in range(rules.LIGHTEST, rules.HEAVIEST + 1)],
        says=sentence(refusal) if refusal else "",
        faults={fault.place: sentence(fault) for fault in refusal.faults} if refusal else {},
        **more,
    )


@require_http_methods(["GET", "POST"])
def lists(request: Request) -> HttpResponse:
    """The bodies that assign and the topics tasks are counted by; a keeper adds to them."""
    if not request.actor.reach("keeper"):
        raise NotFound()
    refusal: Refusal | None = None
    if request.method == "POST":
        name = parsing.typed(request.POST, "name")
        verb = services.name_topic if request.POST.get("list") == "topic" else services.name_assigner
        try:
            verb(actor=request.actor, name=name, name_en=parsing.typed(request.POST, "name_en")[:120], at=request.at)
        except (rules.Lacking, rules.CodeTaken) as no:
            refusal = no
        else:
            messages.success(request, gettext("Đã thêm «{name}».").format(name=name))
            return redirect("tasks:lists")
    return page(
        request,
        "tasks/lists.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=crumbs(Crumb(gettext("Danh mục"))),
        choices=queries.choices(actor=request.actor),
        says=sentence(refusal) if refusal else "",
        typed=request.POST if refusal else {},
    )


@require_safe
def note_file(request: Request, note_id: int) -> HttpResponse:
    """The file kept with a note, always to be saved, never shown in place."""
    found = queries.note_file(actor=request.actor, note_id=note_id)
    response = HttpResponse(found.data, content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
