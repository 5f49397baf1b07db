"""What reports have on the tree: asked before units are reorganised, and before that is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from giaoban.apps.reports import rules
from giaoban.apps.reports.models import Report
from giaoban.apps.units.rules.plans import Tie
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.numbers import write_whole

_AT_ONCE = 5_000  # a statement holds only so many values


def before(*, units: Set[int], ended: Set[int], heirs: Mapping[int, int], day: date) -> Sequence[Tie]:
    """Reports of rounds on the day's tree or a later one keep their units where they are; older ones are only told.

    A round binds the tree of its day: a unit with a report in it cannot have left that tree.
    """
    ties = []
    for own in _of(units, Q(round__day__gte=day)):
        for unit, name, count, last in _by_unit(own):
            says = "«{unit}» có {count} báo cáo thu đến ngày {last}; hãy chọn ngày của phương án sau ngày ấy."
            values: dict[str, object] = {"unit": name, "count": write_whole(count), "last": write_day(last)}
            ties.append(Tie(unit, says, values, is_blocking=True))
    count = sum(own.count() for own in _of(ended, Q(round__day__lt=day) & ~Q(state=rules.State.ACCEPTED)))
    if count:
        says = "{count} báo cáo các kỳ trước của đơn vị sẽ kết thúc chưa được nhận; phương án nói ai làm tiếp."
        ties.append(Tie(0, says, {"count": write_whole(count)}))
    return ties


def since(*, units: Set[int], since: date) -> Sequence[Tie]:
    """Reports that stand on the tree as it is since that day."""
    count = sum(own.count() for own in _of(units, Q(round__day__gte=since)))
    if not count:
        return []
    says = "{count} báo cáo đã lập trên cây tổ chức mới; báo cáo đã lập thì cây của kỳ ấy không đổi nữa."
    return [Tie(0, says, {"count": write_whole(count)})]


def _of(units: Set[int], which: Q) -> Iterator[QuerySet[Report]]:
    ids = sorted(units)
    for first in range(0, len(ids), _AT_ONCE):
        yield Report.objects.filter(which, unit_id__in=ids[first : first + _AT_ONCE])


def _by_unit(reports: QuerySet[Report]) -> list[tuple[int, str, int, date]]:
    rows = reports.values_list("unit_id", "unit__name").annotate(count=Count("id"), last=Max("round__day"))
    return list(rows.order_by("unit_id"))
