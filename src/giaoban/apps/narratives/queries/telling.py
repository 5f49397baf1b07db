"""Findings on the texts of a report: which there are now, and the sentence a person reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from giaoban.apps.narratives import rules
from giaoban.apps.narratives.models import Narrative, Proposal, SetAside
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.queries.past import last_before
from giaoban.base.web.language import named
from giaoban.core.formlang import FormSpec
from giaoban.core.reading import findings
from giaoban.core.reading.assignment import Offer, settled
from giaoban.core.reading.findings import Finding, Told
from giaoban.core.reading.proposals import side

_SHRINKS = "shrinks"  # a stock that may have its reasons to fall
_LEAD, _TAIL = 60, 90  # characters of a sentence shown around the words that count
_SAYS = {
    findings.PERCENT: gettext_lazy("Ghi {text}, nhưng {of} là {other}."),
    findings.SUM: gettext_lazy("Các phần cộng lại được {text} ({text_of}), nhiều hơn tổng {other}."),
    findings.REMAINDER: gettext_lazy("Ghi còn lại {text}, nhưng {of} = {other}."),
    findings.PART: gettext_lazy("Phần {text} lớn hơn tổng {other} mà nó nằm trong đó."),
    findings.ANNOUNCED: gettext_lazy("Nói có {text} mục, nhưng liệt kê {other} mục."),
    findings.ORDINAL: gettext_lazy("Mục {text} đứng ngay sau mục {other}; có thể thiếu mục ở giữa."),
    findings.PERIOD: gettext_lazy("Văn bản nói về «{text}», kỳ của báo cáo là {other}."),
    findings.FALLS: gettext_lazy("Số lũy kế giảm: kỳ trước {other} ({where}), kỳ này {text}."),
    _SHRINKS: gettext_lazy("Thấp hơn kỳ trước: kỳ trước {other} ({where}), kỳ này {text}."),
    findings.BASE: gettext_lazy("Mẫu số thay đổi: kỳ trước {other} ({where}), kỳ này {text}."),
    findings.FORM: gettext_lazy("Văn bản ghi {text}, biểu mẫu đang ghi {other}."),
    findings.TEXTS: gettext_lazy("Văn bản này ghi {text}, văn bản «{where}» ghi {other}."),
}


@dataclass(frozen=True)
class Quoted:
    """A sentence cut around the words that count; `place` is where it begins in the text."""

    before: str
    words: str
    after: str
    place: int

    @property
    def lead(self) -> str:
        """The end of what stands before, from a whole word on."""
        if len(self.before) <= _LEAD:
            return self.before.lstrip()
        return "… " + self.before[-_LEAD:].partition(" ")[2]

    @property
    def tail(self) -> str:
        """The beginning of what stands behind, up to a whole word."""
        if len(self.after) <= _TAIL:
            return self.after.rstrip()
        return self.after[:_TAIL].rpartition(" ")[0] + " …"


@dataclass(frozen=True)
class FindingRow:
    """One disagreement as the page tells it."""

    key: str
    says: str
    is_mismatch: bool
    field: str
    label: str
    quote: Quoted | None
    against: Quoted | None  # the other side, where it stands in the same text somewhere else


@dataclass(frozen=True)
class AsideRow:
    """A finding that somebody set aside."""

    says: str
    label: str
    reason: str
    by_name: str
    at: datetime


def told_by(spec: FormSpec, proposals: Iterable[Proposal]) -> list[Told]:
    """What one text says for the form: what was taken from it as it stood, and what fits beyond doubt."""
    kept = list(proposals)
    sure = pairing(spec, kept).sure
    return [
        Told(field=one.field, value=one.value, start=one.start, end=one.end)
        for one in kept
        if one.state == Proposal.State.ACCEPTED or (one.state == Proposal.State.OPEN and one.pk in sure)
    ]


@dataclass(frozen=True)
class Pairing:
    """Proposals of one text, by id: those that may be taken unseen, and those whose number such a one has taken."""

    sure: frozenset[int]
    elsewhere: frozenset[int]


def pairing(spec: FormSpec, proposals: Sequence[Proposal]) -> Pairing:
    """Which numbers of a text go to which fields beyond doubt; what a person dismissed takes no number away."""
    sides = {term.code: side(term) for term in rules.terms(spec)}
    offers = {
        one.pk: Offer(one.field, one.start, sides.get(one.field, "num"), one.value, one.score) for one in proposals
    }
    chosen = settled(offers.values())
    sure = frozenset(pk for pk, offer in offers.items() if offer in chosen)
    taken = {
        offers[one.pk].number
        for one in proposals
        if one.state in Proposal.TAKEN or (one.pk in sure and one.state == Proposal.State.OPEN)
    }
    elsewhere = (
        one.pk
        for one in proposals
        if one.state == Proposal.State.OPEN and one.pk not in sure and offers[one.pk].number in taken
    )
    return Pairing(sure, frozenset(elsewhere))


def findings_of(
    *,
    report: Report,
    narrative: Narrative,
    proposals: Sequence[Proposal],
    names: Mapping[int, str],
    before: Report | None,
) -> list[Finding]:
    """Every disagreement of one text: within itself, with the form, the report before and the report's other texts.

    `proposals` are those of all texts of the report, `names` their names. Set aside or not. No query.
    """
    spec = report.form_version.spec
    by_text: defaultdict[int, list[Proposal]] = defaultdict(list)
    for one in proposals:
        by_text[one.narrative_id].append(one)
    told = told_by(spec, by_text[narrative.pk])
    known = rules.known(spec, now=report.figures, before=before.figures if before else {})
    found = [findings.from_json(one) for one in narrative.reading.get("findings", [])]
    found += findings.across(told=told, known=known, before=before.period.label if before else "")
    places = {one.code: one.places for one in known}
    for other, name in names.items():
        if other != narrative.pk:
            there = told_by(spec, by_text[other])
            found += findings.between(told=told, others=there, places=places, name=name)
    return list({one.key: one for one in found}.values())


def standing_findings(narrative: Narrative) -> list[Finding]:
    """The findings on one text as its report stands now. Three queries; the narrative comes with its report."""
    report = narrative.report
    texts = Narrative.objects.filter(report=report).order_by("-received_at", "-pk")
    names = dict(texts.values_list("pk", "name"))
    proposals = list(Proposal.objects.filter(narrative__in=names).order_by("start", "-score", "pk"))
    return findings_of(report=report, narrative=narrative, proposals=proposals, names=names, before=last_before(report))


def in_words(finding: Finding) -> str:
    """The sentence a person reads, in their language."""
    is_other_stock = finding.kind == findings.FALLS and finding.verdict == findings.WARN
    return str(_SAYS[_SHRINKS if is_other_stock else finding.kind]).format(
        text=finding.text.says,
        text_of=finding.text.of,
        of=finding.other.of,
        other=finding.other.says,
        where=finding.other.where,
    )


def finding_rows(found: Iterable[Finding], narrative: Narrative, labels: Mapping[str, str]) -> list[FindingRow]:
    """Mismatches first, then in the order of the text."""
    ordered = sorted(found, key=lambda one: (one.verdict != findings.MISMATCH, one.text.start or 0))
    return [
        FindingRow(
            key=one.key,
            says=in_words(one),
            is_mismatch=one.verdict == findings.MISMATCH,
            field=one.field,
            label=labels.get(one.field, ""),
            quote=quoted(narrative, one.text.start, one.text.end),
            against=quoted(narrative, one.other.start, one.other.end),
        )
        for one in ordered
    ]


def aside_rows(kept: Iterable[SetAside], labels: Mapping[str, str]) -> list[AsideRow]:
    rows = []
    for one in kept:
        finding = findings.from_json(one.finding)
        rows.append(AsideRow(in_words(finding), labels.get(finding.field, ""), one.reason, one.by_name, one.at))
    return rows


def quoted(narrative: Narrative, start: int | None, end: int | None) -> Quoted | None:
    """The sentence of a place, cut around it."""
    if start is None or end is None:
        return None
    first, last = sentence_of(narrative.reading, start, end)
    text = narrative.text
    return Quoted(text[first:start], text[start : min(end, last)], text[min(end, last) : last], first)


def sentence_of(reading: Mapping[str, Any], start: int, end: int) -> tuple[int, int]:
    """The sentence a place stands in; the place itself where sentences were not kept."""
    spans = reading.get("sentences", [])
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if spans[middle][0] <= start else (low, middle)
    return (spans[low - 1][0], spans[low - 1][1]) if low else (start, end)


def labels_of(spec: FormSpec) -> Mapping[str, str]:
    return {field.code: named(field.label, field.label_en) for field in spec.fields}
