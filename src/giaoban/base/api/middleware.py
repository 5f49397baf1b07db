"""The same write sent twice is done once: idempotency keys for forms and programs alike."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import cast

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from giaoban.base.api.models import Receipt
from giaoban.base.web.refusals import told
from giaoban.base.web.request import Request
from giaoban.core.refusal import Kind, Refusal

MAX_KEY = 80
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


class NoKey(Refusal):
    says = "Yêu cầu ghi thiếu khóa chống gửi trùng; hãy mở lại trang rồi gửi lại (chương trình: thêm Idempotency-Key)."


class KeyReused(Refusal):
    kind = Kind.CONFLICT
    says = "Khóa chống gửi trùng này đã dùng cho một nội dung khác; hãy mở lại trang rồi gửi lại."


class _Refused(Exception):
    """Carries a refused answer out of the transaction, so that nothing half-written remains."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


class ReceiptMiddleware:
    """Runs a write and its receipt in one transaction; answers a repeated key from the receipt."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        asked = cast(Request, request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method in {"GET", "HEAD", "OPTIONS"} or name in settings.KEYLESS_URL_NAMES:
            return None
        if iscoroutinefunction(view):  # streams, which write nothing
            return None
        key = request.headers.get("Idempotency-Key") or request.POST.get("write_key", "")
        if not key or len(key) > MAX_KEY:
            return told(asked, NoKey())
        fingerprint = _fingerprint(request)
        earlier = Receipt.objects.filter(actor=asked.actor.key, key=key).first()
        if earlier:
            return _again(asked, earlier, fingerprint)
        try:
            with transaction.atomic():
                receipt = Receipt.objects.create(key=key, actor=asked.actor.key, fingerprint=fingerprint, at=asked.at)
                return self._done(asked, view, args, kwargs, receipt)
        except _Refused as refused:
            return refused.response
        except IntegrityError:
            earlier = Receipt.objects.filter(actor=asked.actor.key, key=key).first()
            if earlier is None:
                raise
            return _again(asked, earlier, fingerprint)

    def _done(
        self,
        request: Request,
        view: Callable[..., HttpResponse],
        args: list[object],
        kwargs: dict[str, object],
        receipt: Receipt,
    ) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Refusal as refusal:
            raise _Refused(told(request, refusal)) from refusal
        if response.status_code >= 400:
            raise _Refused(response)
        receipt.status = response.status_code
        receipt.location = response.headers.get("Location", "")
        receipt.body = "" if response.streaming else response.content.decode()
        receipt.content_type = response.headers.get("Content-Type", "")
        receipt.save(update_fields=["status", "location", "body", "content_type"])
        return response


def _fingerprint(request: HttpRequest) -> str:
    """What was asked, so that one key never answers for two contents. Files count by their bytes."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type not in _FORMS:
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        if name != "csrfmiddlewaretoken":
            digest.update(f"{name}={values}\n".encode())
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest.update(f"{name}:{upload.name}:{upload.size}\n".encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.hexdigest()


def _again(request: Request, receipt: Receipt, fingerprint: str) -> HttpResponse:
    if receipt.fingerprint != fingerprint:
        return told(request, KeyReused())
    response = HttpResponse(receipt.body, status=receipt.status, content_type=receipt.content_type or None)
    if receipt.location:
        response["Location"] = receipt.location
    response["Idempotent-Replay"] = "true"
    return response
