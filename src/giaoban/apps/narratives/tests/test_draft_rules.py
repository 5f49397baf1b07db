"""What is drafted from a text, without a database."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from giaoban.apps.narratives.rules import drafts as rules
from giaoban.apps.narratives.tests.test_instructions import TEXT
from giaoban.core.reading import read
from giaoban.core.reading.facts import Directive


def test_a_deadline_in_a_sentence_that_orders_is_a_draft_and_in_one_that_tells_is_none():
    asked = read(text="Họp giao ban\n08:00 24/8/2020\nCác chi bộ gửi danh sách trước ngày 31-8-2020.")
    told = read(text="Họp giao ban\n08:00 24/8/2020\nCác chi bộ đã gửi danh sách trước ngày 31-8-2020.")

    assert [one.deadline for one in rules.drafts(asked)] == [date(2020, 8, 31)]
    assert rules.drafts(told) == []


def test_no_sentence_is_drafted_twice():
    found = rules.drafts(read(text=TEXT + "Đề nghị các cấp ủy báo cáo kết quả về Văn phòng trước ngày 05-9-2020.\n"))

    spans = [(one.start, one.end) for one in found]
    assert len(found) == 4
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def item(start, quote):
    return Directive(start=start, end=start + len(quote), quote=quote)


@pytest.mark.parametrize(
    ("outer", "kept"),
    [
        (
            "1. Ban Tổ chức thực hiện các việc: (1) rà soát hồ sơ; (2) gửi báo cáo.",
            ["(1) rà soát hồ sơ", "(2) gửi báo cáo."],
        ),
        ("1. Ban Tổ chức rà soát hồ sơ, trong đó (1) gửi báo cáo.", None),
    ],
    ids=["an item that only leads in gives way to its parts", "an item of its own words keeps its parts"],
)
def test_of_an_item_and_what_is_nested_in_it_one_remains(outer, kept):
    parts = [part for part in ("(1) rà soát hồ sơ", "(2) gửi báo cáo.", "(1) gửi báo cáo.") if part in outer]
    facts = [item(0, outer), *(item(outer.index(part), part) for part in parts)]

    assert [one.quote for one in rules.outermost(facts, outer)] == (kept or [outer])


def test_every_span_of_a_text_is_marked_in_its_own_paragraph():
    text = "Một.\n\nHai ba.\nBốn"

    found = rules.paragraphs(text, {(6, 9): 1, (9, 13): 2, (14, 17): 3})

    assert "".join(run.text for line in found for run in line) == text.replace("\n", "")
    assert [run.draft for line in found for run in line] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("sentence", "day", "last", "words"),
    [
        (
            "Các chi bộ gửi danh sách trước ngày 31-8-2020.",
            date(2020, 8, 31),
            date(2020, 8, 30),
            "trước ngày 31-8-2020",
        ),
        ("Đề nghị gửi danh sách trước 17 giờ ngày 27-8-2020.", date(2020, 8, 27), date(2020, 8, 27), None),
        ("Đề nghị gửi báo cáo chậm nhất ngày 27-8-2020.", date(2020, 8, 27), date(2020, 8, 27), None),
        ("Đề nghị các phường hằng tháng báo cáo trước ngày 25.", None, None, "trước ngày 25"),
    ],
)
def test_the_last_day_is_read_as_it_is_meant(sentence, day, last, words):
    (draft,) = rules.drafts(read(text=f"Thông báo\n08:00 24/8/2020\n{sentence}"))

    assert draft.deadline == day
    assert draft.deadline is None or rules.last_day(draft.deadline, is_strict=draft.is_strict) == last
    assert draft.deadline_words
    assert words in (None, draft.deadline_words)
