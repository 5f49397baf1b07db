"""Two people at one report: what each of them says, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from giaoban.apps.reports import access, rules
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.queries.sheet import BOX, boxed
from giaoban.apps.reports.queries.story import base_of
from giaoban.base.access import Actor
from giaoban.base.ledger.models import Entry
from giaoban.base.web.language import named
from giaoban.core.formlang import Field, FormSpec


@dataclass(frozen=True)
class Differing:
    """A field two people filled differently: what each box would hold, how each reads, which one to propose."""

    box: str
    label: str
    theirs: str
    theirs_shown: str
    yours: str
    yours_shown: str
    pick: str
    is_long: bool


@dataclass(frozen=True)
class Conflict:
    """Both versions of a report. `kept` are the boxes on which they agree, as (name, value)."""

    report_id: int
    revision: int
    form: str
    period: str
    unit: str
    who: str
    at: datetime | None
    differing: tuple[Differing, ...]
    kept: tuple[tuple[str, str], ...]
    prose: str | None  # when both agree on it


def conflict(*, actor: Actor, report_id: int, revision: int, figures: Mapping[str, Any], prose: str | None) -> Conflict:
    """What stands on the server beside what was typed since `revision`. Three queries. Raises NotFound."""
    report = (
        Report.objects.allowed(actor, access.FILL).select_related("unit", "period", "form_version__form").one(report_id)
    )
    spec = report.form_version.spec
    words = report.prose if prose is None else rules.fitting_prose(prose)
    theirs = dict(report.figures) | {rules.PROSE: report.prose}
    yours = dict(spec.compute(figures)) | {rules.PROSE: words}
    picks = rules.picks(base=base_of(report=report, revision=revision), theirs=theirs, yours=yours)
    last = Entry.objects.about(Report._meta.label_lower, report.pk).filter(verb__in=rules.OF_WRITING).last()
    typed = [one for one in spec.fields if not one.is_computed]
    differing = [_differing(spec, one, theirs, yours, picks[one.code]) for one in typed if one.code in picks]
    if rules.PROSE in picks:
        differing.append(
            Differing(
                "prose", "Phần lời", report.prose, report.prose, words, words, pick=picks[rules.PROSE], is_long=True
            )
        )
    return Conflict(
        report_id=report.pk,
        revision=report.revision,
        form=report.form_version.form.label,
        period=report.period.label,
        unit=report.unit.name,
        who=last.actor_name if last else "",
        at=last.at if last else None,
        differing=tuple(differing),
        kept=tuple((BOX + one.code, boxed(spec, one, yours.get(one.code))) for one in typed if one.code not in picks),
        prose=None if rules.PROSE in picks else words,
    )


def _differing(spec: FormSpec, one: Field, theirs: Mapping[str, Any], yours: Mapping[str, Any], pick: str) -> Differing:
    return Differing(
        box=BOX + one.code,
        label=named(one.label, one.label_en),
        theirs=boxed(spec, one, theirs.get(one.code)),
        theirs_shown=spec.write(one, theirs.get(one.code)),
        yours=boxed(spec, one, yours.get(one.code)),
        yours_shown=spec.write(one, yours.get(one.code)),
        pick=pick,
        is_long=one.is_text,
    )
