"""A few writes behind the whole stack of middleware, for the tests of receipts."""

from __future__ import annotations

from django.apps import apps
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import Kind, Refusal

StoredFile = apps.get_model("attachments", "StoredFile")


class Full(Refusal):
    kind = Kind.CONFLICT
    says = "Kho đã đầy; hãy xóa bớt tệp cũ."


@service
def keep(request, name):
    stored = StoredFile.objects.create(sha256=name, size=1, media_type="text/plain", stored_at=request.at)
    record(actor=request.actor, verb="files.stored", on=stored, at=request.at)
    return stored


def store(request):
    stored = keep(request, request.POST.get("name") or request.body.decode() or "?")
    return HttpResponse(f"stored {stored.sha256}", status=201)


def upload(request):
    stored = keep(request, request.FILES["file"].read().decode())
    return HttpResponseRedirect(f"/files/{stored.pk}/")


def too_late(request):
    keep(request, "half")
    raise Full()


def answered_no(request):
    keep(request, "half")
    return HttpResponse("no", status=422)


def broken(request):
    keep(request, "half")
    raise RuntimeError("a bug")


urlpatterns = [
    path(f"{view.__name__}/", view, name=view.__name__) for view in (store, upload, too_late, answered_no, broken)
]
