"""Pages of plans to reorganise: the list, one plan with the tree before and after, and its verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from giaoban.apps.units import queries
from giaoban.apps.units.forms import plans as forms
from giaoban.apps.units.forms import table_given
from giaoban.apps.units.models import Plan
from giaoban.apps.units.queries import plans as plan_queries
from giaoban.apps.units.rules import plans as rules
from giaoban.apps.units.rules.plans import ChangeKind
from giaoban.apps.units.services import reorganising
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.parsing import number
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import Fault, NotFound, Refusal
from giaoban.core.text_vi.dates import write_day

SHOWN_CHANGES = 300  # those with faults first; nobody reads more on one page


@dataclass(frozen=True)
class Verb:
    """One kind of change as the page offers it: what it does, and which boxes it has beside the unit's code."""

    kind: str
    says: object
    code_label: object
    other_label: object = ""
    is_other_free: bool = False
    has_level: bool = False
    has_name: bool = False
    has_share: bool = False
    has_reports: bool = False

    @property
    def label(self) -> str:
        return str(ChangeKind(self.kind).label)


VERBS = (
    Verb("merge", _("Đơn vị kết thúc; đơn vị nhận tiếp quản mọi đơn vị trực thuộc."), _("Đơn vị kết thúc"),
         _("Hợp nhất vào"), has_reports=True),
    Verb("move", _("Đơn vị chuyển sang cấp trên khác cùng mọi đơn vị trực thuộc."), _("Đơn vị chuyển"),
         _("Cấp trên mới"), has_level=True),
    Verb("found", _("Đơn vị mới, bắt đầu từ ngày của phương án."), _("Mã đơn vị mới"), _("Trực thuộc"),
         has_level=True, has_name=True),
    Verb("rename", _("Đơn vị giữ nguyên mã và lịch sử, mang tên mới từ ngày ấy."), _("Đơn vị đổi tên"), has_name=True),
    Verb("split", _("Mỗi đơn vị kế thừa một thay đổi; đơn vị trực thuộc phải được điều chuyển riêng."),
         _("Đơn vị bị chia"), _("Đơn vị kế thừa"), has_share=True, has_reports=True),
    Verb("transfer", _("Một phần sang đơn vị khác; cả hai tiếp tục hoạt động."), _("Đơn vị giao"), _("Đơn vị nhận"),
         has_share=True),
    Verb("level", _("Đơn vị đổi cấp tại chỗ."), _("Đơn vị đổi cấp"), has_level=True),
    Verb("close", _("Đơn vị kết thúc, không ai kế thừa; đơn vị trực thuộc chuyển về đơn vị ghi ở đây."),
         _("Đơn vị giải thể"), _("Đơn vị trực thuộc chuyển về"), is_other_free=True, has_reports=True),
)  # fmt: skip


@require_safe
def index(request: Request) -> HttpResponse:
    """Every plan the reader keeps."""
    _keeps(request)
    return page(
        request,
        "units/plans.html",
        crumbs=(Crumb(gettext("Đơn vị"), reverse("units:index")), Crumb(gettext("Phương án sắp xếp"))),
        rows=plan_queries.plan_rows(actor=request.actor),
    )


def _keeps(request: Request) -> queries.UnitName:
    top = queries.widest_kept(request.actor)
    if top is None:
        raise NotFound()
    return top


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a plan. A refusal comes back with everything typed and each fault at its box."""
    top = _keeps(request)
    if request.method == "GET":
        return _new_page(request, forms.Head(unit=top.code, day=write_day(request.at.date())))
    head = forms.head_from(request)
    try:
        plan = _draft(request, head)
    except Refusal as refusal:
        return _new_page(request, head, refusal)
    return redirect("units:plan", plan_id=plan.pk)


def _draft(request: Request, head: forms.Head) -> Plan:
    day = forms.day_of(head)
    faults = list(rules.head_faults(title=head.title, basis=head.basis))
    if isinstance(day, Fault):
        raise rules.NotAPlan(faults=[*faults, day], count=len(faults) + 1)
    return reorganising.draft_plan(
        actor=request.actor,
        unit=queries.kept_unit(actor=request.actor, code=head.unit),
        title=head.title,
        basis=head.basis,
        day=day,
        at=request.at,
    )


def _new_page(request: Request, head: forms.Head, refusal: Refusal | None = None) -> HttpResponse:
    return page(
        request,
        "units/plan_new.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=(*_crumbs(), Crumb(gettext("Lập phương án"))),
        head=head,
        says=sentence(refusal) if refusal else "",
        faults={fault.place: sentence(fault) for fault in reversed(refusal.faults)} if refusal else {},
    )


def _crumbs() -> tuple[Crumb, ...]:
    return (
        Crumb(gettext("Đơn vị"), reverse("units:index")),
        Crumb(gettext("Phương án sắp xếp"), reverse("units:plans")),
    )


@require_safe
def show(request: Request, plan_id: int) -> HttpResponse:
    """One plan: its changes with their faults, and the tree before and after."""
    return _plan_page(request, plan_id)


def _plan_page(
    request: Request, plan_id: int, *, refusal: Refusal | None = None, given: forms.Typed | None = None
) -> HttpResponse:
    plan = plan_queries.plan_page(actor=request.actor, plan_id=plan_id)
    told = list(refusal.faults) if refusal and not isinstance(refusal, rules.PlanHasFaults) else []
    at_changes = {fault.place for row in plan.changes for fault in row.faults}
    faulty_first = sorted(plan.changes, key=lambda row: not row.faults)[:SHOWN_CHANGES]
    return page(
        request,
        "units/plan.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=(*_crumbs(), Crumb(plan.row.title)),
        plan=plan,
        changes=[(row, [_told(fault) for fault in row.faults]) for row in faulty_first],
        not_shown=len(plan.changes) - len(faulty_first),
        whole=[sentence(fault) for fault in plan.faults if fault.place not in at_changes],
        ties=[sentence(Fault("", tie.says, tie.values)) for tie in plan.ties],
        says=sentence(refusal) if refusal else "",
        told=[(fault.place, sentence(fault)) for fault in told[:SHOWN_CHANGES]],
        verbs=VERBS,
        given=given,
        levels=plan.levels,
        reports=[(one.value, one.label) for one in rules.OpenReports],
    )


def _told(fault: Fault) -> str:
    """A fault at its change; of a line of a file the column too."""
    _, __, column = fault.place.partition(", ")
    return f"{column}: {sentence(fault)}" if column else sentence(fault)


@require_POST
def add(request: Request, plan_id: int) -> HttpResponse:
    """Add one change; what is wrong with it shows on the plan's page."""
    plan = plan_queries.kept_plan(actor=request.actor, plan_id=plan_id)
    given = forms.change_typed(request)

    def adding() -> Plan:
        change = forms.change_from(request)
        is_new = change.kind == ChangeKind.FOUND
        meant = replace(
            change,
            code=change.code if is_new else plan_queries.code_meant(plan, change.code),
            other=plan_queries.code_meant(plan, change.other),
        )
        return reorganising.add_change(actor=request.actor, plan_id=plan_id, change=meant, at=request.at)

    return _done(request, plan_id, adding, given=given)


@require_POST
def load(request: Request, plan_id: int) -> HttpResponse:
    """Put the changes of a file in the place of the plan's own; a cell that cannot be read keeps all of them out."""
    plan_queries.kept_plan(actor=request.actor, plan_id=plan_id)

    def loading() -> Plan:
        name, data = table_given(request)
        found = plan_queries.plan_file(data=data, name=name)
        if found.faults:
            raise rules.NotAPlanFile(faults=found.faults, count=len(found.faults), name=name)
        return reorganising.change_plan(
            actor=request.actor, plan_id=plan_id, changes=found.changes, at=request.at, source=name
        )

    return _done(request, plan_id, loading)


@require_POST
def take_out(request: Request, plan_id: int, number: int) -> HttpResponse:
    """Take one change out."""
    plan_queries.kept_plan(actor=request.actor, plan_id=plan_id)
    return _done(
        request,
        plan_id,
        lambda: reorganising.take_out_change(actor=request.actor, plan_id=plan_id, number=number, at=request.at),
    )


@require_POST
def commit(request: Request, plan_id: int) -> HttpResponse:
    """Carry the plan out."""
    plan_queries.kept_plan(actor=request.actor, plan_id=plan_id)
    return _done(
        request,
        plan_id,
        lambda: reorganising.commit(
            actor=request.actor,
            plan_id=plan_id,
            revision=number(request.POST.get("revision")),
            today=request.at.date(),
            at=request.at,
        ),
        says=gettext("Đã thực hiện phương án; cây tổ chức mới có hiệu lực từ ngày ghi trong phương án."),
    )


@require_POST
def drop(request: Request, plan_id: int) -> HttpResponse:
    """Give the draft up."""
    plan_queries.kept_plan(actor=request.actor, plan_id=plan_id)
    return _done(
        request,
        plan_id,
        lambda: reorganising.drop_plan(actor=request.actor, plan_id=plan_id, at=request.at),
        says=gettext("Đã bỏ phương án; cây tổ chức không đổi."),
    )


@require_POST
def revert(request: Request, plan_id: int) -> HttpResponse:
    """Take a committed plan back."""
    plan_queries.kept_plan(actor=request.actor, plan_id=plan_id)
    return _done(
        request,
        plan_id,
        lambda: reorganising.revert(actor=request.actor, plan_id=plan_id, today=request.at.date(), at=request.at),
        says=gettext("Đã hoàn tác; cây tổ chức trở lại như trước phương án."),
    )


def _done(
    request: Request, plan_id: int, verb: Callable[[], Plan], *, says: str = "", given: forms.Typed | None = None
) -> HttpResponse:
    """The plan's page after a verb; a refusal is told on it and everything typed stays."""
    try:
        verb()
    except Refusal as refusal:
        return _plan_page(request, plan_id, refusal=refusal, given=given)
    if says:
        messages.success(request, says)
    return redirect("units:plan", plan_id=plan_id)
