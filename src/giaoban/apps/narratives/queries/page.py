"""The page of a report's texts: prose with its facts marked, the form with what is proposed, what does not agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from giaoban.apps.narratives import access, rules
from giaoban.apps.narratives.models import Narrative, Proposal
from giaoban.apps.narratives.queries.telling import (
    AsideRow,
    FindingRow,
    Quoted,
    aside_rows,
    finding_rows,
    findings_of,
    labels_of,
    pairing,
    sentence_of,
    standing_findings,
)
from giaoban.apps.reports import rules as reports_rules
from giaoban.apps.reports.access import READ as READ_REPORT
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.queries.past import change_text, last_before
from giaoban.base.access import Actor
from giaoban.core.formlang import Field
from giaoban.core.reading.findings import Finding
from giaoban.core.reading.likeness import EXACT, FOLDED, LOOSE

_WEAKER = 25  # points below a sure proposal from which another is not shown
_MATCH = {EXACT: gettext_lazy("đúng tên"), FOLDED: gettext_lazy("không dấu"), LOOSE: gettext_lazy("gần giống")}
_KINDS = {
    "figure": gettext_lazy("số liệu"),
    "date": gettext_lazy("ngày"),
    "period": gettext_lazy("kỳ"),
    "as_of": gettext_lazy("thời điểm số liệu"),
    "deadline": gettext_lazy("thời hạn"),
    "citation": gettext_lazy("văn bản viện dẫn"),
    "person": gettext_lazy("người"),
    "award": gettext_lazy("khen thưởng"),
    "issuer": gettext_lazy("nơi ban hành"),
    "byline": gettext_lazy("người viết"),
}


@dataclass(frozen=True)
class OfferRow:
    """One proposal as the page writes it. `raw` is what an input box would hold."""

    id: int
    written: str
    raw: str
    quote: Quoted
    score: int
    match: str
    state_label: str
    is_open: bool
    is_taken: bool
    is_sure: bool
    is_same: bool  # the form says so already


@dataclass(frozen=True)
class FieldLine:
    """One field of the form beside the prose: now, the period before, and what is proposed."""

    code: str
    label: str
    written: str
    previous: str
    change: str
    has_evidence: bool
    offers: Sequence[OfferRow]

    @property
    def best(self) -> OfferRow | None:
        """What was decided, else what fits best."""
        return next((one for one in self.offers if one.is_taken), self.offers[0] if self.offers else None)

    @property
    def others(self) -> Sequence[OfferRow]:
        return [one for one in self.offers if one is not self.best]


@dataclass(frozen=True)
class TextTab:
    id: int
    name: str
    received_at: datetime


@dataclass(frozen=True)
class KindCount:
    """How many facts of a kind are marked in the prose."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Text:
    """The chosen text as it is read."""

    tab: TextTab
    paragraphs: Sequence[Sequence[rules.Piece]]
    kinds: Sequence[KindCount]
    fact_count: int
    findings: Sequence[FindingRow]
    aside: Sequence[AsideRow]
    unclaimed: Sequence[Quoted]

    @property
    def more_findings(self) -> int:
        """How many findings are folded away below the first five."""
        return max(0, len(self.findings) - 5)


@dataclass(frozen=True)
class NarrativePage:
    """Prose left, form right. `text` is None while none was given."""

    report_id: int
    unit: str
    form: str
    period: str
    previous_period: str
    revision: int
    may_apply: bool
    may_set_aside: bool
    texts: Sequence[TextTab]
    text: Text | None
    with_offers: Sequence[FieldLine]
    without: Sequence[FieldLine]

    @property
    def first_open(self) -> str:
        """The field whose proposal is the next to be decided."""
        return next((line.code for line in self.with_offers if line.best and line.best.is_open), "")

    @property
    def sure(self) -> Sequence[int]:
        return [offer.id for line in self.with_offers for offer in line.offers if offer.is_open and offer.is_sure]


def narrative_page(*, actor: Actor, report_id: int, narrative_id: int | None) -> NarrativePage:
    """The page of one report's texts; the newest text unless one is named. Raises NotFound. Six queries at most."""
    report = (
        Report.objects.select_related("unit", "form_version__form", "period").allowed(actor, READ_REPORT).one(report_id)
    )
    narratives = list(
        Narrative.objects.allowed(actor, access.READ)
        .filter(report=report)
        .order_by("-received_at", "-pk")
        .defer("text", "reading")
    )
    wanted = next((one.pk for one in narratives if narrative_id in (None, one.pk)), None)
    chosen = Narrative.objects.get(pk=wanted) if wanted else None
    proposals = list(Proposal.objects.filter(narrative__in=narratives).order_by("start", "-score", "pk"))
    past = last_before(report)
    found = []
    if chosen is not None:
        names = {one.pk: one.name for one in narratives}
        found = findings_of(report=report, narrative=chosen, proposals=proposals, names=names, before=past)
    mine = [one for one in proposals if one.narrative_id == wanted]
    pairs = pairing(report.form_version.spec, mine)
    mine = [one for one in mine if one.pk not in pairs.elsewhere]
    lines = _lines(report, past, _offers(report, chosen, mine, pairs.sure) if chosen else {})
    is_mine = any(place.unit_id == report.unit_id for place in actor.reach("reporter").places)
    return NarrativePage(
        report_id=report.pk,
        unit=report.unit.name,
        form=report.form_version.form.label,
        period=report.period.label,
        previous_period=past.period.label if past else "",
        revision=report.revision,
        may_apply=is_mine and report.state in reports_rules.IN_HAND,
        may_set_aside=is_mine,
        texts=[_tab(one) for one in narratives],
        text=_text(report, chosen, mine, found) if chosen else None,
        with_offers=[line for line in lines if line.offers],
        without=[line for line in lines if not line.offers],
    )


def proposed_fields(*, actor: Actor, narrative_id: int) -> Mapping[int, Field]:
    """Proposal id -> the field it is for, over one text. Two queries. Raises NotFound."""
    narrative = (
        Narrative.objects.select_related("report__form_version")
        .defer("text", "reading")
        .allowed(actor, access.APPLY)
        .one(narrative_id)
    )
    fields = narrative.report.form_version.spec.by_code
    return {pk: fields[code] for pk, code in narrative.proposals.values_list("pk", "field") if code in fields}


def open_findings(*, actor: Actor, report_id: int) -> int:
    """How many findings on a report's newest text wait for a person. Raises NotFound. Six queries at most."""
    report = Report.objects.allowed(actor, READ_REPORT).one(report_id)
    narrative = (
        Narrative.objects.select_related("report__form_version", "report__period")
        .allowed(actor, access.READ)
        .filter(report=report)
        .order_by("-received_at", "-pk")
        .first()
    )
    if narrative is None:
        return 0
    gone = set(narrative.set_aside.values_list("key", flat=True))
    return sum(one.key not in gone for one in standing_findings(narrative))


def _tab(narrative: Narrative) -> TextTab:
    return TextTab(narrative.pk, narrative.name, narrative.received_at)


def _text(report: Report, narrative: Narrative, proposals: Sequence[Proposal], found: Sequence[Finding]) -> Text:
    labels = labels_of(report.form_version.spec)
    aside = list(narrative.set_aside.order_by("at", "pk"))
    gone = {one.key for one in aside}
    rows = finding_rows([one for one in found if one.key not in gone], narrative, labels)
    unclaimed = [_whole(narrative, start, end) for start, end in narrative.reading.get("unclaimed", [])]
    counts = Counter(fact["kind"] for fact in narrative.reading["facts"])
    return Text(
        tab=_tab(narrative),
        paragraphs=_paragraphs(narrative, proposals, rows, unclaimed),
        kinds=[KindCount(code, str(label), counts[code]) for code, label in _KINDS.items() if counts[code]],
        fact_count=counts.total(),
        findings=rows,
        aside=aside_rows(aside, labels),
        unclaimed=unclaimed,
    )


def _whole(narrative: Narrative, start: int, end: int) -> Quoted:
    return Quoted("", " ".join(narrative.text[start:end].split()), "", start)


def _lines(report: Report, past: Report | None, offers: Mapping[str, Sequence[OfferRow]]) -> list[FieldLine]:
    spec = report.form_version.spec
    labels = labels_of(spec)
    asked = {term.code for term in rules.terms(spec)}
    before: Mapping[str, int] = past.figures if past else {}
    return [
        FieldLine(
            code=field.code,
            label=labels[field.code],
            written=spec.write(field, report.figures.get(field.code)),
            previous=spec.write(field, before[field.code]) if before.get(field.code) is not None else "",
            change=change_text(field, report.figures.get(field.code), before.get(field.code)),
            has_evidence=field.code in report.evidence,
            offers=offers.get(field.code, ()),
        )
        for field in spec.fields
        if field.code in asked
    ]


def _offers(
    report: Report, narrative: Narrative, proposals: Sequence[Proposal], sure: frozenset[int]
) -> Mapping[str, Sequence[OfferRow]]:
    """Field -> what is proposed for it, the best open one first."""
    spec = report.form_version.spec
    found: defaultdict[str, list[OfferRow]] = defaultdict(list)
    for one in sorted(proposals, key=lambda row: (row.state != Proposal.State.OPEN, -row.score, row.start)):
        field = spec.by_code.get(one.field)
        if field is None:
            continue
        text = narrative.text
        found[one.field].append(
            OfferRow(
                id=one.pk,
                written=spec.write(field, one.value),
                raw=spec.raw(field, one.value),
                quote=Quoted(
                    text[one.sentence_start : one.start],
                    text[one.start : one.end],
                    text[one.end : one.sentence_end],
                    one.sentence_start,
                ),
                score=one.score,
                match=str(_MATCH.get(one.match, one.match)),
                state_label=str(one.get_state_display()),
                is_open=one.state == Proposal.State.OPEN,
                is_taken=one.state in Proposal.TAKEN,
                is_sure=one.pk in sure,
                is_same=report.figures.get(one.field) == one.value,
            )
        )
    return {code: _worth_showing(rows) for code, rows in found.items()}


def _worth_showing(rows: Sequence[OfferRow]) -> list[OfferRow]:
    """Beside a proposal that is sure or was taken only those that fit nearly as well."""
    best = next((one for one in rows if one.is_taken or (one.is_sure and one.is_open)), None)
    return [one for one in rows if best is None or not one.is_open or one.score >= best.score - _WEAKER]


def _paragraphs(
    narrative: Narrative, proposals: Sequence[Proposal], rows: Sequence[FindingRow], unclaimed: Sequence[Quoted]
) -> list[list[rules.Piece]]:
    """The prose cut along its facts and along every sentence that something on the page points at."""
    fields: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    sentences: defaultdict[int, list[str]] = defaultdict(list)
    for one in _best_of_fields(proposals):
        fields[one.start, one.end].append(one.field)
        sentences[one.sentence_start].append(one.field)
    for row in rows:
        for quote in filter(None, (row.quote, row.against)):
            sentences[quote.place] += [row.field] if row.field else []
    for quote in unclaimed:
        sentences[quote.place] += []
    marks = [
        rules.Mark(fact["start"], fact["end"], fact["kind"], rules.joined(fields[fact["start"], fact["end"]]))
        for fact in narrative.reading["facts"]
        if fact["kind"] not in rules.WIDE
    ]
    spans = {
        sentence_of(narrative.reading, start, start + 1): rules.joined(codes) for start, codes in sentences.items()
    }
    return rules.paragraphs(narrative.text, marks, spans)


def _best_of_fields(proposals: Sequence[Proposal]) -> list[Proposal]:
    """For each field what was taken for it, else what fits best and was not dismissed; best fits first."""
    live = [one for one in proposals if one.state != Proposal.State.DISMISSED]
    best = {one.field: one for one in sorted(live, key=lambda row: (row.state != Proposal.State.OPEN, row.score))}
    return sorted(best.values(), key=lambda row: -row.score)
