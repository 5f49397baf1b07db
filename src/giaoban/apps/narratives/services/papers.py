"""The register of cited papers: written when a text is received, and again for texts received before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils.timezone import localtime

from giaoban.apps.narratives.models import CitedPaper, Narrative, PaperMention
from giaoban.apps.narratives.rules import papers as rules
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core.reading import Reading
from giaoban.core.reading.facts import Citation
from giaoban.core.text_vi.folding import fold

_AROUND = 300  # letters of a sentence kept on either side of the symbol


@service
def index_papers(*, actor: Actor, narrative: Narrative, found: Reading, at: datetime) -> int:
    """Enter every paper a text cites into the register; returns how many places cite one.

    `found` is the reading of `narrative.text`, and `narrative.report.unit` is fetched. What was entered for this text
    before is replaced, so a text may be read again when the register knows more.
    """
    unit = narrative.report.unit
    cited = _cited(found)
    narrative.mentions.all().delete()
    if not cited:
        return 0
    on = found.reference.day or localtime(narrative.received_at).date()
    named = [rules.paper(one, branch=rules.branch_of(unit.path)) for one in cited]
    meant = rules.placed(named, map(_identity, _known(named)), on=on)
    rows = _registered(meant, on)
    _tell_kinds(named, [rows[rules.key(one, on=on)] for one in meant])
    PaperMention.objects.bulk_create(
        _mention(narrative, found, one, rows[rules.key(paper, on=on)]) for one, paper in zip(cited, meant, strict=True)
    )
    settled = _settle([one for one in meant if one.day and one.symbol])
    record(
        actor=actor,
        verb="narratives.papers_indexed",
        on=narrative,
        at=at,
        place=unit.path,
        report=narrative.report_id,
        papers=sorted({rules.key(one, on=on) for one in meant}),
        settled=settled,
    )
    return len(cited)


def _settle(dated: Sequence[rules.Paper]) -> int:
    """Earlier mentions that waited without a day and can only mean one of these by now go to it; returns how many."""
    waiting = list(
        PaperMention.objects.filter(paper__number__in={one.number for one in dated}, paper__day=None)
        .exclude(paper__symbol="")
        .select_related("paper", "narrative")
        .defer("narrative__text")
    )
    if not waiting:
        return 0
    known = {row.key: row for row in _known(dated)}
    papers = [_identity(row) for row in known.values()]
    moved = []
    for mention in waiting:
        on = _reference_day(mention.narrative)
        (meant,) = rules.placed([_identity(mention.paper)], papers, on=on)
        if meant.day:
            mention.paper = known[rules.key(meant, on=on)]
            moved.append(mention)
    PaperMention.objects.bulk_update(moved, ["paper"])
    return len(moved)


def _reference_day(narrative: Narrative) -> date:
    told = narrative.reading["document"]["reference_day"]
    return date.fromisoformat(told) if told else localtime(narrative.received_at).date()


def _identity(row: CitedPaper) -> rules.Paper:
    return rules.Paper(row.kind, row.number, row.symbol, row.body, row.day, row.branch, row.is_kind_read)


def _cited(found: Reading) -> list[Citation]:
    """The citations of a text, one for each place; its own number at the head is none."""
    by_place = {fact.start: fact for fact in reversed(found.facts) if isinstance(fact, Citation)}
    return [one for _, one in sorted(by_place.items()) if not rules.is_own_number(found.text, one)]


def _known(named: Iterable[rules.Paper]) -> list[CitedPaper]:
    """The dated papers of the register that share a number with one of these."""
    return list(CitedPaper.objects.filter(number__in={one.number for one in named if one.number}, day__isnull=False))


def _registered(meant: Sequence[rules.Paper], on: date) -> Mapping[str, CitedPaper]:
    """The row of each paper by its key; what is not in the register yet is entered."""
    wanted = {rules.key(one, on=on): one for one in reversed(meant)}
    there = set(CitedPaper.objects.filter(key__in=wanted).values_list("key", flat=True))
    CitedPaper.objects.bulk_create(
        [
            CitedPaper(
                key=key,
                kind=one.kind,
                is_kind_read=one.is_kind_read,
                number=one.number,
                symbol=one.symbol,
                body="" if one.symbol else one.body,
                branch=one.branch,
                day=one.day,
                folded=rules.search_words(one),
            )
            for key, one in wanted.items()
            if key not in there
        ],
        ignore_conflicts=True,  # somebody may be entering the same paper now
    )
    return {row.key: row for row in CitedPaper.objects.filter(key__in=wanted)}


def _tell_kinds(named: Sequence[rules.Paper], rows: Sequence[CitedPaper]) -> None:
    """A kind that was only told from a symbol gives way to one that a text writes out."""
    for one, row in zip(named, rows, strict=True):
        if one.is_kind_read and not row.is_kind_read:
            row.kind, row.is_kind_read = one.kind, True
            row.folded = f"{row.folded} {fold(one.kind)}"
            row.save(update_fields=["kind", "is_kind_read", "folded"])


def _mention(narrative: Narrative, found: Reading, one: Citation, paper: CitedPaper) -> PaperMention:
    quote = one.quote.rstrip(" .,;:")
    start, end = found.sentence(one.start)
    body, title = rules.issuer(one.symbol or "", one.body or "")[:200], " ".join((one.title or "").split())[:300]
    return PaperMention(
        paper=paper,
        narrative=narrative,
        start=one.start,
        end=one.start + len(quote),
        sentence_start=max(start, one.start - _AROUND),
        sentence_end=min(max(end, one.end), one.end + _AROUND),
        body=body,
        title=title,
        folded=fold(f"{body} {title}".strip()),
    )
