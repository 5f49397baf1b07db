"""What the page and the margin note say of persons, meetings, tasks and awards, and what the digest brings together."""

from dataclasses import replace
from datetime import date

import pytest

from giaoban.core.reading import read
from giaoban.core.reading.facts import Award, Deadline, Directive, Event, Figure, Person, Task
from giaoban.core.reading.scaled import Scaled
from giaoban.site.reading import digest, margin, page, printing, words
from giaoban.site.reading.asked import Sheet

TEXT = (
    "Giao ban tháng 8\n08:00 20/8/2020\n\nĐồng chí Lê Văn An chủ trì Hội nghị giao ban với 12 điểm cầu. "
    "Đồng chí Lê Văn An, Trưởng ban, đề nghị nộp báo cáo trước ngày 25/8/2020. "
    "Trung ương giao 4 nội dung. Trao Giấy khen."
)


def at(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words), "quote": words}


@pytest.fixture
def reading():
    facts = (
        Person(**at("Lê Văn An")),
        Event(
            **at("Hội nghị giao ban"), type="giao ban", date=date(2020, 8, 20), sites=12, main=True, chair="Lê Văn An"
        ),
        Person(**at("Lê Văn An", 1), titles=("Trưởng ban",)),
        Directive(
            **at("Đồng chí Lê Văn An, Trưởng ban, đề nghị nộp báo cáo trước ngày 25/8/2020."), speaker="Lê Văn An"
        ),
        Deadline(**at("trước ngày 25/8/2020"), iso=date(2020, 8, 25)),
        Task(**at("Trung ương giao 4 nội dung"), assigner="Trung ương", count=4, listed=3),
        Award(**at("Giấy khen"), name="Giấy khen"),
    )
    return replace(read(text=TEXT), facts=facts)


def drawn(parts, width=80):
    return printing.drawn(parts, sheet=Sheet(width=width, colours=None))


def test_the_page_names_meetings_people_tasks_and_awards(reading):
    out = drawn(page.page(name="a.txt", reading=reading, width=80))

    assert "20-8-2020  Hội nghị giao ban · 12 điểm cầu · chủ trì: Lê Văn An" in out
    assert "Lê Văn An  Trưởng ban  (2 lần)" in out
    assert "4  Trung ương  (liệt kê 3)" in out
    assert "Giấy khen" in out


def test_the_margin_says_who_said_what_is_due(reading):
    out = drawn(margin.margin(name="a.txt", reading=reading, width=80))

    assert "Cuộc họp: Hội nghị giao ban · 12 điểm cầu" in out
    due = out[out.index("25-8-2020") :].split("\n\n")[0]
    assert "nộp báo cáo trước ngày 25/8/2020." in " ".join(due.split())
    assert "— Lê Văn An" in due


def test_colours_are_for_terminals(reading):
    parts = list(margin.margin(name="a.txt", reading=reading, width=80))

    assert "\x1b[" in printing.drawn(parts, sheet=Sheet(width=80, colours="standard"))


def test_a_number_in_a_directive_still_waits_for_a_fact_of_its_own(reading):
    loose = digest.unclaimed(reading)

    assert [one.number for one in loose] == ["8", "08:00", "12", "4"]


def test_names_lengths_of_time_and_marks_are_no_loose_numbers():
    text = "Văn bản\n\n1. Khóa 15 dài 90 ngày, theo (2) ý; COVID-19 và Quốc lộ A7.\nXe 51 chạy."

    assert [one.number for one in digest.unclaimed(replace(read(text=text), facts=()))] == ["51"]


def test_the_main_figures_are_told_once_and_in_the_order_of_the_text():
    figure = Figure(start=0, end=2, quote="12", sub="count", value=Scaled(units=12), unit="chi bộ")
    ratio = Figure(start=9, end=12, quote="3/4", sub="ratio", num=3, den=4, unit="xã")
    share = Figure(start=20, end=22, quote="7%", sub="percent", pct=Scaled(units=7))

    found = digest.main_figures([figure, ratio, replace(figure, start=14, end=16), share], most=2)

    assert found == [figure, ratio]


def test_a_number_without_a_unit_shows_the_words_before_it():
    reading = read(text="Tiêu đề\n\nThu ngân sách của huyện tăng 12,5%.")
    figure = Figure(start=38, end=43, quote="12,5%", sub="percent", pct=Scaled(units=125, decimals=1))

    assert words.about(figure, reading).plain == "Thu ngân sách của huyện tăng"


@pytest.mark.parametrize(
    ("units", "decimals", "unit", "written"),
    [
        (412_600_000_000, 0, "VND", "412,6 tỷ đồng"),
        (3_000_000, 0, "VND", "3 triệu đồng"),
        (1_234_567, 0, "VND", "1.234.567 đồng"),
        (2_500_000_000_000, 0, "VND", "2,5 nghìn tỷ đồng"),
        (155, 1, "USD", "15,5 USD"),
    ],
)
def test_money_is_written_as_offices_write_it(units, decimals, unit, written):
    figure = Figure(
        start=0, end=1, quote="", sub="money", value=Scaled(units=units, decimals=decimals), unit=unit
    )  # fmt: skip

    assert words.amount(figure).plain == written
