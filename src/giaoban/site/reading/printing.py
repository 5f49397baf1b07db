"""What is printed of one document, as the characters that go to standard output: the same in every process."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType

from giaoban.core.reading import Reading
from giaoban.site.reading import margin, page
from giaoban.site.reading.asked import Asked, Shape, Sheet

if TYPE_CHECKING:
    from giaoban.core.formlang import FormSpec


def printed(*, asked: Asked, spec: FormSpec | None, name: str, reading: Reading) -> str:
    """The page, the margin note or the proposals of one document."""
    if asked.shape is Shape.FORM:
        assert asked.form is not None
        assert spec is not None
        from giaoban.site.reading import forming

        parts = forming.sheet(name=name, form=asked.form, spec=spec, reading=reading)
    elif asked.shape is Shape.SUMMARY:
        parts = margin.margin(name=name, reading=reading, width=asked.sheet.width)
    else:
        parts = page.page(name=name, reading=reading, width=asked.sheet.width)
    return drawn(parts, sheet=asked.sheet)


def drawn(parts: Iterable[RenderableType], *, sheet: Sheet) -> str:
    """Parts one below the other, an empty line behind the last; without colours no line ends in blanks."""
    paper = io.StringIO()
    console = Console(
        file=paper,
        width=sheet.width,
        force_terminal=sheet.colours is not None,
        color_system=sheet.colours,  # type: ignore[arg-type]  # a name rich itself gave
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for part in parts:
        console.print(part)
    text = paper.getvalue()
    if sheet.colours is None:
        text = "\n".join(line.rstrip() for line in text.split("\n"))
    return text + "\n"
