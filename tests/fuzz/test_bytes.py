"""Damaged and hostile files through the readers and the pipeline: a reading or a refusal that names the file."""

from __future__ import annotations

import importlib.util
import io
import os
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.core import reading
from giaoban.core.refusal import Refusal
from giaoban.core.text_vi import legacy
from giaoban.files import docx_in, limits, prose_in
from giaoban.files.tests.made import page
from giaoban.files.tests.word import document, p, r
from tests.fuzz.pipeline import walk
from tests.fuzz.seeds import inside_of, seeds, with_inside

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("a.docx", "a.html", "a.txt", "wide.txt", "vni.txt")
PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml", "_rels/.rels")
damage = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=12)), min_size=1, max_size=6)


def damaged(data: bytes, where: list[tuple[float, int, bytes]]) -> bytes:
    """Pieces cut out and others put in."""
    for place, cut, put in where:
        at = int(place * len(data))
        data = data[:at] + put + data[at + cut :]
    return data


@pytest.mark.parametrize("name", [*NAMES, "a.pdf"])
def test_a_sound_file_is_read_into_facts(name):
    found = walk(data=seeds()[name], name=name)

    assert isinstance(found, reading.Reading)
    assert found.facts


@given(st.sampled_from(NAMES), damage)
def test_a_damaged_file_is_read_or_refused(name, where):
    walk(data=damaged(seeds()[name], where), name=name)


@given(st.sampled_from(PARTS), damage)
def test_a_document_damaged_inside_a_sound_archive_is_read_or_refused(part, where):
    whole = seeds()["a.docx"]

    walk(data=with_inside(whole, part, damaged(inside_of(whole, part), where)), name="a.docx")


@settings(max_examples=15)  # each starts a process
@given(damage)
def test_a_damaged_pdf_is_read_or_refused(where):
    walk(data=damaged(seeds()["a.pdf"], where), name="a.pdf")


@given(st.sampled_from([*NAMES, "-"]), st.binary(max_size=400))
def test_any_bytes_under_any_name_are_read_or_refused(name, data):
    walk(data=data.replace(b"%PDF-", b""), name=name)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_off_anywhere_is_read_or_refused(name):
    whole = seeds()[name]

    answers = [walk(data=whole[: len(whole) * part // 50], name=name) for part in range(50)]

    assert len(answers) == 50
    if name == "a.docx":
        assert all(isinstance(answer, Refusal) for answer in answers)


def test_a_pdf_cut_off_anywhere_is_read_or_refused():
    whole = seeds()["a.pdf"]

    assert {type(walk(data=whole[: len(whole) * part // 50], name="a.pdf")) for part in range(1, 50, 7)}


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in members:
            made.writestr(name, data)
    return out.getvalue()


def nested_archive() -> bytes:
    data = b"\0" * limits.MEGABYTE
    for depth in range(6):
        data = archive((f"{depth}.zip", data))
    return data


BOMB = b"<x>" + b" " * (40 * limits.MEGABYTE) + b"</x>"
QUOTED = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&#38;a;&#38;a;"><!ENTITY c \'&#38;b;&#38;b;\'>]>'
    b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>&c;</w:body>"
    b"</w:document>"
)
HOSTILE = {
    "bomb.docx": lambda: with_inside(seeds()["a.docx"], "word/document.xml", BOMB),
    "nested.docx": nested_archive,
    "bzip2.docx": lambda: archive(("[Content_Types].xml", b"\0" * 1000), method=zipfile.ZIP_BZIP2),
    "quoted.docx": lambda: with_inside(seeds()["a.docx"], "word/document.xml", QUOTED),
    "wide-quoted.docx": lambda: with_inside(
        seeds()["a.docx"], "word/document.xml", QUOTED.decode().replace("?>", " encoding='utf-16'?>").encode("utf-16")
    ),
    "deep.docx": lambda: with_inside(
        seeds()["a.docx"], "word/document.xml", b"<a>" * 10_000 + b"</a>" * 10_000
    ),
    "deep.html": lambda: page("<div>" * 10_000).encode(),
    "deep-spans.html": lambda: page("<span><b>a" * 10_000).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_little_memory(name):
    data = HOSTILE[name]()
    tracemalloc.start()
    answer = walk(data=data, name=name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert isinstance(answer, Refusal)
    assert peak < 8 * limits.MEGABYTE


REPEATED = {
    "digits": "123456789 ",
    "one number": "7",
    "dots": "1.",
    "brackets": "([{",
    "tabs": "a\t",
    "newlines": "1.\n",
    "capitals": "ĐẢNG ",
    "comrades": "đồng chí ",
    "ratios": "1/2/3 ",
    "old marks": "aù",
    "old letters": "§¶ng ",
    "viqr": "a^'",
    "items": "a) ",
    "foreign": "о",
}


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED)
def test_twice_the_text_costs_twice_the_work(piece):
    def work(times: int) -> int:
        text = prose_in.text(data=(piece * times).encode(), name="a.txt")
        return reading.read(text=text).attempts

    small, large = work(2_000), work(4_000)

    assert large <= 2.5 * max(small, 50)


def calls(work) -> int:
    """How many calls, of Python and of C, some work makes: a measure of time that no busy machine can change."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "make",
    [
        lambda size: lambda: docx_in.paragraphs(data=document(p(r("a")) * size), name="a.docx"),
        lambda size: lambda: docx_in.paragraphs(data=document(p(r("a") * size)), name="a.docx"),
        lambda size: lambda: docx_in.paragraphs(data=document(p(r("ña", font="VNI-Times") * size)), name="a.docx"),
        lambda size: lambda: prose_in.text(data=page("<p>Đã họp 12/15 xã</p>" * size).encode(), name="a.html"),
        lambda size: lambda: prose_in.text(data=page("<pre>a\n</pre>" * size).encode(), name="a.html"),
        lambda size: lambda: legacy.modern("ñaïi hoäi caùc chi boä\n" * size),
        lambda size: lambda: legacy.modern("ñaïi hoäi caùc chi boä " * size),
        lambda size: lambda: legacy.modern("to^? chu+'c dda.i ho^.i " * size),
    ],
    ids=["paragraphs", "runs", "old runs", "page", "written page", "vni lines", "vni line", "viqr line"],
)
def test_twice_the_file_costs_twice_the_calls(make):
    make(10)()  # what is done once in a process
    small, large = calls(make(300)), calls(make(600))

    assert large <= 2.5 * small


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is built for Linux on x86-64 alone")
def test_atheris_finds_nothing_in_a_few_hundred_inputs():
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.target", "-runs=400", "-seed=2020"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr[-3_000:]
    assert "Done 400 runs" in ran.stderr
