"""The register of cited papers, as far as the actor may read the texts that cite them.

Everything is asked of the mentions, so that one WHERE clause decides on the paper, its title and its counts alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Substr
from django.urls import reverse

from giaoban.apps.narratives import access
from giaoban.apps.narratives.models import CitedPaper, PaperMention, PaperMentionQuerySet
from giaoban.apps.narratives.rules import papers as rules
from giaoban.base.access import Actor

PAGE = 50
MAX_WORDS = 8
_HEAVY = ("figures", "prose", "evidence", "form_version__data")
_CONTEXT = 24  # letters before and behind that tell one place of a text from another


@dataclass(frozen=True)
class PaperFilters:
    """What to show; empty means any."""

    words: str = ""
    kind: str = ""
    page: int = 1


@dataclass(frozen=True)
class PaperLine:
    """One paper of the register: how often the actor's reports cite it, first and last received day."""

    id: int
    name: str
    day: date | None
    is_dateless: bool  # cited by a number, but no text gives its day
    issuer: str
    title: str
    reports: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class PaperList:
    """One page of the register, with the kinds that can be chosen."""

    rows: Sequence[PaperLine]
    total: int
    kinds: Sequence[str]

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


@dataclass(frozen=True)
class Citing:
    """One place that cites a paper; `sentence` is cut around the symbol into before, symbol, behind."""

    unit: str
    form: str
    period: str
    received_at: datetime
    href: str
    before: str
    symbol: str
    behind: str


@dataclass(frozen=True)
class CitingUnit:
    """The places of one unit."""

    unit: str
    places: Sequence[Citing]


@dataclass(frozen=True)
class PaperPage:
    """One paper with one page of the places that cite it, newest first; by unit when there are many."""

    line: PaperLine
    is_kind_read: bool
    places: Sequence[Citing]
    groups: Sequence[CitingUnit]
    total: int

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


def paper_list(*, actor: Actor, filters: PaperFilters) -> PaperList:
    """The papers that texts the actor may read cite, last cited first. Three queries at any size."""
    readable = PaperMention.objects.allowed(actor, access.READ)
    shown = readable
    if filters.kind:
        shown = shown.filter(paper__kind=filters.kind)
    if filters.words.strip():
        matching = readable.filter(_holding(filters.words))
        shown = shown.filter(paper__in=matching.values("paper"))
    first = (filters.page - 1) * PAGE
    return PaperList(
        rows=_lines(shown, first=first),
        total=shown.aggregate(papers=Count("paper", distinct=True))["papers"],
        kinds=list(readable.values_list("paper__kind", flat=True).order_by("paper__kind").distinct()),
    )


def _holding(words: str) -> Q:
    found = Q()
    for word in rules.sought(words)[:MAX_WORDS]:
        found &= Q(paper__folded__contains=word) | Q(folded__contains=word)
    return found


def _lines(mentions: PaperMentionQuerySet, *, first: int = 0) -> list[PaperLine]:
    columns = ("kind", "is_kind_read", "number", "symbol", "body", "day")
    rows = (
        mentions.values("paper_id", *(f"paper__{name}" for name in columns))
        .annotate(
            reports=Count("narrative__report", distinct=True),
            first_at=Min("narrative__received_at"),
            last_at=Max("narrative__received_at"),
            told_title=Max("title"),
            told_body=Max("body"),
        )
        .order_by("-last_at", "-reports", "paper__key")[first : first + PAGE]
    )
    return [
        PaperLine(
            id=row["paper_id"],
            name=rules.name_written(_identity(row)),
            day=row["paper__day"],
            is_dateless=bool(row["paper__number"]) and not row["paper__day"],
            issuer=row["told_body"] if row["paper__number"] else "",
            title=row["told_title"],
            reports=row["reports"],
            first_at=row["first_at"],
            last_at=row["last_at"],
        )
        for row in rows
    ]


def _identity(row: dict[str, object]) -> rules.Paper:
    kind, number, symbol, body = (str(row[f"paper__{name}"]) for name in ("kind", "number", "symbol", "body"))
    return rules.Paper(kind, number, symbol, body)


def paper_page(*, actor: Actor, paper_id: int, page: int = 1) -> PaperPage:
    """One paper and where it is cited. Raises NotFound when no text the actor may read cites it. Four queries."""
    paper = CitedPaper.objects.allowed(actor, access.READ).one(paper_id)
    mentions = PaperMention.objects.allowed(actor, access.READ).filter(paper=paper)
    first = (page - 1) * PAGE
    rows = (
        mentions.annotate(
            before=Substr("narrative__text", F("sentence_start") + 1, F("start") - F("sentence_start")),
            symbol=Substr("narrative__text", F("start") + 1, F("end") - F("start")),
            behind=Substr("narrative__text", F("end") + 1, F("sentence_end") - F("end")),
        )
        .select_related("narrative__report__unit", "narrative__report__form_version__form", "narrative__report__period")
        .defer("narrative__text", "narrative__reading", *(f"narrative__report__{name}" for name in _HEAVY))
        .order_by("-narrative__received_at", "narrative__report__unit__path", "narrative_id", "start")
    )
    places = [_citing(row) for row in rows[first : first + PAGE]]
    total = mentions.count()
    return PaperPage(
        line=_lines(mentions)[0],
        is_kind_read=paper.is_kind_read,
        places=places,
        groups=_by_unit(places) if len(places) > MANY else (),
        total=total,
    )


def _citing(row: PaperMention) -> Citing:
    report = row.narrative.report
    before, symbol, behind = (str(getattr(row, name)) for name in ("before", "symbol", "behind"))
    return Citing(
        unit=report.unit.label,
        form=report.form_version.form.label,
        period=report.period.label,
        received_at=row.narrative.received_at,
        href=_address(report.pk, row.narrative_id, before, symbol, behind),
        before=before,
        symbol=symbol,
        behind=behind,
    )


MANY = 12  # places from which on they are grouped by unit


def _by_unit(places: Sequence[Citing]) -> list[CitingUnit]:
    found: dict[str, list[Citing]] = {}
    for one in places:
        found.setdefault(one.unit, []).append(one)
    return [CitingUnit(unit, rows) for unit, rows in found.items()]


def _address(report: int, text: int, before: str, symbol: str, behind: str) -> str:
    """The page of the text, opened at the words themselves (a text fragment, with what stands around them)."""
    prefix, suffix = " ".join(before[-_CONTEXT:].split()[1:]), " ".join(behind[:_CONTEXT].split()[:-1])
    place = _part(" ".join(symbol.split()))
    place = f"{_part(prefix)}-,{place}" if prefix else place
    place = f"{place},-{_part(suffix)}" if suffix else place
    return f"{reverse('narratives:show', args=[report])}?text={text}#:~:text={place}"


def _part(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
