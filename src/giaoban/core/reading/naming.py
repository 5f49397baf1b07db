"""Whom and what a text names: its speaker, its persons, its authors, the distinctions in it."""

from __future__ import annotations

from collections.abc import Sequence

from giaoban.core.reading.awards import awards
from giaoban.core.reading.blocks import BOILERPLATE, Block
from giaoban.core.reading.bylines import bylines
from giaoban.core.reading.facts import Fact
from giaoban.core.reading.issuers import issuers
from giaoban.core.reading.page import Page
from giaoban.core.reading.persons import persons


def naming(*, page: Page, rows: Sequence[Block]) -> list[Fact]:
    """All facts of these kinds that stand in the document itself and not in the furniture of its page."""
    written = bylines(page=page, rows=rows)
    named = persons(page=page, rows=rows, apart=[(fact.start, fact.end) for fact in written])
    found: list[Fact] = [*issuers(page=page, rows=rows), *named, *written, *awards(page=page, rows=rows)]
    return [fact for fact in found if rows[page.line_index(fact.start)].role != BOILERPLATE]
