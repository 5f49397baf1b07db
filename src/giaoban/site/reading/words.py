"""How figures, days and kinds of text are said on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.rule import Rule
from rich.text import Text

from giaoban.core.reading import Reading
from giaoban.core.reading.facts import Figure
from giaoban.core.reading.scaled import Scaled
from giaoban.core.text_vi.dates import write_day
from giaoban.site.reading import digest
from giaoban.site.reading.plain import flat, tail

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
_CONTEXT = 44  # characters before a number that stands without a unit
_VERDICTS = {"ok": ("✓", "green", "khớp"), "warn": ("!", "yellow", "cần xem"), "mismatch": ("✗", "red", "không khớp")}


def what_it_is(reading: Reading) -> Text:
    """Genre, issuer and day on one line."""
    header = reading.header
    facts = [GENRES.get(header.genre, header.genre)]
    if header.issuer:
        facts.append(flat(header.issuer))
    if reading.reference.day:
        basis = BASES.get(reading.reference.basis, reading.reference.basis)
        facts.append(f"ngày {write_day(reading.reference.day)} ({basis})")
    elif reading.reference.year:
        facts.append(f"năm {reading.reference.year}")
    return Text(" · ".join(facts), style="dim")


@dataclass(frozen=True)
class NameLine:
    """A line across the page with the name of a file; of a long name the end is shown, for there the file is named."""

    name: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        name, room = self.name, options.max_width - 4
        if cell_len(name) > room:
            name = "…" + name[-(room - 1) :]
        yield Rule(Text(name, style="dim"), align="left", style="dim")


def title(reading: Reading) -> Text:
    """The title, or that there is none."""
    return Text(flat(reading.header.title or "") or "(không có tiêu đề)", style="bold")


def section(label: str, note: str = "") -> Text:
    """The head of a section, an empty line above it."""
    text = Text(f"\n{label}", style="bold blue")
    if note:
        text.append(f"  {note}", style="dim not bold")
    return text


def tally(figures: Sequence[Figure]) -> str:
    """How many figures there are and how many of them add up."""
    found = digest.verdicts(figures)
    words = [f"{len(figures)} số liệu"]
    if checked := found.total():
        words.append(f"{checked} đối chiếu được")
        words += [f"{found[verdict]} {_VERDICTS[verdict][2]}" for verdict in _VERDICTS if found[verdict]]
    return ", ".join(words)


def amount(figure: Figure) -> Text:
    """The number itself: «gần 1.192/1.312 (91%)»."""
    prefix = f"{figure.approx} " if figure.approx else ""
    if figure.sub == "ratio":
        text = f"{grouped(figure.num)}/{grouped(figure.den)}"
    elif figure.sub == "percent" and figure.pct is not None:
        text = f"{figure.pct}%"
    elif figure.lo is not None and figure.hi is not None:
        text = f"{_scaled(figure.lo)}–{_scaled(figure.hi)}" + ("%" if figure.sub == "percent" else "")
    elif figure.sub == "money":
        text = _money(figure)
    else:
        text = _scaled(figure.value)
    if figure.sub in ("ratio", "count", "money") and figure.pct is not None:
        text += f" ({figure.pct_approx + ' ' if figure.pct_approx else ''}{figure.pct}%)"
    return Text(prefix + text)


def about(figure: Figure, reading: Reading) -> Text:
    """What the number counts, of what it is a part, whose it is and at which day; else the words before it."""
    text = Text()
    if figure.delta:
        text.append(f"{figure.delta} ", style="cyan")
    text.append(flat(figure.unit or "") if figure.sub != "money" else "")
    if figure.part_of is not None:
        text.append(f"  trong {grouped(figure.part_of)}", style="dim")
    if figure.scope and figure.scope != figure.unit:
        text.append(f"  {flat(figure.scope)}", style="dim")
    if not text.plain.strip():
        start, _ = reading.sentence(figure.start)
        text = Text(tail(flat(reading.text[start : figure.start]), _CONTEXT), style="dim italic")
    if figure.as_of:
        text.append(f"  đến {write_day(figure.as_of)}", style="dim")
    return text


def verdict(figure: Figure) -> Text:
    """Whether it adds up, and where it does not, what it should be."""
    if figure.check is None:
        return Text("")
    mark, style, words = _VERDICTS[figure.check.verdict]
    text = Text(f"{mark} {words}", style=style)
    if figure.part_of is not None and figure.check.stated.units > figure.part_of:
        text.append(f": lớn hơn tổng {grouped(figure.part_of)}")
    elif figure.check.verdict != "ok":
        text.append(f": tính ra {_scaled(figure.check.computed)}, ghi {_scaled(figure.check.stated)}")
    return text


def grouped(number: int | None) -> str:
    """A whole number with dots between its thousands.

    >>> grouped(1312)
    '1.312'
    """
    return "" if number is None else f"{number:,}".replace(",", ".")


_UNITS = {"VND": "đồng", "USD": "USD"}
_ROUND = ((10**12, "nghìn tỷ"), (10**9, "tỷ"), (10**6, "triệu"))


def _money(figure: Figure) -> str:
    value, unit = figure.value, _UNITS.get(figure.unit or "", figure.unit or "")
    whole = value.whole if value is not None else None
    for size, name in _ROUND:
        if whole and whole % (size // 1000) == 0 and whole >= size:
            units, rest = divmod(whole, size)
            fraction = f",{rest * 1000 // size:03}".rstrip("0").rstrip(",")
            return f"{grouped(units)}{fraction} {name} {unit}".rstrip()
    return f"{_scaled(value)} {unit}".rstrip()


def _scaled(value: Scaled | None) -> str:
    if value is None:
        return ""
    return grouped(value.units) if not value.decimals else str(value).rstrip("0").removesuffix(",")
