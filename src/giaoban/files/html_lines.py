"""A tree of elements into lines as they would stand on the page; walked without recursion."""

from __future__ import annotations

import re

from lxml import etree

# Names of HTML and, for what trafilatura gives back, of TEI.
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "item",
     "li", "list", "main", "nav", "ol", "option", "p", "pre", "quote", "row", "section", "table", "tbody", "tfoot",
     "thead", "tr", "ul"}
)  # fmt: skip
_CELLS = frozenset({"td", "th", "cell"})
_ROWS = frozenset({"tr", "row"})
_ITEMS = frozenset({"li", "item"})
_BREAKS = frozenset({"br", "lb"})
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "object", "iframe", "textarea", "select", "title", "math"}
)
_AS_WRITTEN = frozenset({"pre", "code"})
_MARKED = re.compile(r"[-+*•–—(\[]|[0-9]{1,3}[.)/]|[a-zđ][.)]|[IVX]{1,4}\.|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám) là|Thứ ")


def lines(root: etree._Element) -> list[str]:
    """The lines of what an element holds, empty ones left out.

    Cells of a row are parted by tabs; items of a list bear their number, or a hyphen unless the text has a mark.
    """
    page = _Page()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _UNSEEN or not tag:
                walk.skip_subtree()
                page.unseen += 1
                continue
            page.enter(tag, element)
        else:
            if page.unseen and (tag in _UNSEEN or not tag):
                page.unseen -= 1
            else:
                page.leave(tag)
            if element is not root and element.tail:
                page.write(element.tail)
    page.end_line()
    return page.lines


class _Page:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.unseen = 0
        self._pieces: list[str] = []
        self._mark = ""
        self._as_written = 0
        self._in_row = 0
        self._numbers: list[int | None] = []  # per open list: the next number, None for one with bullets

    def enter(self, tag: str, element: etree._Element) -> None:
        """An element begins."""
        self._as_written += tag in _AS_WRITTEN
        if tag in _ROWS:
            self.end_line()
            self._in_row += 1
        elif tag in _BLOCKS or tag in _BREAKS:
            self.end_line()
        if tag in ("ul", "ol", "list"):
            self._numbers.append(1 if tag == "ol" or element.get("rend") == "ol" else None)
        elif tag in _ITEMS and not self._in_row:
            self._mark = "-"
            if self._numbers and (number := self._numbers[-1]) is not None:
                self._mark, self._numbers[-1] = f"{number}.", number + 1
        if element.text:
            self.write(element.text)

    def leave(self, tag: str) -> None:
        """An element ends."""
        self._as_written -= tag in _AS_WRITTEN
        if tag in _CELLS:
            self._pieces.append("\t")
        elif tag in _ROWS:
            self._in_row -= 1
            self.end_line()
        elif tag in _BLOCKS:
            self.end_line()
        if tag in ("ul", "ol", "list") and self._numbers:
            self._numbers.pop()
        if tag in _ITEMS:
            self._mark = ""

    def write(self, text: str) -> None:
        """Letters; their own line breaks are blanks unless the page says otherwise."""
        if self._as_written and not self._in_row and "\n" in text:
            first, *rest = text.split("\n")
            self._pieces.append(first)
            for line in rest:
                self.end_line()
                self._pieces.append(line)
        else:
            self._pieces.append(text if self._as_written and not self._in_row else text.replace("\t", " "))

    def end_line(self) -> None:
        """Close the line, unless a row of a table is open: then only a blank parts the words."""
        if self._in_row:
            self._pieces.append(" ")
            return
        cells = "".join(self._pieces).split("\t")
        self._pieces.clear()
        line = "\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t")
        if not line.strip():
            return
        if self._mark and not _MARKED.match(line):
            line = f"{self._mark} {line}"
        self._mark = ""
        self.lines.append(line)
