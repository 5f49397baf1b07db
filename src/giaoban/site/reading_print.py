"""A reading as a quiet page on the terminal: what it says, what adds up, what is due when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from giaoban.core.reading import Reading
from giaoban.core.reading.facts import Citation, Deadline, Directive, Figure, PeriodFact
from giaoban.core.reading.scaled import Scaled
from giaoban.core.text_vi.dates import write_day

GENRES = {
    "weekly_report": "báo cáo tuần",
    "monthly_briefing": "giao ban tháng",
    "quarterly_briefing": "giao ban quý",
    "quarterly_report": "báo cáo quý",
    "half_year_review": "sơ kết 6 tháng",
    "annual_review": "tổng kết năm",
    "conclusion": "thông báo kết luận",
    "briefing": "giao ban",
    "report": "báo cáo",
    "article": "bài viết",
}
BASES = {
    "dateline": "ghi trên văn bản",
    "given": "do người đọc cho biết",
    "latest_date": "ngày muộn nhất được nhắc đến",
    "year": "chỉ biết năm",
    "none": "không rõ",
}
ROLES = {
    "directive": "Chỉ đạo, yêu cầu",
    "plan": "Dự kiến, phương hướng",
    "lesson": "Bài học, kinh nghiệm",
    "agenda": "Chương trình",
    "result": "Kết quả",
}
_VERDICTS = {"ok": ("✓", "green", "khớp"), "warn": ("!", "yellow", "cần xem"), "mismatch": ("✗", "red", "không khớp")}
_SHOWN = 40


def print_reading(*, console: Console, name: str, reading: Reading) -> None:
    """Print one document."""
    parts: list[Group | None] = [
        _head(name, reading),
        _figures(reading),
        _due(reading),
        _items(reading),
        _papers(reading),
    ]
    console.print(Group(*(part for part in parts if part is not None)))


def _head(name: str, reading: Reading) -> Group:
    header = reading.header
    title = Text(header.title or "(không có tiêu đề)", style="bold")
    facts = [GENRES.get(header.genre, header.genre)]
    if header.issuer:
        facts.append(header.issuer)
    if reading.reference.day:
        facts.append(f"ngày {write_day(reading.reference.day)} ({BASES[reading.reference.basis]})")
    elif reading.reference.year:
        facts.append(f"năm {reading.reference.year}")
    periods = _periods(reading)
    lines: list[RenderableType] = [
        Rule(Text(name, style="dim"), align="left", style="dim"),
        title,
        Text(" · ".join(facts), style="dim"),
    ]
    if periods:
        lines.append(Text("Kỳ: " + "; ".join(periods), style="dim"))
    return Group(*lines)


def _periods(reading: Reading) -> list[str]:
    seen: dict[tuple[object, object], str] = {}
    for fact in reading.facts:
        if isinstance(fact, PeriodFact) and fact.role == "reporting" and isinstance(fact.start_date, date):
            last = write_day(fact.end_date) if isinstance(fact.end_date, date) else "nay"
            seen.setdefault((fact.start_date, fact.end_date), f"{write_day(fact.start_date)} – {last}")
    return list(seen.values())[:4]


def _figures(reading: Reading) -> Group | None:
    figures = [fact for fact in reading.facts if isinstance(fact, Figure)]
    if not figures:
        return None
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True, style="bold")
    table.add_column(ratio=1)
    table.add_column(no_wrap=True)
    for figure in figures[:_SHOWN]:
        table.add_row(_amount(figure), _what(figure), _verdict(figure))
    more = len(figures) - _SHOWN
    rows: list[RenderableType] = [_section("Số liệu", _tally(figures)), table]
    if more > 0:
        rows.append(Text(f"… và {more} số liệu khác (xem --json)", style="dim"))
    return Group(*rows)


def _tally(figures: Sequence[Figure]) -> str:
    checked = [figure.check.verdict for figure in figures if figure.check]
    bad = sum(verdict == "mismatch" for verdict in checked)
    unsure = sum(verdict == "warn" for verdict in checked)
    words = [f"{len(figures)} số liệu", f"{len(checked)} đối chiếu được"]
    if bad:
        words.append(f"{bad} không khớp")
    if unsure:
        words.append(f"{unsure} cần xem")
    return ", ".join(words)


def _amount(figure: Figure) -> Text:
    prefix = f"{figure.approx} " if figure.approx else ""
    if figure.sub == "ratio":
        text = f"{_grouped(figure.num)}/{_grouped(figure.den)}"
    elif figure.sub == "percent" and figure.pct is not None:
        text = f"{figure.pct}%"
    elif figure.lo is not None and figure.hi is not None:
        text = f"{figure.lo}–{figure.hi}" + ("%" if figure.sub == "percent" else "")
    else:
        text = _scaled(figure.value) + (f" {figure.unit}" if figure.sub == "money" else "")
    if figure.sub in ("ratio", "count") and figure.pct is not None:
        text += f" ({figure.pct_approx + ' ' if figure.pct_approx else ''}{figure.pct}%)"
    return Text(prefix + text)


def _what(figure: Figure) -> Text:
    text = Text()
    if figure.delta:
        text.append(f"{figure.delta} ", style="cyan")
    text.append(figure.unit or "" if figure.sub != "money" else "")
    if figure.part_of is not None:
        text.append(f"  trong {_grouped(figure.part_of)}", style="dim")
    if figure.scope and figure.scope != figure.unit:
        text.append(f"  {figure.scope}", style="dim")
    if figure.as_of:
        text.append(f"  đến {write_day(figure.as_of)}", style="dim")
    return text


def _verdict(figure: Figure) -> Text:
    if figure.check is None:
        return Text("")
    mark, style, words = _VERDICTS[figure.check.verdict]
    text = Text(f"{mark} {words}", style=style)
    if figure.part_of is not None and figure.check.stated.units > figure.part_of:
        text.append(f": lớn hơn tổng {_grouped(figure.part_of)}")
    elif figure.check.verdict != "ok":
        text.append(f": tính ra {figure.check.computed}, ghi {figure.check.stated}")
    return text


def _due(reading: Reading) -> Group | None:
    due = [fact for fact in reading.facts if isinstance(fact, Deadline)]
    if not due:
        return None
    due.sort(key=lambda fact: (fact.iso is None, fact.iso or date.max, fact.start))
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=1)
    for fact in due[:_SHOWN]:
        when = write_day(fact.iso) if fact.iso else fact.event or "hằng tháng"
        table.add_row(when, _sentence_around(reading, fact.start, fact.end))
    return Group(_section("Đến hạn", f"{len(due)} mốc"), table)


def _sentence_around(reading: Reading, start: int, end: int) -> Text:
    first = max(0, start - 70)
    last = min(len(reading.text), end + 30)
    before = reading.text[first:start].rpartition("\n")[2]
    after = reading.text[end:last].partition("\n")[0]
    text = Text(("…" if first else "") + before, style="dim")
    text.append(reading.text[start:end], style="not dim")
    text.append(after + "…")
    return text


def _items(reading: Reading) -> Group | None:
    items = [fact for fact in reading.facts if isinstance(fact, Directive)]
    if not items:
        return None
    rows: list[RenderableType] = []
    for role, label in ROLES.items():
        here = [item for item in items if item.role == role]
        if not here:
            continue
        rows.append(_section(label, f"{len(here)} mục"))
        for item in here[:12]:
            line = Text(" ".join(item.quote.split()), overflow="ellipsis", no_wrap=True)
            if item.deadline:
                line = Text(f"[{write_day(item.deadline)}] ", style="yellow") + line
            rows.append(Padding(line, (0, 0, 0, 2)))
        if len(here) > 12:
            rows.append(Padding(Text(f"… và {len(here) - 12} mục khác", style="dim"), (0, 0, 0, 2)))
    return Group(*rows)


def _papers(reading: Reading) -> Group | None:
    names: dict[str, None] = {}
    for fact in reading.facts:
        if isinstance(fact, Citation):
            names.setdefault(" ".join(fact.quote.split()), None)
    if not names:
        return None
    return Group(
        _section("Văn bản được nhắc đến", str(len(names))), Padding(Text("; ".join(names), style="dim"), (0, 0, 0, 2))
    )


def _section(label: str, note: str) -> Text:
    text = Text(f"\n{label}", style="bold blue")
    text.append(f"  {note}", style="dim not bold")
    return text


def _grouped(number: int | None) -> str:
    return "" if number is None else f"{number:,}".replace(",", ".")


def _scaled(value: Scaled | None) -> str:
    if value is None:
        return ""
    return _grouped(value.units) if not value.decimals else str(value)
