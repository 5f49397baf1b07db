"""The verbs on reports in prose: receive a text, apply or dismiss what was read in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from giaoban.apps.narratives import access, queries, rules
from giaoban.apps.narratives.models import Narrative, Proposal, SetAside
from giaoban.apps.narratives.queries import words
from giaoban.apps.narratives.services import papers
from giaoban.apps.reports import services as reports
from giaoban.apps.reports.access import FILL
from giaoban.apps.reports.models import Report
from giaoban.base.access import Actor
from giaoban.base.attachments import store
from giaoban.base.attachments.models import StoredFile
from giaoban.base.ledger.work import record, service
from giaoban.core import reading
from giaoban.core.reading import proposals, soundness
from giaoban.core.refusal import NotFound
from giaoban.files import prose_in


@service
def receive(
    *, actor: Actor, report_id: int, data: bytes, name: str, at: datetime, prose: prose_in.Prose | None = None
) -> Narrative:
    """Take in a Word document, PDF, web page or text file for a report, read it and propose figures.

    `prose`: what the bytes say, where they were read before the transaction began.
    Raises NotFound, the refusals of files.prose_in, rules.NoText.
    """
    report = _report(actor, report_id)
    prose = prose or prose_in.read(data=data, name=name)
    file = store.keep(data=data, media_type=prose.media_type, at=at)
    return _read(actor=actor, report=report, text=prose.text, name=name, file=file, at=at)


@service
def paste(*, actor: Actor, report_id: int, text: str, name: str, at: datetime) -> Narrative:
    """Take in a pasted text for a report. Raises NotFound, rules.NoText, rules.TextTooLong."""
    return _read(actor=actor, report=_report(actor, report_id), text=text, name=name, file=None, at=at)


def _report(actor: Actor, report_id: int) -> Report:
    return Report.objects.select_related("unit", "form_version", "period", "round").allowed(actor, FILL).one(report_id)


def _read(*, actor: Actor, report: Report, text: str, name: str, file: StoredFile | None, at: datetime) -> Narrative:
    if not text.strip():
        raise rules.NoText()
    if len(text) > rules.MAX_TEXT:
        raise rules.TextTooLong(limit=rules.MAX_TEXT)
    found = reading.read(text=text, lexicon=words.lexicon())
    told = soundness.of_another_period(found, period=_days(report), name=report.period.label) + soundness.within(found)
    kept = found.as_json() | {
        "sentences": [list(span) for span in found.sentences],
        "findings": [one.as_json() for one in told],
        "unclaimed": [list(span) for span in soundness.unclaimed(found)],
    }
    narrative = Narrative.objects.create(
        report=report, file=file, name=name, text=found.text, reading=kept, received_at=at
    )
    count = _propose(narrative, report, found)
    record(
        actor=actor,
        verb="narratives.received",
        on=narrative,
        at=at,
        place=report.unit.path,
        report=report.pk,
        name=name,
        proposals=count,
        findings=len(told),
    )
    papers.index_papers(actor=actor, narrative=narrative, found=found, at=at)
    return narrative


def _days(report: Report) -> tuple[date, date]:
    """The first and the last day of a report's period."""
    return report.period.from_day, report.period.until_day - timedelta(days=1)


def _propose(narrative: Narrative, report: Report, found: reading.Reading) -> int:
    proposed = proposals.propose(
        reading=found,
        fields=rules.terms(report.form_version.spec),
        as_of=report.round.day,
        period=_days(report),
    )
    Proposal.objects.bulk_create(
        Proposal(
            narrative=narrative,
            field=one.field_code,
            value=one.value,
            start=one.fact_start,
            end=one.fact_end,
            sentence_start=one.sentence_start,
            sentence_end=one.sentence_end,
            score=one.score,
            match=one.match,
        )
        for one in proposed
    )
    return len(proposed)


@service
def apply(*, actor: Actor, narrative_id: int, values: Mapping[int, int | None], revision: int, at: datetime) -> Report:
    """Write chosen proposals into the report, each figure with its sentence.

    `values`: proposal id -> the figure a person corrected it to, or None to take it as proposed. The report is
    filled by the same verb as by hand. Raises rules.NothingChosen, rules.TwoForOneField, rules.Decided when a
    proposal is no longer open, reports.rules.SomebodyElseSaved when `revision` is not the report's.
    """
    narrative = (
        Narrative.objects.select_related("report__form_version").allowed(actor, access.APPLY).locked().one(narrative_id)
    )
    chosen = list(narrative.proposals.filter(pk__in=values).order_by("start"))
    if not chosen:
        raise rules.NothingChosen()
    labels = {field.code: field.label for field in narrative.report.form_version.spec.fields}
    figures: dict[str, Any] = dict(narrative.report.figures)
    evidence: dict[str, Mapping[str, object]] = {}
    for proposal in chosen:
        if proposal.state != Proposal.State.OPEN:
            raise rules.Decided(field=labels.get(proposal.field, proposal.field))
        if proposal.field in evidence:
            raise rules.TwoForOneField(field=labels.get(proposal.field, proposal.field))
        typed = values[proposal.pk]
        proposal.state = Proposal.State.ACCEPTED if typed in (None, proposal.value) else Proposal.State.CORRECTED
        figures[proposal.field] = proposal.value if typed is None else typed
        evidence[proposal.field] = _evidence(narrative, proposal)
        proposal.save(update_fields=["state"])
    report = reports.fill(
        actor=actor,
        report_id=narrative.report_id,
        revision=revision,
        figures=figures,
        evidence=evidence,
        at=at,
    )
    record(
        actor=actor,
        verb="narratives.applied",
        on=narrative,
        at=at,
        place=report.unit.path,
        report=report.pk,
        fields=[proposal.field for proposal in chosen],
    )
    return report


@service
def dismiss(*, actor: Actor, narrative_id: int, proposal_id: int, at: datetime) -> Proposal:
    """Say that a proposal is none. Raises NotFound, rules.Decided when it is no longer open."""
    narrative = Narrative.objects.select_related("report__unit").allowed(actor, access.APPLY).locked().one(narrative_id)
    proposal = narrative.proposals.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound()
    if proposal.state != Proposal.State.OPEN:
        raise rules.Decided(field=proposal.field)
    proposal.state = Proposal.State.DISMISSED
    proposal.save(update_fields=["state"])
    record(
        actor=actor,
        verb="narratives.dismissed",
        on=narrative,
        at=at,
        place=narrative.report.unit.path,
        field=proposal.field,
        value=proposal.value,
    )
    return proposal


@service
def set_aside(*, actor: Actor, narrative_id: int, key: str, reason: str, at: datetime) -> SetAside:
    """Put a finding away with the reason why the figures stand as they are; it stays to be read.

    Raises rules.NoReason, rules.ReasonTooLong, rules.NoSuchFinding when there is no such finding (any more) or
    somebody set it aside before.
    """
    words = rules.fitting_reason(reason)
    narrative = (
        Narrative.objects.select_related("report__unit", "report__form_version", "report__period")
        .allowed(actor, access.APPLY)
        .locked()
        .one(narrative_id)
    )
    finding = next((one for one in queries.standing_findings(narrative) if one.key == key), None)
    if finding is None or narrative.set_aside.filter(key=key).exists():
        raise rules.NoSuchFinding()
    put_away = SetAside.objects.create(
        narrative=narrative, key=key, finding=finding.as_json(), reason=words, by_name=actor.name, at=at
    )
    record(
        actor=actor,
        verb="narratives.finding_dismissed",
        on=narrative,
        at=at,
        place=narrative.report.unit.path,
        report=narrative.report_id,
        finding=key,
        reason=words,
    )
    return put_away


def _evidence(narrative: Narrative, proposal: Proposal) -> dict[str, object]:
    sentence = narrative.text[proposal.sentence_start : proposal.sentence_end]
    return {
        "narrative": narrative.pk,
        "document": narrative.name,
        "sentence": sentence,
        "quote": narrative.text[proposal.start : proposal.end],
        "start": proposal.start - proposal.sentence_start,
        "end": proposal.end - proposal.sentence_start,
    }
