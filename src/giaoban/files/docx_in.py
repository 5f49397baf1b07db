"""Bytes of a Word document into its paragraphs, tables included, in the order of the page.

The text is what a reader of the finished document sees: insertions stand, deletions are gone, moved text stands once at
its new place, hidden text and field codes are left out. Headers and footers are furniture of the page and left out too.
Footnotes and endnotes come after everything else, in the order of their marks: between two paragraphs they would part
an announcement from its list. python-docx is not used to read: its objects cost ten times what walking the XML does.
"""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.core.text_vi import legacy
from giaoban.files.docx_package import (
    DamagedDocx,
    DocumentTooLarge,
    ForeignDocx,
    NotDocx,
    Package,
    SwollenDocx,
    unpack,
)
from giaoban.files.docx_styles import (
    NAMESPACES,
    Element,
    Lists,
    Styles,
    child,
    children,
    drawn_by,
    place_in_list,
    value,
)
from giaoban.files.docx_symbols import symbol, unshifted

__all__ = ["DamagedDocx", "DocumentTooLarge", "ForeignDocx", "NotDocx", "SwollenDocx", "paragraphs", "weigh"]

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_NAMES = {f"{{{space}}}{name}": name for space in NAMESPACES for name in (
    "p", "tbl", "tr", "tc", "r", "t", "tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "hyperlink",
    "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo", "footnoteReference",
    "endnoteReference", "drawing", "pict", "object", "txbxContent", "rPr", "pPr", "ruby", "rubyBase",
)} | {
    f"{{{_COMPATIBILITY}}}AlternateContent": "AlternateContent",
    f"{{{_MATHS}}}oMath": "oMath",
    f"{{{_MATHS}}}oMathPara": "oMath",
    f"{{{_MATHS}}}t": "maths",
}  # fmt: skip
_WRAPPERS = frozenset(  # what only stands around its content
    {"ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo", "hyperlink", "ruby",
     "rubyBase"}
)  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

Piece = tuple[str, str | None]  # letters, and the old encoding that draws them


def paragraphs(*, data: bytes, name: str) -> tuple[str, ...]:
    """The paragraphs of a document in order; a table row is one paragraph, its cells parted by tabs.

    Raises DocumentTooLarge, NotDocx, DamagedDocx, SwollenDocx or ForeignDocx; each names the file.
    """
    return tuple(_Document(unpack(data=data, name=name)).lines())


def weigh(*, data: bytes, name: str) -> None:
    """Refuse an archive that is none, that would swell, or whose XML is not plain; nothing is built."""
    unpack(data=data, name=name)


class _Document:
    """One walk through a document; lists are counted and notes are gathered on the way."""

    def __init__(self, package: Package) -> None:
        self._name = package.name
        main = package.main()
        beside = package.beside(main)
        styles = beside.get("styles", "")
        texts = [package.parts.get(part, b"") for part in (main, styles, beside.get("footnotes", ""))]
        self._has_old_fonts = any(b".vn" in low or b"vni" in low for low in map(bytes.lower, texts))
        has_lists = "numbering" in beside and any(b"numPr" in text for text in texts)
        self._styles = Styles(package.tree(styles) if self._has_old_fonts or has_lists else None)
        self._lists = Lists(package.tree(beside["numbering"])) if has_lists else None
        root = package.tree(main)
        body = child(root, "body")
        if body is None:
            raise NotDocx(name=package.name)
        self._body = body
        self._package, self._beside = package, beside
        self._noted: dict[tuple[str, str], None] = {}  # (kind, id) in the order of their marks
        self._boxes: list[Element] = []

    def lines(self) -> Iterator[str]:
        """The lines of the body, then of the notes."""
        yield from self._blocks(self._body)
        for kind in ("footnote", "endnote"):
            if any(noted == kind for noted, _ in self._noted):
                yield from self._notes(kind)

    def _notes(self, kind: str) -> Iterator[str]:
        root = self._package.tree(self._beside.get(f"{kind}s", ""))
        notes = {value(note, "id"): note for note in children(root, kind)}
        for noted, identity in list(self._noted):
            note = notes.get(identity) if noted == kind else None
            if note is not None:
                yield from (line for line in self._blocks(note) if line.strip())

    def _blocks(self, parent: Element) -> Iterator[str]:
        """Paragraphs and tables; a paragraph whose mark is deleted runs on into the next."""
        carried = ""
        for block in self._unwrapped(parent):
            if _NAMES[block.tag] == "p":
                text = carried + self._paragraph(block)
                carried = ""
                if _is_mark_gone(block):
                    carried = text
                else:
                    yield text
            else:
                yield from self._table(block)
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                yield from self._blocks(box)
        if carried:
            yield carried

    def _unwrapped(self, parent: Element, *wanted: str) -> Iterator[Element]:
        """The children of the wanted names (paragraphs and tables), through whatever stands around them."""
        wanted = wanted or ("p", "tbl")
        for element in parent:
            name = _NAMES.get(element.tag)
            if name in wanted:
                yield element
            elif name in _WRAPPERS:
                yield from self._unwrapped(element, *wanted)
            elif name == "AlternateContent":
                chosen = _chosen(element)
                if chosen is not None:
                    yield from self._unwrapped(chosen, *wanted)

    def _table(self, table: Element) -> Iterator[str]:
        rows = [
            list(self._unwrapped(row, "tc"))
            for row in self._unwrapped(table, "tr")
            if child(row, "trPr", "del") is None
        ]
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame around a part of the page
            yield from self._blocks(rows[0][0])
            return
        for row in rows:
            cells: list[str] = []
            inner: list[str] = []
            for cell in row:
                cells.append(" ".join(self._cell(cell, inner)))
            yield "\t".join(cells)
            yield from inner

    def _cell(self, cell: Element, inner: list[str]) -> Iterator[str]:
        """The words of a cell; the rows of a table inside it are put into `inner` and follow its row."""
        for block in self._unwrapped(cell):
            if _NAMES[block.tag] == "p":
                yield from self._paragraph(block, is_in_cell=True).split()
            else:
                inner.extend(self._table(block))
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            inner.extend(self._blocks(box))

    def _paragraph(self, paragraph: Element, *, is_in_cell: bool = False) -> str:
        properties = child(paragraph, "pPr")
        pieces: list[Piece] = []
        style = value(child(properties, "pStyle")) if self._has_old_fonts else None
        self._inline(paragraph, pieces, style)
        text = _joined(pieces)
        mark = ""
        if self._lists is not None and (text.strip() or not _is_mark_gone(paragraph)):  # what is deleted is not counted
            place = place_in_list(properties, styles=self._styles)
            mark = self._lists.mark(number=place[0], level=place[1]) if place else ""
        if mark and (text.strip() or is_in_cell):
            return f"{mark} {text}" if text else mark
        return text

    def _inline(self, parent: Element, pieces: list[Piece], style: str | None) -> None:
        for element in parent:
            name = _NAMES.get(element.tag)
            if name == "r":
                self._run(element, pieces, style)
            elif name in _WRAPPERS:
                self._inline(element, pieces, style)
            elif name == "oMath":
                pieces.extend((one.text or "", None) for one in element.iter(f"{{{_MATHS}}}t"))
            elif name == "AlternateContent":
                chosen = _chosen(element)
                if chosen is not None:
                    self._inline(chosen, pieces, style)

    def _run(self, run: Element, pieces: list[Piece], style: str | None) -> None:
        encoding = self._encoding(child(run, "rPr"), style) if self._has_old_fonts else None
        for element in run:
            name = _NAMES.get(element.tag)
            if name == "t":
                pieces.append((element.text or "", encoding))
            elif name == "rPr":
                if len(element) and _is_on(child(element, "vanish")):
                    return
            elif name in _SIGNS:
                pieces.append((_SIGNS[name], encoding))
            elif name is not None:
                self._odd(element, name, pieces, encoding, style)

    def _odd(self, element: Element, name: str, pieces: list[Piece], encoding: str | None, style: str | None) -> None:
        """What a run seldom holds."""
        match name:
            case "softHyphen":  # in the fonts of TCVN3 this is the letter ư
                pieces.append(("\u00ad" if encoding in (legacy.TCVN3, legacy.TCVN3_CAPITALS) else "", encoding))
            case "sym":
                font, code = value(element, "font") or "", value(element, "char") or ""
                pieces.append((symbol(font=font, code=code), legacy.by_font(font)))
            case "footnoteReference" | "endnoteReference":
                self._noted[name.removesuffix("Reference"), value(element, "id") or ""] = None
            case "drawing" | "pict" | "object":
                self._boxes.extend(_boxes(element))
            case "AlternateContent" if (chosen := _chosen(element)) is not None:
                self._boxes.extend(_boxes(chosen))
            case "ruby":
                self._inline(element, pieces, style)

    def _encoding(self, properties: Element | None, style: str | None) -> str | None:
        font = drawn_by(properties) or self._styles.font(
            run_style=value(child(properties, "rStyle")), paragraph_style=style
        )
        return legacy.by_font(font) if font else None


def _joined(pieces: list[Piece]) -> str:
    """The letters of a paragraph, in Unicode.

    Word cuts runs anywhere, also between a VNI letter and its mark, so neighbours of one encoding are converted
    together. Converted texts often keep the font's old name: Unicode letters anywhere in it say that it means nothing.
    """
    if all(encoding is None for _, encoding in pieces):
        return "".join([text for text, _ in pieces])
    is_modern = legacy.is_unicode_vietnamese("".join(text for text, encoding in pieces if encoding))
    merged: list[list[str | None]] = []
    for text, encoding in pieces:
        if merged and merged[-1][1] == encoding:
            merged[-1][0] = f"{merged[-1][0]}{text}"
        else:
            merged.append([text, encoding])
    return "".join(
        legacy.to_unicode(unshifted(text or ""), encoding) if encoding and not is_modern else (text or "")
        for text, encoding in merged
    )


def _boxes(drawing: Element) -> Iterator[Element]:
    """The text boxes of a drawing, which follow the paragraph it hangs on; a box in a box is met inside it."""
    for element in drawing:
        name = _NAMES.get(element.tag)
        if name == "txbxContent":
            yield element
        elif name == "AlternateContent":
            chosen = _chosen(element)
            if chosen is not None:
                yield from _boxes(chosen)
        else:
            yield from _boxes(element)


def _is_mark_gone(paragraph: Element) -> bool:
    """Whether the end of the paragraph is deleted or moved away."""
    mark = child(paragraph, "pPr", "rPr")
    return mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and value(switch) not in ("0", "false", "off")


def _chosen(alternatives: Element) -> Element | None:
    """The first of several drawings of one thing; the others say the same again."""
    return next(alternatives.iterchildren(f"{{{_COMPATIBILITY}}}Choice", f"{{{_COMPATIBILITY}}}Fallback"), None)
