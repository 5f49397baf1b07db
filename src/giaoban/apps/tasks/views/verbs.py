"""The verbs as pages send them: parse, one call, back to the task."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from giaoban.apps.tasks import forms, rules, services
from giaoban.apps.tasks.models import Extension
from giaoban.apps.tasks.views.task import task_page
from giaoban.base.web import parsing
from giaoban.base.web.request import Request
from giaoban.core.refusal import Kind, NotFound, Refusal


def _done(request: Request, task_id: int, verb: str, call: Callable[[], object], told: str) -> HttpResponse:
    """Do it and go back to the task; a refusal stands at its form on the page, with all that was typed."""
    try:
        call()
    except Refusal as refusal:
        if refusal.kind is Kind.MISSING:
            raise
        return task_page(request, task_id, refusal=refusal, verb=verb)
    messages.success(request, told)
    return redirect("tasks:show", task_id=task_id)


def _reason(request: Request) -> str:
    return request.POST.get("reason", "")


@require_POST
def take(request: Request, task_id: int) -> HttpResponse:
    """Take the task on."""
    officer = parsing.number(request.POST.get("officer"), default=0) or None

    def call() -> object:
        return services.take(actor=request.actor, task_id=task_id, officer_id=officer, at=request.at)

    return _done(request, task_id, "take", call, gettext("Đã nhận việc."))


@require_POST
def note(request: Request, task_id: int) -> HttpResponse:
    """Tell how far it is."""

    def call() -> object:
        return services.note(
            actor=request.actor,
            task_id=task_id,
            words=request.POST.get("words", ""),
            percent=rules.fitting_percent(request.POST.get("percent", "")),
            evidence=forms.evidence(request),
            at=request.at,
        )

    return _done(request, task_id, "note", call, gettext("Đã ghi tiến độ."))


@require_POST
def hand_in(request: Request, task_id: int) -> HttpResponse:
    """Hand in the result."""

    def call() -> object:
        return services.hand_in(
            actor=request.actor,
            task_id=task_id,
            product=request.POST.get("product", ""),
            evidence=forms.evidence(request),
            at=request.at,
        )

    return _done(request, task_id, "hand_in", call, gettext("Đã nộp kết quả."))


@require_POST
def ask(request: Request, task_id: int) -> HttpResponse:
    """Ask for more time."""

    def call() -> object:
        return services.ask_extension(
            actor=request.actor,
            task_id=task_id,
            due=forms.deadline(parsing.typed(request.POST, "due"), on=request.at.date()),
            reason=_reason(request),
            at=request.at,
        )

    return _done(request, task_id, "ask", call, gettext("Đã gửi đề nghị gia hạn."))


@require_POST
def extend(request: Request, task_id: int) -> HttpResponse:
    """Give more time without being asked."""

    def call() -> object:
        return services.extend(
            actor=request.actor,
            task_id=task_id,
            due=forms.deadline(parsing.typed(request.POST, "due"), on=request.at.date()),
            reason=_reason(request),
            at=request.at,
        )

    return _done(request, task_id, "extend", call, gettext("Đã gia hạn."))


@require_POST
def grant(request: Request, extension_id: int) -> HttpResponse:
    """Give the time asked for."""

    def call() -> object:
        return services.grant_extension(
            actor=request.actor, extension_id=extension_id, decision=_reason(request), at=request.at
        )

    return _done(request, _task_of(extension_id), "decide", call, gettext("Đã gia hạn."))


@require_POST
def refuse(request: Request, extension_id: int) -> HttpResponse:
    """Keep to the deadline."""

    def call() -> object:
        return services.refuse_extension(
            actor=request.actor, extension_id=extension_id, reason=_reason(request), at=request.at
        )

    return _done(request, _task_of(extension_id), "decide", call, gettext("Đã trả lời đề nghị gia hạn."))


def _task_of(extension_id: int) -> int:
    """Which task's page to go back to; whether the reader may see it is asked there and by the service."""
    task_id = Extension.objects.filter(pk=extension_id).values_list("task_id", flat=True).first()
    if task_id is None:
        raise NotFound()
    return task_id


@require_POST
def accept(request: Request, task_id: int) -> HttpResponse:
    """Receive the result."""
    revision = parsing.number(request.POST.get("revision"), default=0) or None

    def call() -> object:
        return services.accept(actor=request.actor, task_id=task_id, revision=revision, at=request.at)

    return _done(request, task_id, "accept", call, gettext("Đã nhận kết quả."))


@require_POST
def send_back(request: Request, task_id: int) -> HttpResponse:
    """Return the result with the reason."""
    return _with_reason(request, task_id, "send_back", services.send_back, gettext("Đã trả lại kết quả."))


@require_POST
def reopen(request: Request, task_id: int) -> HttpResponse:
    """Give a received task back to be worked on again."""
    return _with_reason(request, task_id, "reopen", services.reopen, gettext("Đã mở lại nhiệm vụ."))


@require_POST
def withdraw(request: Request, task_id: int) -> HttpResponse:
    """The task need not be done any more."""
    return _with_reason(request, task_id, "withdraw", services.withdraw, gettext("Đã thôi giao nhiệm vụ."))


def _with_reason(request: Request, task_id: int, name: str, verb: Callable[..., object], told: str) -> HttpResponse:
    def call() -> object:
        return verb(actor=request.actor, task_id=task_id, reason=_reason(request), at=request.at)

    return _done(request, task_id, name, call, told)


@require_POST
def close(request: Request, task_id: int) -> HttpResponse:
    """Put a received task away."""

    def call() -> object:
        return services.close(actor=request.actor, task_id=task_id, at=request.at)

    return _done(request, task_id, "close", call, gettext("Đã kết thúc nhiệm vụ."))


@require_POST
def reassign(request: Request, task_id: int) -> HttpResponse:
    """Give the task to another unit or officer."""

    def call() -> object:
        lead = forms.unit(parsing.typed(request.POST, "lead"), request.actor.reach("reviewer"))
        name = parsing.typed(request.POST, "officer")
        return services.reassign(
            actor=request.actor,
            task_id=task_id,
            lead_unit_id=lead,
            officer_id=forms.officer_id(name, unit_id=lead, on=request.at.date()),
            officer_name=name[:120],
            post=parsing.typed(request.POST, "post")[:160],
            reason=_reason(request),
            revision=parsing.number(request.POST.get("revision"), default=0),
            at=request.at,
        )

    return _done(request, task_id, "reassign", call, gettext("Đã giao lại nhiệm vụ."))
