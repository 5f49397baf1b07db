"""What a Word document's styles and lists say: which encoding a font draws, which number a paragraph bears.

Both parts are read only where they matter: a document without .Vn and VNI fonts needs no styles, one without lists no
numbering.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from giaoban.core.text_vi import legacy

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the strict kind
)
_LEVELS = 9
_LONGEST_ROMAN = 4_000
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

Element: TypeAlias = etree._Element


class _Tags(dict[str, tuple[str, ...]]):
    """A name in every namespace of Word, made once."""

    def __missing__(self, name: str) -> tuple[str, ...]:
        made = self[name] = tuple(f"{{{space}}}{name}" for space in NAMESPACES)
        return made


_TAGS = _Tags()


def child(of: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path of names, None when there is none."""
    for name in path:
        if of is None:
            return None
        of = next(of.iterchildren(*_TAGS[name]), None)
    return of


def children(of: Element | None, name: str) -> Iterator[Element]:
    """The elements of a name directly inside another."""
    if of is not None:
        yield from of.iterchildren(*_TAGS[name])


def value(of: Element | None, name: str = "val") -> str | None:
    """An attribute, None when it or its element is not there."""
    if of is None:
        return None
    return next((found for tag in _TAGS[name] if (found := of.get(tag)) is not None), None)


def drawn_by(properties: Element | None) -> str | None:
    """The font that run properties name for letters beyond ASCII; an old font named for any script wins."""
    fonts = child(properties, "rFonts")
    if fonts is None:
        return None
    named = [font for part in ("hAnsi", "ascii", "cs") if (font := value(fonts, part))]
    return next((font for font in named if legacy.by_font(font)), named[0] if named else None)


@dataclass(frozen=True)
class _Style:
    based_on: str | None
    font: str | None
    list_place: tuple[str | None, str | None]  # numId, ilvl


class Styles:
    """The styles of a document; without the part every answer is None."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default_paragraph: str | None = None
        self._default_font = drawn_by(child(root, "docDefaults", "rPrDefault", "rPr"))
        for style in children(root, "style"):
            number = child(style, "pPr", "numPr")
            identity = value(style, "styleId") or ""
            self._styles[identity] = _Style(
                based_on=value(child(style, "basedOn")),
                font=drawn_by(child(style, "rPr")),
                list_place=(value(child(number, "numId")), value(child(number, "ilvl"))),
            )
            if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on"):
                self._default_paragraph = identity

    def font(self, *, run_style: str | None, paragraph_style: str | None) -> str | None:
        """The font of a run that names none itself."""
        for start in (run_style, paragraph_style or self._default_paragraph):
            for style in self._chain(start):
                if style.font:
                    return style.font
        return self._default_font

    def list_place(self, paragraph_style: str | None) -> tuple[str | None, str | None]:
        """The list a paragraph belongs to by its style: numId and level."""
        for style in self._chain(paragraph_style or self._default_paragraph):
            if style.list_place[0] is not None:
                return style.list_place
        return None, None

    def _chain(self, start: str | None) -> Iterator[_Style]:
        seen: set[str] = set()
        while start is not None and start not in seen and start in self._styles:
            seen.add(start)
            yield self._styles[start]
            start = self._styles[start].based_on


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int


class Lists:
    """Counts the paragraphs of lists, as Word does while it lays out a page."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {
            value(one, "abstractNumId") or "": dict(map(_level, children(one, "lvl")))
            for one in children(root, "abstractNum")
        }
        self._lists: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = defaultdict(dict)
        for one in children(root, "num"):
            number = value(one, "numId") or ""
            self._lists[number] = value(child(one, "abstractNumId")) or ""
            for override in children(one, "lvlOverride"):
                start = value(child(override, "startOverride"))
                if start is not None:
                    self._restarts[number][_whole(value(override, "ilvl"))] = _whole(start, otherwise=1)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def mark(self, *, number: str, level: int) -> str:
        """Count one more paragraph of a list and give what stands before it: «1.», «a)», «-», or nothing."""
        kind = self._lists.get(number)
        if kind is None:
            return ""
        levels, counts = self._levels.get(kind, {}), self._counts[kind]
        restarts = self._restarts.get(number, {})
        if level in restarts:
            counts[level] = restarts.pop(level) - 1
        here = levels.get(level)
        if here is None:
            return ""
        counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if here.form == "bullet":
            return here.text if here.text in ("+", "-", "*", "•") else "-"
        mark = here.text
        for place in range(_LEVELS):
            if f"%{place + 1}" in mark and place in levels:
                count = counts.get(place, levels[place].start)
                mark = mark.replace(f"%{place + 1}", written(count, form=levels[place].form))
        return mark.strip()


def written(count: int, *, form: str) -> str:
    """A number of a list in one of Word's forms.

    >>> [written(4, form=form) for form in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "none")]
    ['4', 'd', 'IV', '04', '']
    """
    match form:
        case "none":
            return ""
        case "decimalZero":
            return f"{count:02d}"
        case "lowerLetter" | "upperLetter" if 0 < count <= 26 * _LEVELS:
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if 0 < count < _LONGEST_ROMAN:
            return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    return str(count)


def _roman(count: int) -> str:
    letters = []
    for size, sign in _ROMAN:
        times, count = divmod(count, size)
        letters.append(sign * times)
    return "".join(letters)


def _level(one: Element) -> tuple[int, _Level]:
    return _whole(value(one, "ilvl")), _Level(
        form=value(child(one, "numFmt")) or "decimal",
        text=(value(child(one, "lvlText")) or "")[:40],
        start=_whole(value(child(one, "start")), otherwise=1),
    )


def _whole(text: str | None, *, otherwise: int = 0) -> int:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 9 else otherwise


def place_in_list(properties: Element | None, *, styles: Styles) -> tuple[str, int] | None:
    """The list and level of a paragraph, from itself or from its style; None outside of lists."""
    own = child(properties, "numPr")
    number, level = value(child(own, "numId")), value(child(own, "ilvl"))
    if number is None:
        number, styled_level = styles.list_place(value(child(properties, "pStyle")))
        level = level or styled_level
    return None if number in (None, "0") else (str(number), min(_whole(level), _LEVELS - 1))
