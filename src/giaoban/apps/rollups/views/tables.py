"""What is shown, as a table for a spreadsheet: UTF-8 with a mark so that Excel reads Vietnamese, exact numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups.models import Measure
from giaoban.apps.rollups.queries import Behind, Child, Completeness

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheets


def answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV file for download."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def safe(cell: object) -> object:
    """A cell as it may stand in a spreadsheet; missing is empty, never zero.

    >>> safe("=1+1"), safe(None), safe(-3)
    ("'=1+1", '', -3)
    """
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def children_csv(measure: Measure, round_: Round, children: Iterable[Child]) -> HttpResponse:
    """The units directly below with their figures."""
    return answer(
        f"{measure.code}-{round_.period.code}",
        ("mã", "đơn vị", "kết quả", "tổng số", "đã báo cáo", "phải báo cáo"),
        (
            (one.unit.code, one.unit.name, one.value.part, one.value.whole, one.value.answered, one.value.expected)
            for one in children
        ),
    )


def behind_csv(measure: Measure, round_: Round, found: Behind) -> HttpResponse:
    """The units behind a figure."""
    return answer(
        f"{measure.code}-{round_.period.code}-don-vi",
        ("mã", "đơn vị", "trực thuộc", "nhóm", "kết quả", "tổng số", "điện thoại"),
        (
            (
                one.unit.code,
                one.unit.name,
                one.above.name if one.above else "",
                one.group,
                one.value,
                one.whole,
                one.unit.phone,
            )
            for one in found.rows
        ),
    )


def completeness_csv(name: str, found: Completeness) -> HttpResponse:
    """Units by periods: the state of the unit's own report, or how many of those below have reported."""
    return answer(
        name,
        ("mã", "đơn vị", *(one.period.code for one in found.rounds)),
        (
            (
                row.unit.code,
                row.unit.name,
                *(mark.state if mark.is_own else f"{mark.counted}/{mark.expected}" for mark in row.marks),
            )
            for row in found.rows
        ),
    )
