"""What tasks have on the tree: asked before units are reorganised, and before that is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from giaoban.apps.tasks import rules
from giaoban.apps.tasks.models import Task
from giaoban.apps.units.rules.plans import Tie
from giaoban.base.ledger.models import Entry
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.numbers import write_whole

CARRIED = "tasks.carried_over"
_AT_ONCE = 5_000  # a statement holds only so many values


def before(*, units: Set[int], ended: Set[int], heirs: Mapping[int, int], day: date) -> Sequence[Tie]:
    """Living tasks that ending units lead: how many go over with their unit, how many somebody must assign anew."""
    led = _led_by(ended)
    whole, over = sum(led.values()), sum(count for unit, count in led.items() if unit in heirs)
    ties = []
    if whole:
        says = "Đơn vị sẽ kết thúc đang chủ trì {count} nhiệm vụ chưa xong."
        ties.append(Tie(0, says, {"count": write_whole(whole)}))
    if over:
        says = "{count} nhiệm vụ tự chuyển sang đơn vị nhận hợp nhất khi phương án có hiệu lực; thời hạn giữ nguyên."
        ties.append(Tie(0, says, {"count": write_whole(over)}))
    if whole > over:
        says = (
            "{count} nhiệm vụ của đơn vị giải thể hoặc chia tách không có một đơn vị kế thừa; hãy giao lại từng việc."
        )
        ties.append(Tie(0, says, {"count": write_whole(whole - over)}))
    return ties


def _led_by(units: Set[int]) -> Mapping[int, int]:
    """How many living tasks each of these units leads."""
    found: dict[int, int] = {}
    ids = sorted(units)
    for first in range(0, len(ids), _AT_ONCE):
        led = Task.objects.filter(state__in=rules.LIVING, lead_unit__in=ids[first : first + _AT_ONCE])
        found |= dict(led.order_by().values_list("lead_unit").annotate(count=Count("pk")))
    return found


def since(*, units: Set[int], since: date) -> Sequence[Tie]:
    """Living tasks that went over by a plan of that day and that the unit which took them over has gone on with."""
    entries = [
        one for one in _carried(facts__day=since.isoformat()) if one.lead_before in units and not one.is_untouched
    ]
    led = Task.objects.filter(state__in=rules.LIVING).in_bulk({one.task_id for one in entries})
    count = sum(one.task_id in led and led[one.task_id].lead_unit_id == one.lead_after for one in entries)
    if not count:
        return []
    says = (
        "{count} nhiệm vụ chuyển theo phương án từ ngày {day} đã được làm tiếp ở đơn vị kế thừa; "
        "hãy giao lại cho đơn vị không thuộc phương án hoặc giữ phương án."
    )
    return [Tie(0, says, {"count": write_whole(count), "day": write_day(since)})]


@dataclass(frozen=True)
class Carried:
    """A task that went over by a plan: its lead and coordinating units before and after; the lead may be the same."""

    task_id: int
    lead_before: int
    lead_after: int
    helping_before: tuple[int, ...]
    helping_after: tuple[int, ...]
    is_untouched: bool  # nothing has happened to the task since

    @property
    def has_new_lead(self) -> bool:
        return self.lead_before != self.lead_after


def carried_by(plan_id: int) -> Mapping[int, Carried]:
    """Every task that went over by a plan, by number. Two queries."""
    return {one.task_id: one for one in _carried(facts__plan=plan_id)}


def _carried(**facts: object) -> list[Carried]:
    entries = list(Entry.objects.filter(verb=CARRIED, **facts))
    kind = Task._meta.label_lower
    about = Entry.objects.filter(subject_kind=kind, subject_id__in={entry.subject_id for entry in entries})
    last = dict(about.order_by().values_list("subject_id").annotate(last=Max("id")))
    return [
        Carried(
            task_id=entry.subject_id,
            lead_before=entry.facts["lead"][0],
            lead_after=entry.facts["lead"][1],
            helping_before=tuple(entry.facts["helping"][0]),
            helping_after=tuple(entry.facts["helping"][1]),
            is_untouched=last[entry.subject_id] == entry.pk,
        )
        for entry in entries
    ]
