"""Prints how well the reader does: `python -m giaoban.core.reading.tests.report`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from giaoban.core.reading import read
from giaoban.core.reading.scoring import Comparison, Score, compare, total
from giaoban.core.reading.tests.gold import KINDS, documents


def ours() -> Iterator[tuple[str, Comparison]]:
    """The documents of the project."""
    for document in documents():
        found = read(text=document.text).as_json()["facts"]
        yield document.name, compare(found=found, gold=document.facts, kinds=KINDS)


def shared() -> Iterator[tuple[str, Comparison]]:
    """The source articles, where they are present beside the project."""
    for folder in Path(__file__).resolve().parents:
        path = folder / "shared/reading/gold.json"
        if path.exists():
            gold = json.loads(path.read_text(encoding="utf-8"))["facts"]
            for article in sorted((folder / "shared/seeds").glob("*.txt")):
                found = read(text=article.read_text(encoding="utf-8")).as_json()["facts"]
                yield article.name, compare(found=found, gold=gold[article.name[:3]], kinds=KINDS)
            return


def table(title: str, rows: list[tuple[str, Comparison]]) -> str:
    """One line a kind and one for all, as the page about reading shows them."""
    scores = total(comparison for _, comparison in rows)
    lines = [f"| {title} ({len(rows)}) | found | invented | missed | F1 |", "| --- | ---: | ---: | ---: | ---: |"]
    for kind, score in {**scores, "all": sum(scores.values(), Score())}.items():
        lines.append(f"| {kind} | {score.right} | {score.wrong} | {score.missed} | {score.f1_per_mille} |")
    return "\n".join(lines)


def misses(rows: list[tuple[str, Comparison]]) -> Iterator[str]:
    """What was missed or invented, one line each."""
    for name, comparison in rows:
        for label, facts in (("missed", comparison.missed), ("invented", comparison.wrong)):
            for fact in facts:
                yield f"{name}: {label} {fact['kind']} «{fact.get('quote', fact.get('text'))}»"


if __name__ == "__main__":
    for heading, found_rows in (("documents of the project", list(ours())), ("source articles", list(shared()))):
        if found_rows:
            print(table(heading, found_rows), *misses(found_rows), "", sep="\n")  # noqa: T201
