"""From what a page sends to the arguments of a service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from giaoban.apps.tasks import queries, rules
from giaoban.base.access import Reach
from giaoban.base.web.parsing import file_name, media_type, number, page_number, typed
from giaoban.base.web.request import Request
from giaoban.core.periods import Period, PeriodKind
from giaoban.core.refusal import Fault, Refusal
from giaoban.core.text_vi.dates import NotADay, read_day
from giaoban.core.text_vi.folding import fold

Read = TypeVar("Read")

BOXES = (
    "title", "kind", "assigner", "topic", "source_kind", "source_label", "source_symbol", "source_day", "lead",
    "officer", "post", "coordinating", "product", "due", "weight",
)  # fmt: skip
USUAL_BOXES = {"kind": "task", "source_kind": "conclusion", "weight": str(rules.USUAL)}
PERIOD_KINDS = (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)


class NoSuchUnit(Refusal):
    says = "Không có đơn vị «{typed}» trong phạm vi được giao; hãy ghi tên đầy đủ hoặc mã đơn vị."


class ManyUnits(Refusal):
    says = "Có nhiều đơn vị cùng tên «{typed}»; hãy ghi mã đơn vị."


def boxes(sent: QueryDict) -> dict[str, str]:
    """Every box of the form of a task, as typed."""
    return {name: typed(sent, name) for name in BOXES}


def assignment(*, given: Mapping[str, str], reach: Reach, on: date, is_part: bool = False) -> rules.Assignment:
    """What the boxes say. Raises rules.NotATask when some cannot be read, with a fault for each box.

    What they lack is the service's business; it is told along when something else is wrong already.
    """
    faults: list[Fault] = []

    def read(place: str, how: Callable[[str], Read]) -> Read | None:
        try:
            return how(given[place]) if given[place] else None
        except Refusal as no:
            faults.append(Fault(place, no.says, dict(no.values)))
            return None

    lead = read("lead", lambda text: _unit(text, reach))
    found = rules.Assignment(
        title=" ".join(given["title"].split()),
        lead_unit_id=lead,
        due=read("due", lambda text: rules.read_deadline(text, on=on)),
        assigner=given["assigner"],
        product=given["product"],
        kind=given["kind"] if given["kind"] in rules.Kind.values else rules.Kind.TASK,
        topic=given["topic"],
        source=rules.Source(
            kind=given["source_kind"] if given["source_kind"] in rules.SourceKind.values else rules.SourceKind.OTHER,
            label=given["source_label"],
            symbol=given["source_symbol"],
            day=read("source_day", read_day),
        ),
        officer_name=given["officer"],
        post=given["post"],
        coordinating=read("coordinating", lambda text: _units(text, reach)) or (),
        weight=number(given["weight"], default=0),
    )
    if faults:
        told = {fault.place for fault in faults} | ({"assigner"} if is_part else set())
        lacking = [one for one in rules.lacking(found, on=on) if one.place not in told]
        faults += [Fault(one.place, one.says, dict(one.values)) for one in lacking]
        raise rules.NotATask(count=len(faults), faults=faults)
    return _with_officer(found, on=on)


def _with_officer(task: rules.Assignment, *, on: date) -> rules.Assignment:
    """The account of the officer, when one who holds an office at the lead unit bears that name."""
    if task.lead_unit_id is None:
        return task
    return replace(task, officer_id=officer_id(task.officer_name, unit_id=task.lead_unit_id, on=on))


def officer_id(name: str, *, unit_id: int, on: date) -> int | None:
    """The account of whoever bears that name and holds an office at the unit; None when none or several do."""
    if not name:
        return None
    known = [one for one in queries.officers(unit_id=unit_id, on=on) if fold(one.name) == fold(name)]
    return known[0].account_id if len(known) == 1 else None


def _unit(text: str, reach: Reach) -> int:
    found = queries.found_unit_ids(typed=text, reach=reach)
    if not found:
        raise NoSuchUnit(typed=text[:60])
    if len(found) > 1:
        raise ManyUnits(typed=text[:60])
    return found[0]


def _units(text: str, reach: Reach) -> tuple[int, ...]:
    parts = [part.strip() for part in text.replace(";", ",").replace("\n", ",").split(",")]
    return tuple(dict.fromkeys(_unit(part, reach) for part in parts if part))


def unit(text: str, reach: Reach) -> int:
    """The one unit of that code or name. Raises rules.NoLead, NoSuchUnit, ManyUnits."""
    if not text:
        raise rules.NoLead()
    return _unit(text, reach)


def deadline(text: str, *, on: date) -> rules.Deadline:
    """The deadline in a box. Raises rules.NoDeadline, rules.NotADeadline."""
    if not text:
        raise rules.NoDeadline()
    return rules.read_deadline(text, on=on)


def day(text: str, *, usual: date) -> date:
    """The day in an address; the usual one when it is none."""
    try:
        return read_day(text) if text else usual
    except NotADay:
        return usual


def evidence(request: Request) -> rules.Evidence | None:
    """The file given with a note, if any. Raises rules.EmptyFile, FileTooLarge; one too large is not read at all."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return None
    name = file_name(file.name or "")
    rules.check_file(name=name, size=file.size or 0)
    return rules.Evidence(name=name, data=file.read(), media_type=media_type(file.content_type))


def filters(sent: QueryDict) -> queries.Filters:
    """The filters of the list; what is not understood means any."""
    asked = {name: typed(sent, name)[:60] for name in ("scope", "standing", "state")}
    return queries.Filters(
        scope=asked["scope"] if asked["scope"] in queries.SCOPES else "all",
        standing=asked["standing"] if asked["standing"] in queries.STANDINGS else "living",
        state=asked["state"] if asked["state"] in rules.State.values else "",
        unit=typed(sent, "unit")[:40],
        assigner=typed(sent, "assigner")[:40],
        topic=typed(sent, "topic")[:40],
        kind=typed(sent, "kind") if typed(sent, "kind") in rules.Kind.values else "",
        period=period_or_none(typed(sent, "period")),
        words=typed(sent, "q")[:120],
        page=page_number(sent),
    )


def period_or_none(code: str) -> Period | None:
    """The period with that code; None for anything else."""
    try:
        return Period.parse(code) if code else None
    except Refusal:
        return None


def programme_period(sent: QueryDict, *, on: date) -> Period:
    """The period asked for, or this month."""
    return period_or_none(typed(sent, "period")) or Period.containing(on, PeriodKind.MONTH)


def since(sent: QueryDict, *, on: date) -> date:
    """The day changes are asked from, or a week ago; never more than five years back."""
    asked = day(typed(sent, "since"), usual=on - timedelta(days=7))
    return max(min(asked, on), on - timedelta(days=5 * 366))
