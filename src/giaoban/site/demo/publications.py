"""What was published, read out of texts: each figure that speaks of a measure is noted with its sentence.

The project's own short texts are always read; a folder of articles is read too when there is one. Nothing is known
of a text beforehand: the reader finds the figure, its noun decides which measure, its day decides which round.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from pathlib import Path

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups import services as rollups
from giaoban.apps.rollups.models import Measure
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.core.reading import FieldTerm, Reading, read
from giaoban.core.reading.facts import Figure, PeriodFact
from giaoban.core.reading.proposals import Proposal, propose
from giaoban.files import text_in

ARTICLES = "../shared/seeds"  # beside the project; GIAOBAN_ARTICLES names another folder
LEAST = 50  # a weaker likeness of noun and measure is not noted


@dataclass(frozen=True)
class Match:
    """A figure of a text, the measure it speaks of and the round it belongs to."""

    measure: Measure
    round: Round
    proposal: Proposal
    figure: Figure


def note_all(*, actor: Actor, top: Unit, at: datetime) -> int:
    """Read every text at hand and note what it says about the measures; returns how many figures were noted."""
    measures = list(Measure.objects.select_related("form", "scope"))
    rounds = list(Round.objects.select_related("period", "form_version"))
    noted = 0
    for name, text in texts():
        reading = read(text=text)
        for match in matches(reading, measures, rounds):
            _note(reading, match, name=name, actor=actor, top=top, at=at)
            noted += 1
    return noted


def texts() -> Iterator[tuple[str, str]]:
    """(name, text) of our own texts, then of the articles when their folder is there."""
    for own in sorted(resources.files("giaoban.site.demo").joinpath("data/texts").iterdir(), key=lambda one: one.name):
        yield own.name, own.read_text(encoding="utf-8")
    folder = Path(os.environ.get("GIAOBAN_ARTICLES", ARTICLES))
    for article in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
        yield article.name, text_in.decode(data=article.read_bytes(), name=article.name)


def matches(reading: Reading, measures: Sequence[Measure], rounds: Sequence[Round]) -> list[Match]:
    """The best pairs of figure and measure, each figure and each measure at most once."""
    terms = [FieldTerm(code=one.code, label=one.noun, aliases=(one.name,), part="num") for one in measures]
    by_code = {one.code: one for one in measures}
    figures = {fact.start: fact for fact in reading.facts if isinstance(fact, Figure)}
    found: list[Match] = []
    taken: set[object] = set()
    offers = propose(reading=reading, fields=terms, as_of=None, period=None)
    for offer in sorted(offers, key=lambda one: (-one.score, one.fact_start)):
        measure, figure = by_code[offer.field_code], figures[offer.fact_start]
        round_ = _round_of(measure, figure.as_of or _last_day(reading), rounds)
        if offer.score < LEAST or round_ is None or {measure.code, offer.fact_start} & taken:
            continue
        taken |= {measure.code, offer.fact_start}
        found.append(Match(measure, round_, offer, figure))
    return found


def _last_day(reading: Reading) -> date | None:
    """The last day of the period a text reports on, when it names one."""
    for fact in reading.facts:
        if isinstance(fact, PeriodFact) and fact.role == "reporting" and isinstance(fact.end_date, date):
            return fact.end_date
    return None


def _round_of(measure: Measure, day: date | None, rounds: Sequence[Round]) -> Round | None:
    for one in rounds:
        if day is not None and one.form_version.form_id == measure.form_id and one.is_on(day):
            return one
    return None


def _note(reading: Reading, match: Match, *, name: str, actor: Actor, top: Unit, at: datetime) -> None:
    offer = match.proposal
    rollups.note_publication(
        actor=actor,
        measure=match.measure,
        round_=match.round,
        unit=match.measure.scope or top,
        part=offer.value,
        whole=match.figure.den,
        source=(reading.header.title or name)[:300],
        published_day=reading.header.published,
        as_of=match.figure.as_of,
        quote=offer.quote,
        sentence=reading.text[offer.sentence_start : offer.sentence_end],
        start=offer.fact_start - offer.sentence_start,
        end=offer.fact_end - offer.sentence_start,
        at=at,
    )
