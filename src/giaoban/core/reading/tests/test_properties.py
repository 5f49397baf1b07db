"""What holds for any text at all."""

import json
import textwrap
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from giaoban.core.reading import read
from giaoban.core.reading.tests.gold import documents
from giaoban.core.text_vi.tests.test_legacy import in_tcvn3, in_vni

PIECES = (
    "ngày ", "tháng ", "quý IV ", "năm 2020", "từ ngày 17 đến ngày 23-8-2020", "đến hết ", "trước ", "25/8/2020",
    "12/15", "1.192/1.312", "99,96%", "đạt ", "gần ", "trong đó có ", " chi bộ", " đảng viên", "; ", ". ", ", ",
    "\n", "\t", "(1) ", "\n1. ", "Một là, ", "Chỉ thị 05-CT/TƯ ", "của Bộ Chính trị ", "không có ", " nào",
    "tỷ đồng", "31/02/2020", "00/00", "٣", "²", "nhiệm kỳ 2020-2025 ", "6 tháng đầu năm ", "tuần qua ", "“", "%",
    "từ nay đến ", "-", "/", ":", "İ", "\u0301", "đề nghị các ban cần ",
)  # fmt: skip
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4), st.integers(0, 10**7).map(str)), max_size=30)


def shapes(text):
    return [
        {key: value for key, value in fact.items() if key not in ("start", "end")}
        for fact in read(text=text).as_json()["facts"]
    ]


@settings(max_examples=150, deadline=None)
@given(MIXED.map("".join))
@example("")
@example("9" * 5_000)
@example("từ ngày 31 đến ngày 30/2/2020, 29/2/2019 và 5/13")
def test_any_text_is_read_without_complaint_and_every_fact_quotes_its_place(text):
    reading = read(text=text)

    for fact in reading.facts:
        assert 0 <= fact.start < fact.end <= len(reading.text)
        assert fact.quote == reading.text[fact.start : fact.end]
        assert fact.confidence in ("sure", "likely", "guess")
    for start, end in reading.boilerplate:
        assert 0 <= start < end <= len(reading.text)
    json.dumps(reading.as_json())


@settings(max_examples=60, deadline=None)
@given(MIXED.map("".join))
def test_decomposed_text_gives_the_same_facts(text):
    assert shapes(unicodedata.normalize("NFD", text)) == shapes(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_decomposed_documents_give_the_same_facts(document):
    assert shapes(unicodedata.normalize("NFD", document.text)) == shapes(document.text)


@pytest.mark.parametrize(
    "piece",
    [
        "1/",
        "1-",
        "1.",
        "1, ",
        "1\t",
        "(1) ",
        "ngày 1 ",
        "đến hết ",
        "nghị quyết số 1, ",
        "1/2 đạt 50%, ",
        "không có ",
        "\n1. A",
    ],
)
def test_the_work_grows_with_the_text_and_not_with_its_square(piece):
    small, large = read(text=piece * 150), read(text=piece * 600)

    assert large.attempts <= 4.5 * max(small.attempts, 50)
    assert len(large.facts) <= 4.5 * max(len(small.facts), 10)


def test_reading_twice_gives_the_same_answer():
    for document in documents():
        assert read(text=document.text) == read(text=document.text)


# Where breaking at a width loses what told the parts of a page from one another: pages with few full lines, a last item
# whose next paragraph now only seems to go on, a hyphen that now opens a line.
LOSES_ITS_SHAPE = ("10_", "15_", "24_", "51_", "60_", "63_", "70_", "79_", "91_", "98_")
BROKEN = [document for document in documents() if not document.name.startswith(LOSES_ITS_SHAPE)]


def wrapped(text):
    lines = (textwrap.fill(line, 80, break_on_hyphens=False) if "\t" not in line else line for line in text.split("\n"))
    return "\n".join(lines)


def told(text):
    """The facts with their line breaks as blanks."""
    rows = []
    for fact in shapes(text):
        fact.pop("parent", None)
        rows.append(
            sorted(
                (key, " ".join(value.split()) if isinstance(value, str) else str(value)) for key, value in fact.items()
            )
        )
    return sorted(rows)


@pytest.mark.parametrize("document", BROKEN, ids=lambda document: document.name)
def test_a_text_broken_into_lines_gives_the_same_facts(document):
    assert told(wrapped(document.text)) == told(document.text)


@pytest.mark.parametrize("encode", [in_tcvn3, in_vni], ids=["tcvn3", "vni"])
@pytest.mark.parametrize("document", documents()[:40:3], ids=lambda document: document.name)
def test_a_text_in_an_old_encoding_gives_the_same_facts(document, encode):
    text = document.text.lower() if encode is in_tcvn3 else document.text  # it has no capitals with a tone

    assert shapes(encode(text)) == shapes(text)
