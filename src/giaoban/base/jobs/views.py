"""The page of jobs under Hệ thống."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.base.jobs import queries, services
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request


@require_safe
def index(request: Request) -> HttpResponse:
    """What failed, runs, waits; schedules and followers; for keepers of the house."""
    found = queries.overview(actor=request.actor, at=request.at)
    crumbs = (Crumb(gettext("Hệ thống"), reverse("system")), Crumb(gettext("Việc nền")))
    tables = [
        (gettext("Không xong"), "failed", found.failed, found.counts.get("failed", 0)),
        (gettext("Đang chạy"), "running", found.running, found.counts.get("running", 0)),
        (gettext("Đang chờ"), "waiting", found.waiting, found.counts.get("waiting", 0)),
        (gettext("Mới xong"), "done", found.done, found.counts.get("done", 0)),
    ]
    return page(request, "jobs/index.html", crumbs=crumbs, found=found, tables=tables)


@require_POST
def restart(request: Request, job_id: int) -> HttpResponse:
    """Try a failed job again."""
    services.restart(actor=request.actor, job_id=job_id, at=request.at)
    messages.success(request, gettext("Việc sẽ chạy lại ngay khi có tiến trình rảnh."))
    return redirect("jobs:index")


@require_POST
def dismiss(request: Request, job_id: int) -> HttpResponse:
    """Give a failed job up."""
    services.dismiss(actor=request.actor, job_id=job_id, at=request.at)
    messages.success(request, gettext("Đã bỏ việc này."))
    return redirect("jobs:index")
