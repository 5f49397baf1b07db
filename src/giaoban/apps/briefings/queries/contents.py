"""What stands in the sections of a pack, each asked from the feature that knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext

from giaoban.apps.briefings.models import Briefing
from giaoban.apps.briefings.queries.written import Cell, Section
from giaoban.apps.forms.models import Round
from giaoban.apps.narratives import queries as narratives
from giaoban.apps.narratives.access import READ
from giaoban.apps.narratives.models import Narrative
from giaoban.apps.narratives.queries.telling import findings_of
from giaoban.apps.reports import queries as reports
from giaoban.apps.rollups import queries as rollups
from giaoban.apps.rollups.queries import Shown
from giaoban.apps.tasks import queries as tasks
from giaoban.apps.tasks.queries import TaskRow
from giaoban.apps.tasks.rules import LIVING
from giaoban.base.access import Actor
from giaoban.base.web.language import language, named
from giaoban.base.web.refusals import sentence
from giaoban.core.refusal import Kind, Refusal
from giaoban.core.text_vi.dates import write_moment
from giaoban.core.text_vi.numbers import write_change, write_percent, write_whole

MOST_ROWS = 20  # a pack is read in a quarter of an hour
MOST_ROUNDS = 6
MOST_TEXTS = 60


def figures(*, actor: Actor, briefing: Briefing, at: datetime) -> Section:
    """Every measure of the unit in the period: value, base, percentage, change since the period before."""
    code = _board_period(briefing)
    board, empty = None, gettext("Chưa có số liệu của kỳ này.")
    try:
        board = rollups.board(actor=actor, unit=briefing.unit.code, period=code, measure="", at=at) if code else None
    except Refusal as refused:
        if refused.kind != Kind.MISSING:  # else the unit had no place in the tree of that period
            empty = sentence(refused)
    shown = board.shown if board else ()
    return Section(
        code="figures",
        title=gettext("Số liệu"),
        note=board.period.label(language()) if board else "",
        head=(
            gettext("Chỉ tiêu"),
            gettext("Đạt"),
            gettext("Trên tổng số"),
            gettext("Tỷ lệ"),
            gettext("So với kỳ trước"),
        ),
        rows=tuple(_figure(one) for one in shown),
        empty=empty,
    )


def _board_period(briefing: Briefing) -> str:
    """The newest period with a round that ended by the end of what the briefing covers."""
    ended = Round.objects.filter(period__until_day__lte=briefing.period.until_day).order_by("-period__until_day")
    exact = Round.objects.filter(period__code=briefing.period_code)
    found = exact.values_list("period__code", flat=True).first() or ended.values_list("period__code", flat=True).first()
    return found or ""


def _figure(one: Shown) -> tuple[Cell, ...]:
    live, change = one.value.live, one.value.change
    href = reverse("rollups:figure", args=[one.measure.code, one.round.period.code, one.unit.code])
    part = gettext("chưa có số liệu") if live.part is None else write_whole(live.part)
    percent = write_percent(live.part, live.whole) if live.part is not None and live.whole else ""
    return (
        Cell(named(one.measure.name, one.measure.name_en), href),
        Cell(part, kind="number"),
        Cell(write_whole(live.whole) if live.whole is not None else "", kind="number"),
        Cell(percent, kind="number"),
        Cell(write_change(change) if change is not None else "", kind="number"),
    )


def late_reports(*, actor: Actor, briefing: Briefing, at: datetime) -> Section:
    """Who below still owes a report of the period that was due, with whom to call."""
    rounds = Round.objects.filter(
        period__until_day__lte=briefing.period.until_day, period__until_day__gt=briefing.period.from_day
    ).order_by("-period__until_day", "pk")
    lead, rows, total = [], [], 0
    for round_id in rounds.values_list("pk", flat=True)[:MOST_ROUNDS]:
        debts = reports.owing(actor=actor, round_id=round_id, at=at)
        owing, missing = (sum(getattr(level, name) for level in debts.levels) for name in ("owing", "missing"))
        if missing:
            said = gettext("{form}: {missing}/{owing} đơn vị chưa nộp.")
            lead.append(said.format(form=debts.form, missing=write_whole(missing), owing=write_whole(owing)))
        late = [one for one in debts.rows if one.is_late]
        total += sum(level.missing for level in debts.levels if level.is_late)
        rows += [
            (
                Cell(one.unit, reverse("units:show", args=[one.code])),
                Cell(debts.form),
                Cell(write_moment(one.due_at.astimezone(at.tzinfo)), kind="late"),
                Cell(one.phone, kind="phone"),
            )
            for one in late
        ]
    return Section(
        code="late",
        title=gettext("Báo cáo chậm"),
        note=gettext("đến {at}").format(at=write_moment(at)),
        lead=tuple(lead),
        head=(gettext("Đơn vị"), gettext("Báo cáo"), gettext("Hạn nộp"), gettext("Gọi")),
        rows=tuple(rows[:MOST_ROWS]),
        left_off=max(0, total - MOST_ROWS),
        empty=gettext("Không có báo cáo nào quá hạn."),
    )


def tasks_due(*, actor: Actor, briefing: Briefing, at: datetime) -> Section:
    """Tasks overdue, and due in the period that begins with the briefing, under the count of each assigning body."""
    found = tasks.programme(actor=actor, period=briefing.period.next(), filters=tasks.Filters(), on=at.date())
    rows = _by_rank([*found.carried, *found.due])
    return Section(
        code="tasks",
        title=gettext("Nhiệm vụ quá hạn và đến hạn"),
        note=found.period.label(language()),
        lead=tuple(one.sentence + "." for one in tasks.counts_by_assigner(actor=actor, on=at.date())),
        head=(gettext("Nhiệm vụ"), gettext("Cơ quan giao"), gettext("Chủ trì"), gettext("Hạn"), gettext("Trạng thái")),
        rows=tuple(_task(row) for row in rows[:MOST_ROWS]),
        left_off=max(0, len(rows) - MOST_ROWS) + found.left_off,
        empty=gettext("Không có nhiệm vụ nào quá hạn hoặc đến hạn trong kỳ tới."),
    )


def _by_rank(rows: Sequence[TaskRow]) -> list[TaskRow]:
    """What is still owed, body by body in the order they come, the nearest deadline first."""
    owed = [row for row in rows if row.state in LIVING]
    order: dict[str, int] = {}
    for row in owed:
        order.setdefault(row.assigner_code, len(order))
    return sorted(owed, key=lambda row: (order[row.assigner_code], row.due_day))


def _task(row: TaskRow) -> tuple[Cell, ...]:
    return (
        Cell(row.title, reverse("tasks:show", args=[row.task_id])),
        Cell(row.assigner),
        Cell(row.lead),
        Cell(row.due, kind="late" if row.is_overdue else "day"),
        Cell(gettext(row.state_label)),
    )


def findings(*, actor: Actor, briefing: Briefing) -> Section:
    """What does not agree in the newest text of each report of the period, and nobody has set aside. Three queries.

    A text is held against itself, its form and the report's other texts; its own page also asks the period before.
    """
    texts = list(
        Narrative.objects.allowed(actor, READ)
        .filter(
            report__period__until_day__lte=briefing.period.until_day,
            report__period__until_day__gt=briefing.period.from_day,
        )
        .select_related("report__unit", "report__form_version")
        .prefetch_related("set_aside", "proposals")
        .defer("text")
        .order_by("report__unit__path", "report_id", "-received_at", "-pk")[:MOST_TEXTS]
    )
    rows: list[tuple[Cell, ...]] = []
    for _, of_report in groupby(texts, key=lambda text: text.report_id):
        rows += _found(list(of_report))
    return Section(
        code="findings",
        title=gettext("Chỗ chưa khớp trong báo cáo bằng lời"),
        head=(gettext("Đơn vị"), gettext("Văn bản"), gettext("Cần xem lại")),
        rows=tuple(rows[:MOST_ROWS]),
        left_off=max(0, len(rows) - MOST_ROWS),
        empty=gettext("Không có chỗ nào chưa khớp."),
    )


def _found(texts: Sequence[Narrative]) -> list[tuple[Cell, ...]]:
    """The findings on the first of one report's texts that were not set aside."""
    newest, report = texts[0], texts[0].report
    gone = {one.key for one in newest.set_aside.all()}
    proposals = sorted(
        (one for text in texts for one in text.proposals.all()), key=lambda one: (one.start, -one.score, one.pk)
    )
    names = {text.pk: text.name for text in texts}
    found = findings_of(report=report, narrative=newest, proposals=proposals, names=names, before=None)
    href = reverse("narratives:show", args=[report.pk])
    return [
        (Cell(report.unit.label, href), Cell(newest.name), Cell(narratives.in_words(one)))
        for one in found
        if one.key not in gone
    ]
