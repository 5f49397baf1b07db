"""From what a page sends to the arguments of a service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone

from giaoban.apps.briefings import rules
from giaoban.apps.tasks import queries as tasks
from giaoban.apps.tasks import rules as task_rules
from giaoban.base.access import Reach
from giaoban.base.web.parsing import file_name, media_type, number, typed
from giaoban.base.web.request import Request
from giaoban.core.formlang.inputs import clean
from giaoban.core.periods import Period
from giaoban.core.refusal import Refusal
from giaoban.core.text_vi.dates import read_day, write_day

SPARE_ROWS = 3  # empty rows under an agenda that is written in
PLAN_BOXES = ("title", "day", "hour", "place", "media_address", "chair", "chair_name", "chair_post", "period")
CONCLUSION_BOXES = ("kind", "words", "lead", "coordinating", "due", "product", "topic", "item")


class NoSuchUnit(Refusal):
    says = "Không có đơn vị «{typed}» ở dưới đơn vị mở cuộc giao ban; hãy ghi tên đầy đủ hoặc mã đơn vị."


class ManyUnits(Refusal):
    says = "Có nhiều đơn vị cùng tên «{typed}»; hãy ghi mã đơn vị."


@dataclass(frozen=True)
class AgendaRow:
    """One row of the agenda's editor, as typed."""

    item_id: str = ""
    order: str = ""
    title: str = ""
    kind: str = rules.ItemKind.REPORT
    presenter: str = ""
    unit: str = ""
    minutes: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.title or self.presenter or self.unit)


def agenda_rows(sent: QueryDict) -> list[AgendaRow]:
    """The rows of the editor in the order they stand."""
    names = ("item_id", "order", "title", "kind", "presenter", "unit", "minutes")
    columns = [[clean(text).strip() for text in sent.getlist(f"item-{name}")] for name in names]
    return [AgendaRow(*cells) for cells in zip(*columns, strict=False)][: rules.MOST_ITEMS * 2]


def agenda(rows: Sequence[AgendaRow]) -> tuple[rules.PlannedItem, ...]:
    """What the rows say, in the order typed; blank rows say nothing, unreadable minutes are none."""
    said = [(number(row.order, default=len(rows)), place, row) for place, row in enumerate(rows) if not row.is_blank]
    return tuple(
        rules.PlannedItem(
            title=row.title,
            kind=row.kind if row.kind in rules.ItemKind.values else rules.ItemKind.REPORT,
            minutes=number(row.minutes, default=0),
            presenter=row.presenter,
            presenter_unit=number(row.unit, default=0) or None,
            item_id=number(row.item_id, default=0) or None,
        )
        for _, _, row in sorted(said, key=lambda one: one[:2])
    )


def rows_of(items: Sequence[rules.PlannedItem]) -> list[AgendaRow]:
    """The editor's rows for an agenda, with a few to spare."""
    rows = [
        AgendaRow(
            item_id=str(item.item_id or ""),
            order=str(order),
            title=item.title,
            kind=item.kind,
            presenter=item.presenter,
            unit=str(item.presenter_unit or ""),
            minutes=str(item.minutes),
        )
        for order, item in enumerate(items, start=1)
    ]
    return with_spare(rows)


def with_spare(rows: Sequence[AgendaRow]) -> list[AgendaRow]:
    """The rows with some text, and a few to spare."""
    kept = [row for row in rows if not row.is_blank]
    return kept + [AgendaRow(order=str(len(kept) + place), minutes="10") for place in range(1, SPARE_ROWS + 1)]


@dataclass(frozen=True)
class PlanBoxes:
    """The form of a plan as typed. `sites` and `secretaries` are ids as text."""

    boxes: dict[str, str]
    is_online: bool
    sites: frozenset[str]
    secretaries: frozenset[str]
    rows: Sequence[AgendaRow] = field(default=())


def plan_boxes(sent: QueryDict) -> PlanBoxes:
    """Every box of the form of a plan, as typed."""
    return PlanBoxes(
        boxes={name: typed(sent, name) for name in PLAN_BOXES},
        is_online=sent.get("is_online") == "1",
        sites=frozenset(sent.getlist("site")),
        secretaries=frozenset(sent.getlist("secretary")),
        rows=agenda_rows(sent),
    )


def boxes_of(plan: rules.Plan, *, zone: tzinfo | None = None) -> PlanBoxes:
    """The form of a plan as it stands."""
    starts = timezone.localtime(plan.starts_at, zone) if plan.starts_at else None
    return PlanBoxes(
        boxes={
            "title": plan.title,
            "day": write_day(starts.date()) if starts else "",
            "hour": f"{starts:%H:%M}" if starts else "",
            "place": plan.place,
            "media_address": plan.media_address,
            "chair": str(plan.chair_id or ""),
            "chair_name": plan.chair_name,
            "chair_post": plan.chair_post,
            "period": plan.period.code,
        },
        is_online=plan.is_online,
        sites=frozenset(str(one) for one in plan.sites),
        secretaries=frozenset(str(one) for one in plan.secretaries),
        rows=rows_of(plan.agenda),
    )


def plan(given: PlanBoxes, *, period: Period, order: Sequence[int]) -> rules.Plan:
    """What the form says; sites come in the order of the tree. Raises NotADay, rules.NoMoment, NotAnHour."""
    boxes = given.boxes
    return rules.Plan(
        title=boxes["title"],
        starts_at=_starts(boxes["day"], boxes["hour"]),
        period=_period(boxes["period"], period),
        place=boxes["place"],
        is_online=given.is_online,
        media_address=boxes["media_address"],
        chair_id=number(boxes["chair"], default=0) or None,
        chair_name=boxes["chair_name"],
        chair_post=boxes["chair_post"],
        secretaries=tuple(number(one, default=0) for one in sorted(given.secretaries)),
        sites=tuple(one for one in order if str(one) in given.sites),
        agenda=agenda(given.rows),
    )


def _starts(day: str, hour: str) -> datetime:
    if not day or not hour:
        raise rules.NoMoment()
    return datetime.combine(read_day(day), rules.read_hour(hour), tzinfo=timezone.get_current_timezone())


def _period(code: str, usual: Period) -> Period:
    """The period named, among those a briefing of the same rhythm may cover."""
    try:
        period = Period.parse(code) if code else usual
    except Refusal:
        return usual
    return period if period.kind is usual.kind else usual


def asked(sent: QueryDict) -> dict[int, rules.AskedOf]:
    """What each site is asked to speak on, and who leads it."""
    return {
        site: rules.AskedOf(typed(sent, f"asked-{site}"), typed(sent, f"head-{site}"))
        for text in sent.getlist("site")
        if (site := number(text, default=0))
    }


def conclusion_boxes(sent: QueryDict) -> dict[str, str]:
    """The form of a conclusion, as typed."""
    return {name: typed(sent, name) for name in CONCLUSION_BOXES}


def conclusion(given: dict[str, str], *, unit_id: int, on: date) -> rules.Concluded:
    """What the form says. Raises NoSuchUnit, ManyUnits, tasks.rules.NotADeadline for what cannot be read."""
    reach = tasks.reach_below(unit_id)
    parts = [part.strip() for part in given["coordinating"].replace(";", ",").split(",")]
    return rules.Concluded(
        kind=given["kind"] if given["kind"] in rules.ConclusionKind.values else rules.ConclusionKind.INFORMATION,
        words=given["words"],
        lead_unit_id=_unit(given["lead"], reach) if given["lead"] else None,
        coordinating=tuple(dict.fromkeys(_unit(part, reach) for part in parts if part)),
        due=task_rules.read_deadline(given["due"], on=on) if given["due"] else None,
        product=given["product"],
        topic=given["topic"],
        item_id=number(given["item"], default=0) or None,
    )


def owner(text: str, *, unit_id: int) -> int | None:
    """The unit an open point is left with; None for an empty box."""
    return _unit(text, tasks.reach_below(unit_id)) if text else None


def _unit(text: str, reach: Reach) -> int:
    found = tasks.found_unit_ids(typed=text, reach=reach)
    if not found:
        raise NoSuchUnit(typed=text[:60])
    if len(found) > 1:
        raise ManyUnits(typed=text[:60])
    return found[0]


def evidence(request: Request) -> task_rules.Evidence | None:
    """The file given, if any. Raises tasks.rules.EmptyFile, FileTooLarge; one too large is not read at all."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return None
    name = file_name(file.name or "")
    task_rules.check_file(name=name, size=file.size or 0)
    return task_rules.Evidence(name=name, data=file.read(), media_type=media_type(file.content_type))


@dataclass(frozen=True)
class SeriesBoxes:
    """The form of a series, as typed."""

    boxes: dict[str, str]
    is_online: bool
    rows: Sequence[AgendaRow]


SERIES_BOXES = ("name", "rhythm", "weekday", "day", "hour", "place", "assigner", "unit")


def series_boxes(sent: QueryDict) -> SeriesBoxes:
    """Every box of the form of a series."""
    boxes = {name: typed(sent, name) for name in SERIES_BOXES}
    return SeriesBoxes(boxes, sent.get("is_online") == "1", agenda_rows(sent))


def usual_series() -> SeriesBoxes:
    """The form of a series before anything is typed."""
    usual = dict.fromkeys(SERIES_BOXES, "") | {
        "rhythm": rules.Rhythm.WEEKLY,
        "weekday": "0",
        "day": "1",
        "hour": "14:00",
    }
    return SeriesBoxes(usual, is_online=False, rows=rows_of(rules.USUAL_AGENDA))
