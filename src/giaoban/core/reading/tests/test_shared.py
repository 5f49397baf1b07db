"""The five source articles and the exact strings, where their folder is present beside the project."""

import json
from pathlib import Path

import pytest

from giaoban.core.reading import read
from giaoban.core.reading.scoring import compare, total
from giaoban.core.reading.tests.test_documents import LEAST

KINDS = [kind for kind in LEAST if kind != "award"]  # the marks of the articles leave awards out

SHARED = next(
    (
        folder / "shared"
        for folder in Path(__file__).resolve().parents
        if (folder / "shared/reading/gold.json").exists()
    ),
    None,
)
pytestmark = pytest.mark.skipif(SHARED is None, reason="the source articles are not beside the project")


def articles():
    gold = json.loads((SHARED / "reading/gold.json").read_text(encoding="utf-8"))
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        key = path.name[:3]
        yield path.read_text(encoding="utf-8"), gold["facts"][key], set(gold["boilerplate_lines"][key])


def cases():
    if SHARED is None:
        return []
    rows = json.loads((SHARED / "reading/edge_cases.json").read_text(encoding="utf-8"))
    return [row for row in rows if any(_kind(expected) in KINDS for expected in row["expect"])]


def _kind(expected):
    return expected[1] if expected[0] == "!" else expected[0]


@pytest.mark.parametrize("kind", KINDS)
def test_the_articles_are_read_to_the_target(kind):
    scores = total(
        compare(found=read(text=text).as_json()["facts"], gold=gold, kinds=(kind,)) for text, gold, _ in articles()
    )

    assert scores[kind].f1_per_mille >= 970, scores[kind]


def test_the_furniture_of_the_pages_is_told_from_the_articles():
    for text, _, expected in articles():
        reading = read(text=text)
        found, place = set(), 0
        for number, line in enumerate(reading.text.split("\n"), start=1):
            if any(start <= place and place + len(line) <= end for start, end in reading.boilerplate):
                found.add(number)
            place += len(line) + 1
        assert found == expected


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["id"]))
def test_exact_strings(case):
    failures = list(_failures(case))

    assert not failures


def _failures(case):
    head = f"07:00' {case['ref']}\n" if case["ref"] else ""
    reading = read(text=head + case["text"])
    facts = [fact for fact in reading.as_json()["facts"] if fact["start"] >= len(head)]
    for expected in case["expect"]:
        if _kind(expected) not in KINDS:
            continue
        if expected[0] == "!":
            quote = expected[2]
            if any(f["kind"] == expected[1] and quote in (None, f["quote"]) for f in facts):
                yield expected
        elif not any(_meets(reading.text, fact, *expected) for fact in facts):
            yield expected


def _meets(text, fact, kind, quote, fields):
    if fact["kind"] != kind or not (quote is None or _covers(text, fact, quote)):
        return False
    return all(_field(fact, key) == (str(value) if key in "ab" else value) for key, value in fields.items())


def _covers(text, fact, quote):
    least = 0.8 if fact["kind"] == "directive" else 0.5
    start = text.find(quote)
    while start >= 0:
        shared = min(fact["end"], start + len(quote)) - max(fact["start"], start)
        if shared > least * (max(fact["end"], start + len(quote)) - min(fact["start"], start)):
            return True
        start = text.find(quote, start + 1)
    return False


def _field(fact, key):
    if key in ("a", "b"):
        return str(fact.get("start_date" if key == "a" else "end_date"))
    if key == "check":
        check = fact["check"]
        return f"{check['verdict']}:{check['computed']} vs {fact.get('pct_approx', '')} {check['stated']}"
    return fact.get(key)
