"""The read side of reports in prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from giaoban.apps.narratives import access, rules
from giaoban.apps.narratives.models import Narrative, Proposal
from giaoban.apps.reports import rules as reports_rules
from giaoban.apps.reports.access import READ as READ_REPORT
from giaoban.apps.reports.models import Report
from giaoban.base.access import Actor
from giaoban.base.web.language import named


@dataclass(frozen=True)
class Offer:
    """One proposal as the page writes it."""

    id: int
    value: int
    written: str
    quote: str
    sentence: str
    score: int
    match: str
    state: str
    state_label: str
    is_open: bool
    is_sure: bool


@dataclass(frozen=True)
class FieldLine:
    """One field of the form beside the prose: what stands there now and what is proposed."""

    code: str
    label: str
    written: str
    has_evidence: bool
    offers: Sequence[Offer]


@dataclass(frozen=True)
class TextTab:
    id: int
    name: str
    received_at: datetime


@dataclass(frozen=True)
class NarrativePage:
    """Prose left, form right. `chosen` is None while no text was given."""

    report_id: int
    unit: str
    form: str
    period: str
    revision: int
    may_apply: bool
    texts: Sequence[TextTab]
    chosen: TextTab | None
    paragraphs: Sequence[Sequence[rules.Stretch]]
    lines: Sequence[FieldLine]
    fact_count: int
    open_sure: int


def narrative_page(*, actor: Actor, report_id: int, narrative_id: int | None) -> NarrativePage:
    """The page of one report's texts; the newest text unless one is named. Raises NotFound. Four queries at most."""
    report = (
        Report.objects.select_related("unit", "form_version__form", "period").allowed(actor, READ_REPORT).one(report_id)
    )
    narratives = list(
        Narrative.objects.allowed(actor, access.READ).filter(report=report).order_by("-received_at", "-pk")
    )
    wanted = (one for one in narratives if narrative_id in (None, one.pk))
    chosen = next(wanted, None)
    proposals = list(chosen.proposals.order_by("start", "-score")) if chosen else []
    lines = _lines(report, chosen, proposals)
    is_mine = actor.reach("reporter").places and any(
        place.unit_id == report.unit_id for place in actor.reach("reporter").places
    )
    return NarrativePage(
        report_id=report.pk,
        unit=report.unit.name,
        form=report.form_version.form.label,
        period=report.period.label,
        revision=report.revision,
        may_apply=bool(is_mine) and report.state in reports_rules.IN_HAND,
        texts=[TextTab(one.pk, one.name, one.received_at) for one in narratives],
        chosen=TextTab(chosen.pk, chosen.name, chosen.received_at) if chosen else None,
        paragraphs=_paragraphs(chosen, proposals) if chosen else [],
        lines=lines,
        fact_count=len(chosen.reading["facts"]) if chosen else 0,
        open_sure=sum(offer.is_open and offer.is_sure for line in lines for offer in line.offers),
    )


def _lines(report: Report, narrative: Narrative | None, proposals: Sequence[Proposal]) -> list[FieldLine]:
    spec = report.form_version.spec
    asked = {term.code for term in rules.terms(spec)}
    sure = rules.sure(_offered(one) for one in proposals)
    return [
        FieldLine(
            code=field.code,
            label=named(field.label, field.label_en),
            written=spec.write(field, report.figures.get(field.code)),
            has_evidence=field.code in report.evidence,
            offers=[
                Offer(
                    id=one.pk,
                    value=one.value,
                    written=spec.write(field, one.value),
                    quote=narrative.text[one.start : one.end],
                    sentence=narrative.text[one.sentence_start : one.sentence_end],
                    score=one.score,
                    match=one.match,
                    state=one.state,
                    state_label=str(one.get_state_display()),
                    is_open=one.state == Proposal.State.OPEN,
                    is_sure=_offered(one) in sure,
                )
                for one in proposals
                if narrative is not None and one.field == field.code
            ],
        )
        for field in spec.fields
        if field.code in asked
    ]


def _offered(proposal: Proposal) -> rules.Offered:
    return rules.Offered(proposal.field, proposal.start, proposal.end, proposal.score)


def _paragraphs(narrative: Narrative, proposals: Sequence[Proposal]) -> list[list[rules.Stretch]]:
    field_at = {(one.start, one.end): one.field for one in reversed(proposals)}  # the best fit last
    marks = [
        (
            fact["start"],
            fact["end"],
            fact["kind"],
            field_at.get((fact["start"], fact["end"]), ""),
            fact["confidence"] == "sure",
        )
        for fact in narrative.reading["facts"]
        if fact["kind"] not in WIDE
    ]
    return rules.paragraphs(narrative.text, marks)


WIDE = frozenset({"directive", "task", "event"})  # whole sentences: marking them would hide what stands in them
