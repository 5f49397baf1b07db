"""Pages of people: who holds which office, opening accounts; and the page of the system itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from giaoban.apps.people import forms, queries, rules, services
from giaoban.apps.units import queries as units
from giaoban.apps.units.queries import coming
from giaoban.base.jobs import access as jobs
from giaoban.base.ledger import queries as ledger
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.parsing import page_number
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import NotFound, Refusal
from giaoban.core.text_vi.dates import write_day

ROLES = [(role.value, role.label) for role in rules.Role]


@require_safe
def system(request: Request) -> HttpResponse:
    """What the system rests on: units, forms, people, the ledger; and what the reader reaches."""
    keeps = bool(request.actor.reach("keeper"))
    newest = ledger.newest_extract(actor=request.actor) if keeps else None
    return page(
        request,
        "people/system.html",
        crumbs=(Crumb(gettext("Hệ thống")),),
        reach=queries.reach(request.actor),
        keeps=keeps,
        keeps_house=jobs.keeps_house(request.actor),
        newest=newest,
    )


@require_safe
def index(request: Request) -> HttpResponse:
    """Offices below the keeper."""
    _kept_top(request)
    number = page_number(request.GET)
    words = request.GET.get("q", "").strip()[:100]
    found = queries.offices(actor=request.actor, words=words, page=number)
    crumbs = (Crumb(gettext("Hệ thống"), reverse("system")), Crumb(gettext("Con người")))
    return page(request, "people/index.html", crumbs=crumbs, found=found, words=words, number=number)


def _kept_top(request: Request) -> units.UnitName:
    top = units.widest_kept(request.actor)
    if top is None:
        raise NotFound()
    return top


@require_safe
def at(request: Request, code: str) -> HttpResponse:
    """Who holds offices at a unit, and why the reader sees it; the part alone when asked for by the unit's page."""
    found = queries.unit_people(actor=request.actor, code=code)
    if request.htmx:
        return page(request, "people/parts/at.html", found=found)
    crumbs = (Crumb(found.name, reverse("units:show", args=[code])), Crumb(gettext("Người giữ chức trách")))
    return page(request, "people/at.html", crumbs=crumbs, found=found)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Open an account with its first office. The password is made here, shown before it is set, and never again."""
    top = _kept_top(request)
    if request.method == "GET":
        today = write_day(request.at.date())
        return _new_page(request, forms.Appointment(password=forms.one_time_password(), unit=top.code, from_day=today))
    given = forms.appointment(request.POST)
    try:
        account = services.appoint(
            actor=request.actor,
            username=given.username,
            name=given.name,
            post=given.post,
            password=given.password,
            unit=coming.appointable_unit(actor=request.actor, code=given.unit),
            role=given.role,
            from_day=forms.day(given.from_day, usual=request.at.date()),
            at=request.at,
        )
    except Refusal as refusal:
        return _new_page(request, given, refusal)
    messages.success(request, gettext("Đã mở tài khoản {username}.").format(username=account.username))
    return redirect("people:show", account_id=account.pk)


def _new_page(request: Request, given: forms.Appointment, refusal: Refusal | None = None) -> HttpResponse:
    return page(
        request,
        "people/new.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=(Crumb(gettext("Con người"), reverse("people:index")), Crumb(gettext("Mở tài khoản"))),
        given=given,
        roles=ROLES,
        says=sentence(refusal) if refusal else "",
        faults=[(fault.place, sentence(fault)) for fault in refusal.faults] if refusal else (),
    )


@require_safe
def show(request: Request, account_id: int) -> HttpResponse:
    """One person and the offices the reader keeps."""
    return _person(request, account_id)


def _person(
    request: Request, account_id: int, refusal: Refusal | None = None, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    found = queries.account_page(actor=request.actor, account_id=account_id)
    return page(
        request,
        "people/person.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=(Crumb(gettext("Con người"), reverse("people:index")), Crumb(found.name)),
        person=found,
        roles=ROLES,
        today=write_day(request.at.date()),
        password=forms.one_time_password(),
        says=sentence(refusal) if refusal else "",
        typed=typed or {},
    )


@require_POST
def give(request: Request, account_id: int) -> HttpResponse:
    """Give the person an office."""
    account = queries.kept_account(actor=request.actor, account_id=account_id)
    try:
        services.give_office(
            actor=request.actor,
            account=account,
            unit=coming.appointable_unit(actor=request.actor, code=forms.typed(request.POST, "unit")),
            role=request.POST.get("role", ""),
            from_day=forms.day(forms.typed(request.POST, "from_day"), usual=request.at.date()),
            at=request.at,
        )
    except Refusal as refusal:
        return _person(request, account_id, refusal, request.POST.dict())
    messages.success(request, gettext("Đã giao chức trách."))
    return redirect("people:show", account_id=account_id)


@require_POST
def end(request: Request, office_id: int) -> HttpResponse:
    """End an office from a day on."""
    until_day = forms.day(forms.typed(request.POST, "until_day"), usual=request.at.date())
    services.end_office(actor=request.actor, office_id=office_id, until_day=until_day, at=request.at)
    messages.success(request, gettext("Đã kết thúc chức trách."))
    return redirect("people:index")


@require_POST
def password(request: Request, account_id: int) -> HttpResponse:
    """Set the password that the page has shown."""
    try:
        services.set_password(
            actor=request.actor,
            account_id=account_id,
            password=forms.typed(request.POST, "password"),
            at=request.at,
        )
    except (rules.WeakPassword, rules.HoldsElsewhere) as refusal:
        return _person(request, account_id, refusal)
    messages.success(request, gettext("Đã đặt mật khẩu; người dùng phải đăng nhập lại."))
    return redirect("people:show", account_id=account_id)
