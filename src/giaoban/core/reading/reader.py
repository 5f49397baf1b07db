"""Prose in, facts with evidence out: the one door of the reader."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.reading import directives as directing
from giaoban.core.reading import figures as counting
from giaoban.core.reading.assignments import tasks
from giaoban.core.reading.blocks import Block, blocks, furniture
from giaoban.core.reading.calendar import Calendar, Reference, reference
from giaoban.core.reading.citations import citations
from giaoban.core.reading.dues import due_before_events, due_days, due_within_work
from giaoban.core.reading.events import events
from giaoban.core.reading.facts import AsOf, Deadline, Fact
from giaoban.core.reading.header import Header, dateline_day, header
from giaoban.core.reading.islands import scan
from giaoban.core.reading.lexicon import DEFAULT, Lexicon, Words
from giaoban.core.reading.links import link
from giaoban.core.reading.naming import naming
from giaoban.core.reading.page import Page, lay_out
from giaoban.core.reading.registry import table
from giaoban.core.reading.timing import timing
from giaoban.core.reading.tokens import Token
from giaoban.core.text_vi import legacy


@dataclass(frozen=True)
class Reading:
    """What one document says.

    `text` is the canonical text that every span indexes; `source_offsets` leads from it to the text as given, after
    old encodings have become Unicode (None: the same places); `attempts` is how many patterns were tried, the measure
    of the work done.
    """

    header: Header
    reference: Reference
    text: str
    facts: tuple[Fact, ...]
    boilerplate: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    lexicon: Lexicon
    source_offsets: tuple[int, ...] | None
    attempts: int

    def sentence(self, place: int) -> tuple[int, int]:
        """The span of the sentence a place of the text belongs to."""
        index = bisect_right(self.sentences, (place, len(self.text) + 1)) - 1
        return self.sentences[index] if index >= 0 else (0, len(self.text))

    def as_json(self) -> dict[str, object]:
        """The reading as the contract writes it; the caller adds the name of the file to `document`."""
        day, published = self.reference.day, self.header.published
        return {
            "document": {
                "title": self.header.title,
                "published": published.isoformat() if published else None,
                "reference_day": day.isoformat() if day else None,
                "reference_basis": self.reference.basis,
                "issuer": self.header.issuer,
                "genre": self.header.genre,
            },
            "text": self.text,
            "facts": [fact.as_json() for fact in self.facts],
            "boilerplate": [list(span) for span in self.boilerplate],
        }


def read(*, text: str, reference_day: date | None = None, lexicon: Lexicon = DEFAULT) -> Reading:
    """Read a report into facts.

    Any string is accepted, in Unicode, TCVN3, VNI or VIQR. `reference_day` serves a text without a dateline; today is
    never consulted. Entries of the lexicon that are meant for certain days only are used when the document's day is
    one of them.
    """
    text = legacy.modern(text)
    words = lexicon.words()
    found = _read(text, reference_day, lexicon, words)
    meant = lexicon.words(found.reference.day)
    return found if meant is words else _read(text, reference_day, lexicon, meant)


def _read(text: str, reference_day: date | None, lexicon: Lexicon, words: Words) -> Reading:
    page = lay_out(text, words)
    rows = blocks(page)
    spans = furniture(page, rows)
    tried = scan(page=page, table=table(words))
    tokens = _outside(tried.tokens, spans)
    dateline = dateline_day(page=page, rows=rows, tokens=tokens)
    placed = reference(tokens=tokens, dateline=dateline, given=reference_day, due=due_days(page, tokens))
    head = header(page=page, rows=rows, dateline=dateline, reference=placed)
    return Reading(
        header=head,
        reference=placed,
        text=page.text,
        facts=_facts(page, rows, tokens, placed),
        boilerplate=spans,
        sentences=page.sentences,
        lexicon=lexicon,
        source_offsets=page.source_offsets,
        attempts=tried.attempts,
    )


def _facts(page: Page, rows: Sequence[Block], tokens: Sequence[Token], placed: Reference) -> tuple[Fact, ...]:
    calendar = Calendar(reference=placed)
    times = timing(page=page, tokens=tokens, calendar=calendar)
    as_of = [fact for fact in times if isinstance(fact, AsOf)]
    deadlines = [fact for fact in times if isinstance(fact, Deadline)]
    figures = link(page=page, found=counting.figures(page=page, tokens=tokens), as_of=as_of)
    given = tasks(page=page, figures=figures)
    orders = directing.directives(page=page, rows=rows, tokens=tokens, given=given)
    work = [(order.start, order.end) for order in orders if order.role in directing.WORK]
    deadlines += due_within_work(page=page, times=times, work=work, calendar=calendar)
    deadlines += due_before_events(page=page, work=work)
    found: list[Fact] = [
        *(fact for fact in times if not isinstance(fact, Deadline)),
        *deadlines,
        *figures,
        *given,
        *events(page=page, rows=rows, times=times, figures=figures, today=placed.day),
        *citations(page=page, tokens=tokens),
        *directing.with_deadlines(orders, sorted(deadlines, key=lambda due: due.start)),
        *naming(page=page, rows=rows),
    ]
    return tuple(sorted(found, key=lambda fact: (fact.start, -fact.end, fact.kind)))


def _outside(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> tuple[Token, ...]:
    """The tokens that do not stand in the furniture of a web page."""
    kept = []
    cursor = 0
    for token in tokens:
        while cursor < len(spans) and spans[cursor][1] <= token.start:
            cursor += 1
        if cursor >= len(spans) or token.start < spans[cursor][0]:
            kept.append(token)
    return tuple(kept)
