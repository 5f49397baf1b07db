"""A refusal as an answer: HTML for a person, problem+json for a program. The status comes from its kind alone."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from giaoban.base.web.request import Request
from giaoban.core.refusal import Fault, Kind, Refusal

STATUS = {
    Kind.INVALID: 422,
    Kind.CONFLICT: 409,
    Kind.FORBIDDEN: 403,
    Kind.MISSING: 404,
    Kind.TOO_LARGE: 413,
}


def sentence(no: Refusal | Fault) -> str:
    """The refusal in the reader's language."""
    return gettext(no.says).format(**no.values)


def wants_json(request: Request) -> bool:
    return "json" in request.headers.get("Accept", "") or request.path.startswith("/api/")


def problem(refusal: Refusal, status: int) -> JsonResponse:
    """RFC 9457 problem details."""
    body = {
        "type": f"urn:giaoban:refusal:{type(refusal).__name__}",
        "title": sentence(refusal),
        "status": status,
        "faults": [{"place": fault.place, "detail": sentence(fault)} for fault in refusal.faults],
    }
    return JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def told(request: Request, refusal: Refusal) -> HttpResponse:
    """The answer for this request."""
    status = STATUS[refusal.kind]
    if wants_json(request):
        return problem(refusal, status)
    faults = [(fault.place, sentence(fault)) for fault in refusal.faults]
    return render(
        request,
        "web/refusal.html",
        {"sentence": sentence(refusal), "faults": faults, "status": status, "is_fragment": bool(request.htmx)},
        status=status,
    )
