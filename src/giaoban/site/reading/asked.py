"""What is wanted of every document, and what comes back: plain data that crosses from one process to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from giaoban.site.reading.sources import Source

if TYPE_CHECKING:
    from giaoban.core.reading.scoring import Comparison, Row


class Shape(Enum):
    """What is made of a reading."""

    PAGE = "page"  # the readable page
    SUMMARY = "summary"  # one page for the margin
    FORM = "form"  # proposals for a form
    JSON = "json"  # a line of JSON
    SCORE = "score"  # compared with facts found by hand


@dataclass(frozen=True)
class Sheet:
    """What is printed on: how wide, and in which of rich's colour systems (None: no colours)."""

    width: int
    colours: str | None


@dataclass(frozen=True)
class FormAsked:
    """A form to propose figures for: its code or file, its name, and its data as `FormSpec.parse` takes it."""

    code: str
    name: str
    data: Mapping[str, object]


@dataclass(frozen=True)
class Asked:
    """The same for every document of a call."""

    shape: Shape
    sheet: Sheet
    reference_day: date | None = None
    form: FormAsked | None = None
    lexicons: tuple[tuple[str, str], ...] = ()  # an office's words: name of the file, its text


@dataclass(frozen=True)
class Gold:
    """What a person found in one document: spans in code points of the file, numbers of lines from 1."""

    facts: tuple[Row, ...]
    boilerplate: frozenset[int]


@dataclass(frozen=True)
class Outcome:
    """What came of one document: what is printed, or how it scored, or why it was not read (`refused`) or not meant
    to be (`noted`, which is no failure).
    """

    name: str
    out: str = ""
    refused: str | None = None
    noted: str | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True)
class Task:
    """One document to read, with what a person found in it when it is scored.

    `known`: there is nothing to read under this name, and what is said instead.
    """

    source: Source
    gold: Gold | None = None
    known: Outcome | None = None


def nothing(name: str, *, refused: str | None = None, noted: str | None = None) -> Task:
    """A place in the order of documents that holds only a sentence."""
    return Task(source=Source(name=name), known=Outcome(name=name, refused=refused, noted=noted))
