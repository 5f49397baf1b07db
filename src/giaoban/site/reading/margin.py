"""A reading on one page, as an officer would note it in the margin: at most about sixty lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from giaoban.core.reading import Reading
from giaoban.core.reading.facts import Event, Figure
from giaoban.site.reading import digest, words
from giaoban.site.reading.page import columns, due_table, loose_lines, people_table
from giaoban.site.reading.plain import cut, flat

_FIGURES, _WRONG, _DUE, _PEOPLE, _PAPERS, _UNCLAIMED = 12, 6, 6, 6, 12, 5


def margin(*, name: str, reading: Reading, width: int) -> Iterator[RenderableType]:
    """One document on one page; a part with nothing to say is left out."""
    yield words.NameLine(name)
    title = words.title(reading)
    title.truncate(2 * width, overflow="ellipsis")
    yield title
    yield words.what_it_is(reading)
    if found := digest.periods(reading):
        yield Text("Kỳ: " + "; ".join(found[:2]), style="dim")
    yield from _meeting(reading, width)
    figures = digest.figures(reading)
    yield from _wrong(figures, reading)
    yield from _main(figures, reading)
    yield from _due(reading, width)
    yield from _people(reading, width)
    yield from _papers(reading, width)
    yield from _unclaimed(reading, width)


def _meeting(reading: Reading, width: int) -> Iterator[RenderableType]:
    events = [fact for fact in reading.facts if isinstance(fact, Event)]
    main = next((fact for fact in events if fact.main), None)
    if main is not None:
        notes = [flat(main.quote)] + ([f"{main.sites} điểm cầu"] if main.sites else [])
        yield Text(cut("Cuộc họp: " + " · ".join(notes), width), style="dim")


def _wrong(figures: Sequence[Figure], reading: Reading) -> Iterator[RenderableType]:
    """What does not add up stands first: it is what the officer asks back about."""
    wrong = [figure for figure in figures if figure.check and figure.check.verdict != "ok"]
    if not wrong:
        return
    yield words.section("Không khớp, cần hỏi lại", str(len(wrong)))
    table = columns(first="right")
    for figure in wrong[:_WRONG]:
        table.add_row(words.amount(figure), _on_one_line(words.about(figure, reading)), words.verdict(figure))
    yield table
    yield from _more(len(wrong) - _WRONG)


def _main(figures: Sequence[Figure], reading: Reading) -> Iterator[RenderableType]:
    sound = [figure for figure in figures if not figure.check or figure.check.verdict == "ok"]
    if not figures:
        return
    yield words.section("Số liệu chính", words.tally(figures))
    table = columns(first="right")
    for figure in digest.main_figures(sound, most=_FIGURES):
        table.add_row(words.amount(figure), _on_one_line(words.about(figure, reading)), words.verdict(figure))
    yield table


def _due(reading: Reading, width: int) -> Iterator[RenderableType]:
    found = digest.due(reading)
    if not found:
        return
    yield words.section("Đến hạn", f"{len(found)} mốc")
    yield due_table(found[:_DUE], room=max(60, 2 * (width - 20)) - 20)
    yield from _more(len(found) - _DUE)


def _people(reading: Reading, width: int) -> Iterator[RenderableType]:
    found = digest.people(reading)
    if not found:
        return
    yield words.section("Người được nêu tên", str(len(found)))
    yield people_table(
        [
            digest.Named(name=one.name, titles=(cut("; ".join(one.titles) or "–", width - 36),), times=one.times)
            for one in found[:_PEOPLE]
        ]
    )
    yield from _more(len(found) - _PEOPLE)


def _papers(reading: Reading, width: int) -> Iterator[RenderableType]:
    found = digest.papers(reading)
    if found:
        yield words.section("Văn bản được nhắc đến", str(len(found)))
        yield Padding(Text(cut("; ".join(found[:_PAPERS]), 3 * (width - 4)), style="dim"), (0, 0, 0, 2))


def _unclaimed(reading: Reading, width: int) -> Iterator[RenderableType]:
    found = digest.unclaimed(reading)
    if not found:
        return
    yield words.section("Câu còn con số chưa đọc được", str(len(found)))
    yield from loose_lines(found[:_UNCLAIMED], width=width)
    yield from _more(len(found) - _UNCLAIMED)


def _more(count: int) -> Iterator[RenderableType]:
    if count > 0:
        yield Padding(Text(f"… và {count} mục khác", style="dim"), (0, 0, 0, 2))


def _on_one_line(text: Text) -> Text:
    text.no_wrap, text.overflow = True, "ellipsis"
    return text
