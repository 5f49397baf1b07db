"""The review queue: what was handed in below me, with the figures that matter and what looks odd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from giaoban.apps.forms.models import FormVersion
from giaoban.apps.reports import rules
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.queries.desk import reviewable
from giaoban.apps.reports.queries.past import change_text, figures_before
from giaoban.base.access import Actor
from giaoban.base.web.language import named
from giaoban.core.formlang import Field, FormSpec

PAGE = 100
KEY_FIGURES = 4


@dataclass(frozen=True)
class KeyFigure:
    """One figure at a glance; `change` since the unit's report before."""

    label: str
    text: str
    change: str

    @property
    def is_same(self) -> bool:
        return self.change.startswith("±")


@dataclass(frozen=True)
class Reviewed:
    """One report waiting for a decision."""

    report_id: int
    revision: int
    unit: str
    phone: str
    due_at: datetime
    submitted_at: datetime
    is_late: bool
    is_nothing: bool
    figures: tuple[KeyFigure, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The waiting reports of one form and period; `columns` are the labels of the key figures."""

    form: str
    period: str
    columns: tuple[str, ...]
    rows: tuple[Reviewed, ...]

    @property
    def plain_count(self) -> int:
        """How many carry no warning and may be accepted together."""
        return sum(not row.warnings for row in self.rows)


@dataclass(frozen=True)
class Queue:
    """One page of the queue."""

    groups: Sequence[Group]
    total: int
    is_direct: bool

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


def review_queue(*, actor: Actor, at: datetime, is_direct: bool = True, page: int = 1) -> Queue:
    """Submitted reports below the actor, by form and period, the oldest deadline first. Five queries at any size."""
    waiting = reviewable(actor, directly=is_direct)
    total = waiting.count()
    first = (page - 1) * PAGE
    rows = list(
        waiting.select_related("unit", "period", "form_version__form")
        .defer("form_version__data", "prose", "evidence")
        .order_by("period__until_day", "form_version__form__code", "form_version", "unit__path")[first : first + PAGE]
    )
    versions = FormVersion.objects.in_bulk({row.form_version_id for row in rows})
    before = figures_before(rows)
    groups = []
    for version_id, of_version in groupby(rows, key=lambda row: (row.period_id, row.form_version_id)):
        spec = versions[version_id[1]].spec
        keys = _key_fields(spec)
        members = list(of_version)
        groups.append(
            Group(
                form=members[0].form_version.form.label,
                period=members[0].period.label,
                columns=tuple(named(field.label, field.label_en) for field in keys),
                rows=tuple(_reviewed(row, spec, keys, before.get(row.pk, {}), at) for row in members),
            )
        )
    return Queue(
        groups=groups,
        total=total,
        is_direct=is_direct,
    )


def _key_fields(spec: FormSpec) -> tuple[Field, ...]:
    """The first numbers of the form: its designer puts what matters first."""
    return tuple(field for field in spec.fields if field.is_number)[:KEY_FIGURES]


def _reviewed(row: Report, spec: FormSpec, keys: Sequence[Field], before: Mapping[str, Any], at: datetime) -> Reviewed:
    return Reviewed(
        report_id=row.pk,
        revision=row.revision,
        unit=row.unit.label,
        phone=row.unit.phone,
        due_at=row.due_at,
        submitted_at=row.submitted_at or at,
        is_late=rules.is_late(due_at=row.due_at, submitted_at=row.submitted_at, at=at),
        is_nothing=row.is_nothing,
        figures=tuple(
            KeyFigure(
                label=named(field.label, field.label_en),
                text=spec.write(field, row.figures.get(field.code)),
                change=change_text(field, row.figures.get(field.code), before.get(field.code)),
            )
            for field in keys
        ),
        warnings=rules.warnings(spec, row.figures, is_nothing=row.is_nothing),
    )
