"""Tables in a text: lines whose cells are parted by tabs. A figure alone in a cell takes its words from around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from giaoban.core.reading.page import Page


@dataclass(frozen=True)
class Row:
    """The cells of a line, where they start, the heads of its columns, and its first words."""

    cells: tuple[str, ...]
    starts: tuple[int, ...]
    heads: tuple[str, ...]
    label: str | None

    def counts_from(self, before: Row | None) -> bool:
        """Whether its first cell only numbers the rows: 1 under the heads, else one more than above."""
        first = self.cells[0].strip(". ")
        if not first.isdecimal() or len(self.cells) < 2 or not any(c.isalpha() for c in self.cells[1]):
            return False
        above = before.cells[0].strip(". ") if before else ""
        return int(first) == (int(above) + 1 if above.isdecimal() and len(above) < 9 else 1)

    def head(self, place: int) -> str | None:
        """The head of the column a place of the text stands in."""
        column = bisect_right(self.starts, place) - 1
        return self.heads[column] or None if column < len(self.heads) else None


def rows(page: Page) -> dict[int, Row]:
    """Every table row by the number of its line. Heads are the nearest row above without a number of its own."""
    found: dict[int, Row] = {}
    heads: tuple[str, ...] = ()
    for index, (start, end) in enumerate(page.lines):
        line = page.text[start:end]
        if "\t" not in line:
            heads = ()
            continue
        pieces = line.split("\t")
        starts = [start]
        for piece in pieces[:-1]:
            starts.append(starts[-1] + len(piece) + 1)
        cells = tuple(piece.strip() for piece in pieces)
        label = next((cell for cell in cells if any(c.isalpha() for c in cell)), None)
        found[index] = Row(cells=cells, starts=tuple(starts), heads=heads, label=label)
        if not any(cell and not any(c.isalpha() for c in cell) for cell in cells[1:]) and not cells[0].isdigit():
            heads = cells
    return found


_DUE = re.compile(
    r"(?:thời hạn|hạn (?:hoàn thành|báo cáo|nộp|xong)|thời gian (?:hoàn thành|thực hiện)|hoàn thành trước)"
)
_TO_DO = re.compile(r"(?:nội dung|công việc|nhiệm vụ|việc|đầu việc)")


def is_due(head: str | None) -> bool:
    """Whether a column says until when."""
    return head is not None and _DUE.match(head.lower()) is not None


def is_assignment(heads: tuple[str, ...]) -> bool:
    """Whether a table says what is to be done until when."""
    return any(is_due(head) for head in heads) and any(_TO_DO.search(head.lower()) for head in heads)
