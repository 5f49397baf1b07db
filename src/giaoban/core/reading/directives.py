"""Enumerated items and their roles, and the sentences that direct without a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from giaoban.core.reading import cues, leadins
from giaoban.core.reading.blocks import BOILERPLATE, Block
from giaoban.core.reading.facts import LIKELY, SURE, Deadline, Directive, Task
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Marker, Token

_HEADING_LENGTH = 120


@dataclass
class _Walk:
    """What is known while walking down the markers of a document."""

    style: str | None = None
    ordinal: int | None = None
    role: str | None = None
    end: int = 0
    heading_role: str | None = None


def directives(
    *,
    page: Page,
    rows: Sequence[Block],
    tokens: Sequence[Token],
    deadlines: Sequence[Deadline],
    given: Sequence[Task] = (),
) -> list[Directive]:
    """Every item and every directing sentence, in order, with the first deadline inside it.

    A sentence that only states how much was `given` to do is none.
    """
    markers = [
        token
        for token in tokens
        if isinstance(token, Marker) and rows[page.line_index(token.start)].role != BOILERPLATE
    ]
    found = _items(page, markers)
    taken = [(item.start, item.end) for item in found]
    told = {page.sentence(task.start)[0] for task in given if task.count is not None}
    for start, end, role in cues.cue_sentences(page=page, rows=rows, taken=taken):
        if start in told:
            continue
        found.append(Directive(start=start, end=end, quote=page.quote(start, end), role=role, confidence=LIKELY))
    found.sort(key=lambda item: item.start)
    return _with_deadlines(found, deadlines)


def _items(page: Page, markers: Sequence[Marker]) -> list[Directive]:
    found: list[Directive] = []
    walk = _Walk()
    for index, marker in enumerate(markers):
        following = markers[index + 1] if index + 1 < len(markers) else None
        before = found[-1] if found and not marker.line and found[-1].style == marker.style else None
        one_each = before is not None and page.sentence(before.end - 1)[0] <= before.start + 8
        end = _item_end(page, marker, following, one_each=one_each)
        if _is_heading(page, marker, end, following):
            walk = _Walk(heading_role=leadins.role_of(page.low[marker.end : end], heading=True) or _kept(walk, marker))
            continue
        role, warn = _continue(page, walk, marker)
        walk.style, walk.ordinal, walk.role, walk.end = marker.style, marker.ordinal, role, end
        if role is None or (marker.style == "dash" and role == leadins.RESULT):
            continue
        found.append(
            Directive(
                start=marker.start,
                end=end,
                quote=page.quote(marker.start, end),
                confidence=SURE if marker.style in ("la", "thu") else LIKELY,
                ordinal=marker.ordinal,
                style=marker.style,
                role=role,
                warn=warn,
            )
        )
    return found


def _kept(walk: _Walk, marker: Marker) -> str | None:
    """A numbered heading inside a part keeps the role of that part."""
    return None if marker.style == "roman" else walk.heading_role


def _item_end(page: Page, marker: Marker, following: Marker | None, *, one_each: bool) -> int:
    """An item ends with its paragraph or where the next item begins.

    The last of several items in brackets ends with its sentence when those before it were of `one_each`.
    """
    end = page.line(marker.start)[1]
    if following is not None and following.start < end:
        end = following.start
    elif marker.style == "paren" and one_each:
        end = min(end, page.sentence(marker.end)[1])
    text = page.view[marker.start : end]
    return marker.start + len(text.rstrip())


def _is_heading(page: Page, marker: Marker, end: int, following: Marker | None) -> bool:
    """A short line without a full stop that other paragraphs follow is the head of a part, not an item."""
    if marker.style == "roman":
        return True
    if not marker.line or marker.style not in ("num", "letter"):
        return False
    text = page.view[marker.end : end]
    if len(text) > _HEADING_LENGTH or text[-1:] in ".;!…":
        return False
    if marker.depth > 1 and marker.style == "num":
        return True
    if text.isupper() or text.endswith(":"):
        return True
    next_line = page.line_index(marker.start) + 1
    while next_line < len(page.lines) and not page.view[slice(*page.lines[next_line])].strip():
        next_line += 1
    if next_line >= len(page.lines):
        return False
    if _opens_below(page, next_line, marker):
        return True
    sibling = (
        following is not None and page.line_index(following.start) == next_line and following.style == marker.style
    )
    return not sibling and page.lines[next_line][1] - page.lines[next_line][0] > len(text)


def _opens_below(page: Page, line: int, marker: Marker) -> bool:
    """Whether a line is a table's, or opens an item of a lower rank."""
    text = page.low[slice(*page.lines[line])].strip()
    if "\t" in text:
        return True
    return bool(re.match(r"[a-zđ]\) |[-+*•] ?[^\W\d]|[0-9]{1,2}\.[0-9]", text)) and marker.style == "num"


def _continue(page: Page, walk: _Walk, marker: Marker) -> tuple[str | None, str | None]:
    """The role of an item, from its predecessor or its lead-in, and a warning when a number is missing."""
    goes_on = walk.style == marker.style and marker.start - walk.end <= 2_000
    if goes_on and marker.ordinal is not None and walk.ordinal is not None and marker.ordinal > max(1, walk.ordinal):
        return walk.role, "gap" if marker.ordinal > walk.ordinal + 1 else None
    if goes_on and marker.ordinal is None and not page.view[walk.end : marker.start].strip():
        return walk.role, None
    role = _led_in(page, marker)
    if role is None:
        role = walk.heading_role
    if role is None and marker.style in ("la", "thu"):
        role = leadins.DIRECTIVE
    if role is None and marker.style == "paren" and marker.ordinal == 1:
        role = leadins.RESULT
    return role, None


def _led_in(page: Page, marker: Marker) -> str | None:
    """Read the sentence before an item; a sentence that does not lead in says nothing about it."""
    index = page.sentence_index(marker.start)
    start, _ = page.sentences[index]
    if start < marker.start:
        lead, before = (start, marker.start), index - 1
    else:
        lead, before = page.sentences[index - 1] if index else (0, 0), index - 2
    text = page.low[max(lead[0], lead[1] - 600) : lead[1]].strip()
    previous = page.low[slice(*page.sentences[before])][-600:] if before >= 0 else ""
    if not text or marker.start - lead[1] > 60:
        return None
    if not text.endswith(":") and marker.style in ("dash", "letter"):
        return None
    heading = text.rstrip(":").isupper() or (len(text) <= 90 and page.view[lead[0] : lead[1]].isupper())
    return leadins.role_of(text, before=previous, heading=heading)


def _with_deadlines(found: list[Directive], deadlines: Sequence[Deadline]) -> list[Directive]:
    joined = []
    cursor = 0
    for item in found:
        while cursor < len(deadlines) and deadlines[cursor].start < item.start:
            cursor += 1
        due = deadlines[cursor] if cursor < len(deadlines) and deadlines[cursor].start < item.end else None
        joined.append(replace(item, deadline=due.iso) if due and due.iso else item)
    return joined
