"""A report's story out of the ledger: who did what, when, with old → new for each figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from giaoban.apps.reports import access, rules
from giaoban.apps.reports.models import Report
from giaoban.apps.units.queries import naming
from giaoban.base.access import Actor
from giaoban.base.ledger.models import Entry
from giaoban.base.web.language import named
from giaoban.core.formlang import FormSpec

MOST_STEPS = 200
_PROSE_SHOWN = 300
_NO_TEXT = "–"


@dataclass(frozen=True)
class Change:
    """One field before and after, written as people read it."""

    label: str
    old: str
    new: str
    is_prose: bool = False


@dataclass(frozen=True)
class Step:
    """One entry of the ledger about the report."""

    entry_id: int
    at: datetime
    who: str
    did: str
    reason: str
    note: str
    is_late: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Story:
    """Everything that happened to a report, newest first. `left_off` counts older steps not shown."""

    report_id: int
    form: str
    period: str
    unit: str
    state: str
    state_label: str
    steps: Sequence[Step]
    left_off: int


def history(*, actor: Actor, report_id: int) -> Story:
    """The story of one report. Three queries. Raises NotFound when the actor may not read it."""
    report = (
        Report.objects.allowed(actor, access.READ)
        .select_related("unit", "period", "form_version__form")
        .annotate(**naming.former(unit="unit", day="round__day"))
        .defer("prose", "evidence")
        .one(report_id)
    )
    told = Entry.objects.about(Report._meta.label_lower, report.pk)
    spec = report.form_version.spec
    entries = list(told.order_by("-id")[:MOST_STEPS])
    return Story(
        report_id=report.pk,
        form=report.form_version.form.label,
        period=report.period.label,
        unit=naming.bore(report).name,
        state=report.state,
        state_label=rules.State(report.state).label,
        steps=[_step(entry, spec) for entry in entries],
        left_off=told.count() - len(entries),
    )


def base_of(*, report: Report, revision: int) -> Mapping[str, Any]:
    """The figures and prose as they stood at an earlier revision, worked back from the ledger. One query."""
    base: dict[str, Any] = dict(report.figures) | {rules.PROSE: report.prose}
    later = Entry.objects.about(Report._meta.label_lower, report.pk).filter(verb__in=rules.OF_WRITING).order_by("-id")
    for facts in later.values_list("facts", flat=True):
        if facts["revision"] <= revision:
            break
        for code, (old, _) in facts["changes"].items():
            base[code] = old
    return {code: value for code, value in base.items() if value is not None}


def _step(entry: Entry, spec: FormSpec) -> Step:
    facts = entry.facts
    changes = facts.get("changes") or {code: [None, value] for code, value in facts.get("figures", {}).items()}
    return Step(
        entry_id=entry.pk,
        at=entry.at,
        who=entry.actor_name,
        did=rules.DEEDS.get(entry.verb, entry.verb),
        reason=facts.get("reason", ""),
        note=facts.get("name", "") or facts.get("source", ""),
        is_late=bool(facts.get("late")),
        changes=_changes(changes, spec),
    )


def _changes(changes: Mapping[str, Sequence[Any]], spec: FormSpec) -> tuple[Change, ...]:
    found = [
        Change(
            named(field.label, field.label_en), spec.write(field, old), spec.write(field, new), is_prose=field.is_text
        )
        for field in spec.fields
        if field.code in changes
        for old, new in [changes[field.code]]
    ]
    if rules.PROSE in changes:
        old, new = changes[rules.PROSE]
        found.append(Change("Phần lời", _cut(old), _cut(new), is_prose=True))
    return tuple(found)


def _cut(text: str | None) -> str:
    if not text:
        return _NO_TEXT
    return text if len(text) <= _PROSE_SHOWN else text[: _PROSE_SHOWN - 1] + "…"
