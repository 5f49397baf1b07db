"""Enumerated items and their roles, and the sentences that direct without a number.

A document is walked down by its headings and items. A heading gives its part a role («Nhiệm vụ quý IV» plans), an item
takes its role from the item before it, the sentence that leads in, or the part it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from giaoban.core.reading import cues, leadins, outline, tables
from giaoban.core.reading.blocks import BOILERPLATE, Block
from giaoban.core.reading.facts import LIKELY, SURE, Deadline, Directive, Task
from giaoban.core.reading.outline import Unit
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Marker, Token

WORK = (leadins.DIRECTIVE, leadins.PLAN)  # what is still to be done
_TOLD_BY_NUMBER = ("la", "thu", "paren")  # results are told apart only so


@dataclass
class _Last:
    """The last unit of a style: its number, its role, its end."""

    ordinal: int | None
    role: str | None
    end: int

    @property
    def ordinal_after(self) -> int:
        return (self.ordinal or 0) + 1

    def counts_on_to(self, unit: Unit) -> bool:
        """Whether a unit goes on with the numbering; a first one begins anew."""
        return unit.ordinal is not None and self.ordinal is not None and unit.ordinal > max(1, self.ordinal)


@dataclass
class _Walk:
    """What is known while walking down a document. `parts`: rank and role of the headings above."""

    is_addressed: bool = False  # a letter to those below: what it plans it asks of them
    parts: list[tuple[int, str | None]] = field(default_factory=list)
    last: dict[tuple[str, int], _Last] = field(default_factory=dict)

    @property
    def role(self) -> str | None:
        role = next((role for _, role in reversed(self.parts) if role is not None), None)
        return leadins.DIRECTIVE if role == leadins.PLAN and self.is_addressed else role

    def enter(self, rank: int, role: str | None) -> None:
        while self.parts and self.parts[-1][0] >= rank:
            self.parts.pop()
        self.parts.append((rank, role))
        self.last = {key: last for key, last in self.last.items() if outline.RANKS.get(key[0], 9) + key[1] <= rank}


def directives(
    *,
    page: Page,
    rows: Sequence[Block],
    tokens: Sequence[Token],
    given: Sequence[Task] = (),
) -> list[Directive]:
    """Every item and every directing sentence, in order; `with_deadlines` says until when.

    A sentence that only states how much was `given` to do is none.
    """
    markers = [
        token
        for token in tokens
        if isinstance(token, Marker) and rows[page.line_index(token.start)].role != BOILERPLATE
    ]
    units = outline.units(page, rows, markers)
    found, parts = _items(page, units, _Walk(is_addressed=outline.is_addressed_below(page)))
    found.extend(_rows(page))
    taken = [(item.start, item.end) for item in found] + [(unit.start, unit.end) for unit in units if unit.is_heading]
    told = {page.sentence(task.start)[0] for task in given if task.count is not None}
    for start, end, role in cues.cue_sentences(page=page, rows=rows, taken=taken, parts=parts):
        if start not in told:
            found.append(Directive(start=start, end=end, quote=page.quote(start, end), role=role, confidence=LIKELY))
    return sorted(found, key=lambda item: item.start)


def _items(page: Page, units: Sequence[Unit], walk: _Walk) -> tuple[list[Directive], list[tuple[int, str | None]]]:
    """The items, and from which place on which role holds for plain sentences."""
    found: list[Directive] = []
    parts: list[tuple[int, str | None]] = []
    for unit in units:
        if unit.is_heading:
            walk.enter(unit.rank, _part_role(page, walk, unit))
            parts.append((unit.end, walk.role))
            continue
        role, warn = _role(page, walk, unit)
        walk.last[unit.style, unit.depth] = _Last(unit.ordinal, role, unit.end)
        if role in (None, leadins.NOTHING) or (role == leadins.RESULT and unit.style not in _TOLD_BY_NUMBER):
            continue
        found.append(
            Directive(
                start=unit.start,
                end=unit.end,
                quote=page.quote(unit.start, unit.end),
                confidence=SURE if unit.style in ("la", "thu") else LIKELY,
                ordinal=unit.ordinal,
                style=unit.style,
                role=role,
                warn=warn,
            )
        )
    return found, parts


def _part_role(page: Page, walk: _Walk, unit: Unit) -> str | None:
    """What the items of a part are: by its heading, by what leads in to it, or as in the part before it."""
    own = leadins.role_of(page.low[unit.text : unit.end], heading=True)
    led = _led_in(page, unit)
    before = walk.last.get((unit.style, unit.depth))
    base = led or (before.role if before is not None and before.counts_on_to(unit) else None)
    walk.last[unit.style, unit.depth] = _Last(unit.ordinal, base, unit.end)
    if own is None and base is None and unit.rank == 0:
        own = leadins.UNTOLD
    return own or base


def _role(page: Page, walk: _Walk, unit: Unit) -> tuple[str | None, str | None]:
    """The role of an item, and a warning when a number is missing."""
    text = page.low[unit.text : unit.end]
    if leadins.asks(text) and walk.role != leadins.NOTHING:
        return leadins.DIRECTIVE, None
    if unit.style == "article":
        return (leadins.DIRECTIVE if leadins.binds(text) else None), None
    if walk.is_addressed and unit.style == "dash" and page.words.imperatives.at(text.lstrip(), 0):
        return leadins.DIRECTIVE, None
    last = walk.last.get((unit.style, unit.depth))
    if last is not None and unit.start - last.end <= 2_000:
        if last.counts_on_to(unit):
            return last.role or _of_part(walk, unit), None if last.ordinal_after == unit.ordinal else "gap"
        if unit.ordinal is None and not page.view[last.end : unit.start].strip():
            return last.role, None
    return _led_in(page, unit) or _of_part(walk, unit), None


def _of_part(walk: _Walk, unit: Unit) -> str | None:
    role = walk.role
    if role == leadins.UNTOLD:
        role = None
    if role is None and unit.style in ("la", "thu"):
        role = leadins.DIRECTIVE
    if role is None and unit.style == "paren" and unit.ordinal == 1:
        role = leadins.RESULT
    return role


def _led_in(page: Page, unit: Unit) -> str | None:
    """Read the sentence before an item; a sentence that does not lead in says nothing about it."""
    index = page.sentence_index(unit.start)
    start, _ = page.sentences[index]
    if page.view[start : unit.start].strip(" \t-+*•"):
        lead, before = (start, unit.start), index - 1
    else:
        lead, before = page.sentences[index - 1] if index else (0, 0), index - 2
    text = page.low[max(lead[0], lead[1] - 600) : lead[1]].strip()
    previous = page.low[slice(*page.sentences[before])][-600:] if before >= 0 else ""
    if not text or unit.start - lead[1] > 60:
        return None
    if not text.endswith(":") and (unit.style in ("dash", "letter", "step", "article") or unit.is_heading):
        return None
    shouted = page.view[lead[0] : lead[1]]
    heading = text.rstrip(":").isupper() or (len(text) <= 90 and shouted.isupper())
    return leadins.role_of(text, before=previous, heading=heading)


def _rows(page: Page) -> list[Directive]:
    """Rows of a table of work: what is to be done, by whom, until when."""
    found = []
    for index, row in tables.rows(page).items():
        if not row.heads or not tables.is_assignment(row.heads) or row.cells == row.heads:
            continue
        start, end = page.lines[index]
        first = row.cells[0].strip(". ")
        end = start + len(page.view[start:end].rstrip())
        found.append(
            Directive(
                start=start,
                end=end,
                quote=page.quote(start, end),
                confidence=LIKELY,
                ordinal=int(first) if first.isdecimal() and len(first) < 4 else None,
                style="row",
                role=leadins.PLAN,
            )
        )
    return found


def with_deadlines(found: Sequence[Directive], deadlines: Sequence[Deadline]) -> list[Directive]:
    """The items, each with the first deadline inside it; both in the order of the text."""
    joined = []
    cursor = 0
    for item in found:
        while cursor < len(deadlines) and deadlines[cursor].start < item.start:
            cursor += 1
        due = deadlines[cursor] if cursor < len(deadlines) and deadlines[cursor].start < item.end else None
        joined.append(replace(item, deadline=due.iso) if due and due.iso else item)
    return joined
