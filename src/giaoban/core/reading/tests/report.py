"""Prints how well the reader does: `python -m giaoban.core.reading.tests.report`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from giaoban.core.reading import read
from giaoban.core.reading.annotated import gold_rows
from giaoban.core.reading.scoring import Comparison, Score, judge, total
from giaoban.core.reading.tests.gold import FOLDER, HELD_BACK, documents

Rows = list[tuple[str, Comparison]]


def ours(folder: Path = FOLDER) -> Rows:
    """The documents of the project in one folder."""
    return [
        (
            document.name,
            judge(
                reading=read(text=document.text),
                source=document.text,
                gold=document.facts,
                boilerplate=document.boilerplate,
            ),
        )
        for document in documents(folder)
    ]


def shared() -> Rows:
    """The source articles, where they are present beside the project."""
    for folder in Path(__file__).resolve().parents:
        path = folder / "shared/reading/gold.json"
        if path.exists():
            return list(_articles(path, folder / "shared/seeds"))
    return []


def _articles(path: Path, folder: Path) -> Iterator[tuple[str, Comparison]]:
    book = json.loads(path.read_text(encoding="utf-8"))
    for article in sorted(folder.glob("*.txt")):
        key, text = article.name[:3], article.read_text(encoding="utf-8")
        gold, lines = gold_rows(book["facts"][key]), frozenset(book["boilerplate_lines"][key])
        yield article.name, judge(reading=read(text=text), source=text, gold=gold, boilerplate=lines)


def table(title: str, rows: Rows) -> str:
    """One line a kind, one for all, and one for the lines of boilerplate, as the page about reading shows them."""
    scores = total(comparison for _, comparison in rows)
    furniture = sum((comparison.boilerplate for _, comparison in rows), Score())
    lines = [f"| {title} ({len(rows)}) | found | invented | missed | F1 |", "| --- | ---: | ---: | ---: | ---: |"]
    for kind, score in {**scores, "all": sum(scores.values(), Score()), "lines of boilerplate": furniture}.items():
        lines.append(f"| {kind} | {score.right} | {score.wrong} | {score.missed} | {score.f1_per_mille} |")
    return "\n".join(lines)


def misses(rows: Rows) -> Iterator[str]:
    """What was missed or invented, one line each."""
    for name, comparison in rows:
        for label, facts in (("missed", comparison.missed), ("invented", comparison.wrong)):
            for fact in facts:
                yield f"{name}: {label} {fact['kind']} «{fact.get('quote', fact.get('text'))}»"


def sheets() -> Iterator[str]:
    """Every set that is there. Of the documents held back only the table: nobody may write rules for them."""
    for heading, rows, is_open in (
        ("documents of the project", ours(), True),
        ("source articles", shared(), True),
        ("documents held back", ours(HELD_BACK), False),
    ):
        if rows:
            yield "\n".join([table(heading, rows), *(misses(rows) if is_open else ()), ""])


if __name__ == "__main__":
    print(*sheets(), sep="\n")  # noqa: T201
