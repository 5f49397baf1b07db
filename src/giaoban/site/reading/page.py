"""A reading as a quiet page on the terminal: what it says, what adds up, what is due when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from giaoban.core.reading import Reading
from giaoban.core.reading.facts import Award, Directive, Event, Figure, Task
from giaoban.core.text_vi.dates import write_day
from giaoban.site.reading import digest, words
from giaoban.site.reading.plain import cut, flat, tail

ROLES = {
    "directive": "Chỉ đạo, yêu cầu",
    "plan": "Dự kiến, phương hướng",
    "lesson": "Bài học, kinh nghiệm",
    "agenda": "Chương trình",
    "result": "Kết quả",
}
_SHOWN = 40
_ITEMS = 12


def page(*, name: str, reading: Reading, width: int) -> Iterator[RenderableType]:
    """One document, part by part; a part with nothing to say is left out."""
    yield from _head(name, reading)
    yield from _meetings(reading)
    yield from _figures(reading)
    yield from _due(reading, width)
    yield from _items(reading)
    yield from _tasks(reading)
    yield from _people(reading)
    yield from _named("Khen thưởng", [flat(fact.name) for fact in reading.facts if isinstance(fact, Award)])
    yield from _named("Văn bản được nhắc đến", digest.papers(reading))
    yield from _unclaimed(reading, width)


def columns(*, first: str = "left", last: bool = True) -> Table:
    """A table without lines: a column of numbers or days, a wide one, and one for a remark."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0), expand=False)
    table.add_column(justify="right" if first == "right" else "left", no_wrap=True, style="bold")
    table.add_column(ratio=1)
    if last:
        table.add_column()
    return table


def _head(name: str, reading: Reading) -> Iterator[RenderableType]:
    yield words.NameLine(name)
    yield words.title(reading)
    yield words.what_it_is(reading)
    if found := digest.periods(reading):
        yield Text("Kỳ: " + "; ".join(found[:4]), style="dim")


def _meetings(reading: Reading) -> Iterator[RenderableType]:
    found = [fact for fact in reading.facts if isinstance(fact, Event)]
    if not found:
        return
    yield words.section("Hội nghị, sự kiện", str(len(found)))
    table = columns(last=False)
    for fact in found[:_ITEMS]:
        notes = [flat(fact.quote)]
        notes += [f"{fact.sites} điểm cầu"] if fact.sites else ["trực tuyến"] if fact.online else []
        notes += [f"tại {flat(fact.place)}"] if fact.place else []
        notes += [f"chủ trì: {flat(fact.chair)}"] if fact.chair else []
        table.add_row(write_day(fact.date) if fact.date else "–", " · ".join(notes))
    yield table


def _figures(reading: Reading) -> Iterator[RenderableType]:
    figures = digest.figures(reading)
    if not figures:
        return
    yield words.section("Số liệu", words.tally(figures))
    table = columns(first="right")
    for figure in _shown(figures):
        table.add_row(words.amount(figure), words.about(figure, reading), words.verdict(figure))
    yield table
    if (more := len(figures) - _SHOWN) > 0:
        yield Text(f"… và {more} số liệu khác (xem --json)", style="dim")


def _shown(figures: Sequence[Figure]) -> Sequence[Figure]:
    """The first of them, and in place of the last of these those further on that do not add up."""
    late = [figure for figure in figures[_SHOWN:] if figure.check and figure.check.verdict != "ok"][:_SHOWN]
    return [*figures[: _SHOWN - len(late)], *late]


def _due(reading: Reading, width: int) -> Iterator[RenderableType]:
    found = digest.due(reading)
    if not found:
        return
    yield words.section("Đến hạn", f"{len(found)} mốc")
    yield due_table(found[:_SHOWN], room=2 * max(30, width - 16))


def due_table(found: Sequence[digest.Due], *, room: int) -> Table:
    """When, what in at most `room` characters around the deadline's own words, and who said so."""
    table = columns(last=False)
    for one in found:
        text = Text(tail(one.before, room - len(one.words) - 24), style="dim")
        text.append(f" {one.words}" if one.before else one.words, style="not dim")
        rest = one.after if one.after[:1] in (".", ",", ";", ":", ")") else f" {one.after}"
        text.append(cut(rest.rstrip(), max(8, room - len(text))))
        if one.said_by:
            text.append(f"  — {one.said_by}", style="cyan not dim")
        table.add_row(one.when, text)
    return table


def _items(reading: Reading) -> Iterator[RenderableType]:
    items = [fact for fact in reading.facts if isinstance(fact, Directive)]
    for role, label in ROLES.items():
        here = [item for item in items if item.role == role]
        if not here:
            continue
        yield words.section(label, f"{len(here)} mục")
        for item in here[:_ITEMS]:
            line = Text(f"[{write_day(item.deadline)}] " if item.deadline else "", style="yellow")
            line.append(flat(item.quote), style="default")
            line.no_wrap, line.overflow = True, "ellipsis"
            yield Padding(line, (0, 0, 0, 2))
        if len(here) > _ITEMS:
            yield Padding(Text(f"… và {len(here) - _ITEMS} mục khác", style="dim"), (0, 0, 0, 2))


def _tasks(reading: Reading) -> Iterator[RenderableType]:
    found = [fact for fact in reading.facts if isinstance(fact, Task)]
    if not found:
        return
    yield words.section("Việc cấp trên giao", str(len(found)))
    table = columns(first="right", last=False)
    for fact in found[:_ITEMS]:
        listed = f"  (liệt kê {fact.listed})" if fact.listed not in (None, fact.count) else ""
        table.add_row(words.grouped(fact.count) or "–", Text(flat(fact.assigner or "không rõ ai giao") + listed))
    yield table


def _people(reading: Reading) -> Iterator[RenderableType]:
    found = digest.people(reading)
    if not found:
        return
    yield words.section("Người được nêu tên", str(len(found)))
    yield people_table(found[:_ITEMS])
    if len(found) > _ITEMS:
        yield Padding(Text(f"… và {len(found) - _ITEMS} người khác", style="dim"), (0, 0, 0, 2))


def people_table(found: Sequence[digest.Named]) -> Table:
    """Names and posts."""
    table = columns(last=False)
    for one in found:
        text = Text("; ".join(one.titles) or "–", style="dim")
        if one.times > 1:
            text.append(f"  ({one.times} lần)")
        table.add_row(one.name, text)
    return table


def _named(label: str, names: Sequence[str]) -> Iterator[RenderableType]:
    once = list(dict.fromkeys(names))
    if once:
        yield words.section(label, str(len(once)))
        yield Padding(Text("; ".join(once), style="dim"), (0, 0, 0, 2))


def _unclaimed(reading: Reading, width: int) -> Iterator[RenderableType]:
    found = digest.unclaimed(reading)
    if found:
        yield words.section("Câu còn con số chưa đọc được", str(len(found)))
        yield from loose_lines(found[:_ITEMS], width=width)


def loose_lines(found: Sequence[digest.Loose], *, width: int) -> Iterator[RenderableType]:
    """Each sentence on one line that shows its number."""
    for one in found:
        before, number = flat(one.before), flat(one.number)
        text = Text(tail(before, (width - len(number)) // 2), style="dim")
        text.append(" " if one.before[-1:].isspace() else "")
        text.append(number, style="yellow not dim")
        gap = " " if one.after[:1].isspace() else ""
        text.append(gap + cut(flat(one.after), max(8, width - len(text) - 4)))
        yield Padding(text, (0, 0, 0, 2))
