"""A section of a pack as it is written: sentences and a table of cells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One written cell; `kind` is "" for words, number, late or phone."""

    text: str
    href: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Section:
    """One section: sentences first, then a table; `left_off` rows were too many, `empty` says that there is nothing."""

    code: str
    title: str
    note: str = ""
    lead: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    left_off: int = 0
    empty: str = ""

    @property
    def labelled(self) -> tuple[tuple[tuple[str, Cell], ...], ...]:
        """Each cell with the head of its column, for narrow screens."""
        return tuple(tuple(zip(self.head, row, strict=False)) for row in self.rows)
