"""Last week's figures signed: by Hà Nội, Nghệ An and the centre, and two reports amended since, each with its reason.

Nghệ An has signed once more; at Hà Nội and the centre the difference stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from giaoban.apps.forms.models import Round
from giaoban.apps.reports import services as reports
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries
from giaoban.apps.rollups import services as rollups
from giaoban.apps.rollups.rules import Asked
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.site.demo import congress, draw, staff

FORM, WEEK = "DH-TCS", "2020-W33"
_GAPS = "Đơn vị chưa nộp đều chưa tổ chức đại hội trong tuần nên chưa có kết quả mới."
_AT_HANOI = "Ghi nhầm số đại biểu dự phiên trù bị vào ô đại biểu có mặt; đề nghị sửa theo biên bản kiểm tra tư cách."
_AT_NGHEAN = "Số cấp ủy viên nữ chưa tính một đồng chí trúng cử bổ sung trong phiên bế mạc."
_AGAIN = "Một đảng bộ sửa số cấp ủy viên nữ theo biên bản bầu cử."


def amending(days: congress.Calendar) -> dict[str, str]:
    """The unit of Hà Nội and that of Nghệ An that amend: by committee, a unit that had held its congress by then."""
    sunday = congress.SUNDAY - timedelta(days=7)
    held = [
        code
        for code in draw.shuffled(days.days, "amending")
        if days.is_held(code, by=sunday) and congress.figures(code, days.days[code]).get("women", 0) > 0
    ]
    return {parent: next(code for code in held if code.startswith(f"{parent}-")) for parent in ("01", "40")}


def hands(days: congress.Calendar) -> tuple[staff.Officer, ...]:
    """The reporters of the units that amend, beyond those who sign in."""
    known = {officer.unit for officer in staff.OFFICERS}
    return tuple(staff.reporter_of(code) for code in amending(days).values() if code not in known)


def sign_last_week(
    days: congress.Calendar, *, units: Mapping[str, Unit], actors: Mapping[str, Actor], monday: datetime
) -> None:
    """Monday afternoon three sign; on Wednesday two units amend; on Thursday Nghệ An signs again."""
    round_ = Round.objects.select_related("form_version__form", "period").get(
        form_version__form__code=FORM, period__code=WEEK
    )
    for number, code in enumerate(("01", "40", "TW")):
        at = monday + timedelta(hours=6, minutes=20 * number)
        sign(round_, units[code], actors[code], note=_GAPS, at=at)
    unit = amending(days)
    wednesday = monday + timedelta(days=2)
    report = _of(round_, units[unit["01"]])
    amend(report, actors["01"], actors[unit["01"]], _AT_HANOI, attended=report.figures["attended"] - 3, at=wednesday)
    report = _of(round_, units[unit["40"]])
    later = wednesday + timedelta(hours=1)
    amend(report, actors["40"], actors[unit["40"]], _AT_NGHEAN, women=report.figures["women"] + 1, at=later)
    sign(round_, units["40"], actors["40"], note=_AGAIN, at=wednesday + timedelta(days=1))


def sign(round_: Round, unit: Unit, actor: Actor, *, note: str, at: datetime) -> None:
    """Sign what stands there, gaps and all."""
    seen = queries.standing(round_=round_, unit=unit).official.digest
    rollups.sign(actor=actor, round_=round_, unit=unit.code, asked=Asked(seen, is_partial=True, note=note), at=at)


def _of(round_: Round, unit: Unit) -> Report:
    return Report.objects.get(round=round_, unit=unit)


def amend(report: Report, reviewer: Actor, reporter: Actor, reason: str, *, at: datetime, **figures: int) -> None:
    """An accepted report reopened for a reason, written anew, handed in and accepted again."""
    reports.reopen(actor=reviewer, report_id=report.pk, reason=reason, at=at)
    later = at + timedelta(minutes=35)
    reports.fill(
        actor=reporter,
        report_id=report.pk,
        revision=report.revision,
        figures=dict(report.figures) | figures,
        at=later,
    )
    reports.submit(actor=reporter, report_id=report.pk, at=later + timedelta(minutes=2))
    reports.accept(actor=reviewer, report_id=report.pk, at=at + timedelta(hours=3))
