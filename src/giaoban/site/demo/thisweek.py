"""This week of the demo world, 17-23 August 2020: most reports in, some late, some sent back, some not begun.

What waits for a hand is done by hand verbs, so that its history reads as a history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from giaoban.apps.forms.models import Round
from giaoban.apps.reports import services as reports
from giaoban.apps.reports.services import PastReport
from giaoban.base.access import Actor
from giaoban.site.demo import congress, draw, results, staff
from giaoban.site.demo.past import SOURCE, Scene, ask, morning, week

MISSING, DRAFTS, RETURNED = 14, 7, 6  # of the committees above base that have not held their congress
NOT_YET_ACCEPTED = {"01": 8, "40": 4}  # by committee; with OTHERS_NOT_YET_ACCEPTED elsewhere
OTHERS_NOT_YET_ACCEPTED = 28
RESULTS_MISSING, RESULTS_DRAFTS, RESULTS_WAITING = 6, 3, 21
_REASONS = (
    "Số đại biểu triệu tập chưa khớp với quyết định triệu tập; đề nghị rà soát lại.",
    "Đề nghị đối chiếu lại số liệu với hồ sơ đại hội rồi nộp lại.",
    "Đề nghị ghi rõ ngày dự kiến và lý do chưa tổ chức đại hội ở phần vướng mắc.",
)
_WAITING = "Đang hoàn thiện đề án nhân sự theo ý kiến của Ban Thường vụ cấp trên."


@dataclass(frozen=True)
class States:
    """Whose report stands where; everybody else's is accepted."""

    missing: tuple[str, ...]
    drafts: tuple[str, ...]
    returned: tuple[str, ...]
    waiting: frozenset[str]  # submitted, not yet accepted


def states(scene: Scene, days: congress.Calendar) -> States:
    """Decide by code alone. A unit of a complete committee is never missing, in draft or sent back."""
    above = [code for code, level in scene.level_of.items() if level == "tren-co-so"]
    behind = [code for code in draw.shuffled(above, "behind") if code not in days.days and code != congress.WAITING]
    ours = [code for code in behind if code.startswith("01-")][:1]  # one of Hà Nội's is sure to be missing
    behind = ours + [code for code in behind if code not in ours]
    missing, rest = behind[:MISSING], behind[MISSING:]
    drafts, rest = rest[:DRAFTS], rest[DRAFTS:]
    returned = [congress.WAITING, *rest[: RETURNED - 1]]
    out = {*missing, *drafts, *returned}
    counted = [code for code in draw.shuffled(above, "waiting") if code not in out]
    waiting = [
        code
        for parent, count in NOT_YET_ACCEPTED.items()
        for code in [one for one in counted if one.startswith(f"{parent}-")][:count]
    ]
    waiting += [code for code in counted if code[:2] not in NOT_YET_ACCEPTED][:OTHERS_NOT_YET_ACCEPTED]
    return States(tuple(missing), tuple(drafts), tuple(returned), frozenset(waiting))


def hands(states: States) -> tuple[staff.Officer, ...]:
    """The reporters whose hands move this week, beyond those who sign in."""
    known = {officer.unit for officer in staff.OFFICERS}
    return tuple(staff.reporter_of(code) for code in (*states.drafts, *states.returned) if code not in known)


def congress_round(scene: Scene, days: congress.Calendar, states: States, actors: Mapping[str, Actor]) -> Round:
    """The weekly congress form: 1.192 of 1.312 held, live; fewer officially until the rest is accepted."""
    round_ = ask(scene, "DH-TCS", week(congress.SUNDAY), opened=morning(congress.SUNDAY, days_before=3))
    sunday = morning(congress.SUNDAY, days_before=0)
    for number, code in enumerate(states.returned):
        _send_back(scene, round_, code, actors, at=sunday + timedelta(minutes=7 * number))
    monday = sunday + timedelta(hours=23)
    _bring_in(scene, round_, days, states, at=monday)
    for number, code in enumerate(states.drafts):
        _begin(scene, round_, code, actors[code], at=monday + timedelta(minutes=4 + 5 * number))
    return round_


def _bring_in(scene: Scene, round_: Round, days: congress.Calendar, states: States, *, at: datetime) -> None:
    due = datetime.fromisoformat(round_.deadlines["tren-co-so"])
    out = {*states.missing, *states.drafts, *states.returned}
    told = []
    for code, level in scene.level_of.items():
        if level != "tren-co-so" or code in out:
            continue
        is_late = draw.chance(code, "late", percent=5)
        moved = draw.number(code, "moved", low=15, high=700)
        submitted = due + timedelta(minutes=moved) if is_late else due - timedelta(minutes=2 * moved)
        accepted = max(submitted, due) + timedelta(minutes=draw.number(code, "accepted", low=10, high=120))
        told.append(
            PastReport(
                unit_id=scene.units[code].pk,
                path=scene.units[code].path,
                figures=congress.figures(code, days.days.get(code)),
                submitted_at=submitted,
                accepted_at=None if code in states.waiting else accepted,
            )
        )
    reports.bring_in(actor=scene.actor, round_=round_, reports=told, source=SOURCE, at=at)


def _send_back(scene: Scene, round_: Round, code: str, actors: Mapping[str, Actor], *, at: datetime) -> None:
    """A report that was handed in on Sunday morning and came back with a reason."""
    reporter = actors[code]
    reviewer = actors.get(code.partition("-")[0], scene.actor)
    report = reports.open_report(actor=reporter, round_id=round_.pk, unit_id=scene.units[code].pk, at=at)
    held = congress.figures(code, congress.SUNDAY - timedelta(days=draw.number(code, "claimed", low=0, high=4)))
    figures = {"held": False, "note": _WAITING} if draw.chance(code, "claims", percent=40) else held
    reports.fill(actor=reporter, report_id=report.pk, revision=report.revision, figures=figures, at=at)
    reports.submit(actor=reporter, report_id=report.pk, at=at + timedelta(minutes=2))
    reason = draw.one_of(_REASONS, code, "reason") if figures["held"] else _REASONS[-1]
    reports.send_back(actor=reviewer, report_id=report.pk, reason=reason, at=at + timedelta(hours=3))


def _begin(scene: Scene, round_: Round, code: str, reporter: Actor, *, at: datetime) -> None:
    """A report somebody has begun this morning."""
    report = reports.open_report(actor=reporter, round_id=round_.pk, unit_id=scene.units[code].pk, at=at)
    figures = {"held": False} | ({"note": _WAITING} if draw.chance(code, "note", percent=50) else {})
    reports.fill(actor=reporter, report_id=report.pk, revision=report.revision, figures=figures, at=at)


def results_round(scene: Scene) -> Round:
    """The weekly results, due this morning at ten: 15 of 67 drafts commented on; some committees are still writing."""
    round_ = ask(scene, "KQ-TUAN", week(congress.SUNDAY), opened=morning(congress.SUNDAY, days_before=3))
    commented = results.commented(by=congress.SUNDAY)
    codes = [code for code, level in scene.level_of.items() if level == "tt"]
    order = [code for code in draw.shuffled(codes, "results") if code not in commented]
    out = {"01", *order[: RESULTS_MISSING + RESULTS_DRAFTS]} - commented
    due = datetime.fromisoformat(round_.deadlines["tt"])
    waiting = set(draw.shuffled(set(codes) - out, "results waiting")[:RESULTS_WAITING])
    told = []
    for code in codes:
        if code in out:
            continue
        submitted = due - timedelta(minutes=draw.number(code, "results", low=200, high=1_000))
        told.append(
            PastReport(
                unit_id=scene.units[code].pk,
                path=scene.units[code].path,
                figures=results.figures(code, congress.SUNDAY),
                submitted_at=submitted,
                accepted_at=None if code in waiting else submitted + timedelta(minutes=45),
            )
        )
    at = morning(congress.SUNDAY, days_before=-1) - timedelta(minutes=10)
    reports.bring_in(actor=scene.actor, round_=round_, reports=told, source=SOURCE, at=at)
    return round_
