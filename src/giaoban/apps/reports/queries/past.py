"""The report before: what the same unit said on the same form the last time it was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from giaoban.apps.forms.models import Round
from giaoban.apps.reports.models import Report
from giaoban.core.formlang.fields import Field
from giaoban.core.text_vi.numbers import MINUS, write_scaled


def last_before(report: Report) -> Report | None:
    """The latest counted report of the unit on the form for an earlier period. One query."""
    return (
        Report.objects.counted()
        .filter(
            form_version__form_id=report.form_version.form_id,
            unit_id=report.unit_id,
            period__until_day__lte=report.period.from_day,
        )
        .select_related("period")
        .defer("prose", "evidence")
        .order_by("-period__until_day", "-period__from_day")
        .first()
    )


def figures_before(reports: Iterable[Report]) -> Mapping[int, Mapping[str, Any]]:
    """For each report the figures of its unit in the form's previous period, where there are any. Two queries.

    The reports come with period and form version.
    """
    asked = list(reports)
    if not asked:
        return {}
    periods = _periods_before(asked)
    pairs = {(form, before) for (form, _), before in periods.items()}
    if not pairs:
        return {}
    clause = reduce(or_, [Q(form_version__form_id=form, period_id=period) for form, period in pairs])
    rows = Report.objects.counted().filter(clause, unit__in={report.unit_id for report in asked})
    found = {
        (form, period, unit): figures
        for form, period, unit, figures in rows.values_list("form_version__form_id", "period_id", "unit_id", "figures")
    }
    before = {}
    for report in asked:
        form = report.form_version.form_id
        period = periods.get((form, report.period_id))
        if period is not None and (form, period, report.unit_id) in found:
            before[report.pk] = found[form, period, report.unit_id]
    return before


def _periods_before(reports: Iterable[Report]) -> Mapping[tuple[int, int], int]:
    """(form, period) -> the period of the form's round just before it. One query."""
    groups = {(report.form_version.form_id, report.period_id): report.period for report in reports}
    rounds = list(
        Round.objects.filter(form_version__form__in={form for form, _ in groups})
        .order_by("-period__until_day", "-period__from_day")
        .values_list("form_version__form_id", "period_id", "period__until_day")
    )
    found = {}
    for (form, period_id), period in groups.items():
        for of_form, before, until_day in rounds:
            if of_form == form and until_day <= period.from_day:
                found[form, period_id] = before
                break
    return found


def change_text(field: Field, now: Any, before: Any) -> str:
    """The change of a number with its sign; «» when either side is missing or it is no number.

    >>> from giaoban.core.formlang import FieldKind
    >>> change_text(Field("a", "A", FieldKind.WHOLE), 1192, 1108)
    '+84'
    >>> change_text(Field("a", "A", FieldKind.DECIMAL, places=2), 1250, 1300)
    '−0,50'
    """
    if not field.is_number or now is None or before is None:
        return ""
    size = write_scaled(abs(now - before), places=field.places)
    return f"{'+' if now > before else MINUS if now < before else '±'}{size}"
