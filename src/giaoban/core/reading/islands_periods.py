"""Islands that are months, quarters, half-years, years and terms."""

from __future__ import annotations

import re

from giaoban.core.reading.islands import DIGIT, Island, ends_with
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Consumed, Month, Months, Quarter, Relative, Token, UntilEvent, Week, Year
from giaoban.core.reading.words import NUMERALS, ROMAN

_Y = r"(?:19|20)[0-9]{2}(?![0-9])"
_OF_YEAR = rf"(?: ?[-/.] ?(?P<y>{_Y})|,? {{1,3}}(?:của {{1,3}})?năm {{1,3}}(?P<yw>{_Y}))"


def _year(match: re.Match[str]) -> int | None:
    year = match["y"] or match["yw"]
    return int(year) if year else None


def _end(match: re.Match[str]) -> int:
    return match.end()


def month(page: Page, match: re.Match[str]) -> list[Token] | None:
    """tháng 8, tháng 9-2020, tháng 1 đến tháng 6 năm 2020."""
    number, until = int(match["m"]), int(match["until"] or 0)
    if not 1 <= number <= 12 or until > 12:
        return None
    if until and until <= number:
        return None
    return [Month(start=match.start(), end=match.end(), month=number, year=_year(match), until=until or None)]


def bare_month(page: Page, match: re.Match[str]) -> list[Token] | None:
    """9/2020 without «tháng»."""
    if not 1 <= int(match["m"]) <= 12:
        return None
    return [Month(start=match.start(), end=match.end(), month=int(match["m"]), year=int(match["y"]))]


def quarter(page: Page, match: re.Match[str]) -> list[Token] | None:
    """quý IV năm 2020, quý 2/2024."""
    number = ROMAN.get(match["q"]) or int(match["q"])
    return [Quarter(start=match.start(), end=match.end(), quarter=number, year=_year(match))]


_COUNTED = tuple(NUMERALS)


def months(page: Page, match: re.Match[str]) -> list[Token] | None:
    """6 tháng đầu năm, 8 tháng đầu năm 2020, 9 tháng năm 2020."""
    return _months(match, start=match.start(), count=int(match["n"]))


def months_in_words(page: Page, match: re.Match[str]) -> list[Token] | None:
    """sáu tháng cuối năm: found at «tháng»; the number stands left of it."""
    word = ends_with(page.low[max(0, match.start() - 6) : match.start()], _COUNTED)
    start = match.start() - len(word) - 1 if word else -1
    if word is None or not page.low.startswith(word, start):
        return None
    return _months(match, start=start, count=NUMERALS[word])


def _months(match: re.Match[str], *, start: int, count: int) -> list[Token] | None:
    if not 1 <= count <= 12:
        return None
    year = match["y"] or match["yw"] or match["yb"]
    return [
        Months(
            start=start,
            end=match.end(),
            count=count,
            last=match["side"] == "cuối",
            past=match["past"] is not None,
            year=int(year) if year else None,
        )
    ]


def year(page: Page, match: re.Match[str]) -> list[Token] | None:
    """năm 2020, các năm 2019-2020. «năm mới 2021» and «năm học» are none."""
    until = int(match["until"]) if match["until"] else None
    if until is not None and until <= int(match["y"]):
        return None
    return [Year(start=match.start(), end=match.end(), year=int(match["y"]), until=until)]


def term(page: Page, match: re.Match[str]) -> list[Token] | None:
    """nhiệm kỳ 2020-2025, giai đoạn 2021 - 2030."""
    first, last = int(match["y"]), int(match["until"])
    if last <= first:
        return None
    is_term = match[0].startswith("nhiệm")
    return [Year(start=match.start(), end=match.end(), year=first, until=last, term=is_term)]


def congress_term(page: Page, match: re.Match[str]) -> list[Token] | None:
    """nhiệm kỳ Đại hội XII: from that national congress to the next."""
    first = page.words.congress_years.get(match["roman"])
    if first is None:
        return None
    return [Year(start=match.start(), end=match.end("roman"), year=first, until=first + 5, term=True)]


def year_span(page: Page, match: re.Match[str]) -> list[Token] | None:
    """2020 - 2025 standing alone."""
    first, last = int(match["y"]), int(match["until"])
    if not 0 < last - first <= 100:
        return None
    return [Year(start=match.start(), end=match.end(), year=first, until=last, term=last - first == 5)]


_SHIFTS = {
    "này": 0,
    "nay": 0,
    "qua": -1,
    "trước": -1,
    "vừa qua": -1,
    "vừa rồi": -1,
    "rồi": -1,
    "tới": 1,
    "sau": 1,
    "tiếp theo": 1,
}
_UNITS = {"tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}


def relative(page: Page, match: re.Match[str]) -> list[Token] | None:
    """tuần qua, tháng này, quý tới, năm nay; not «5 năm qua» nor «nhiều năm qua»."""
    left = page.left(match.start(), 12).rstrip(" ")
    if left[-1:].isdigit() or ends_with(left, ("nhiều", "những", "các", "mấy", "vài", *NUMERALS, "hàng", "hằng")):
        return None
    return [Relative(start=match.start(), end=match.end(), unit=_UNITS[match["u"]], shift=_SHIFTS[match["w"]])]


def week(page: Page, match: re.Match[str]) -> list[Token] | None:
    """tuần 34, tuần thứ 34 năm 2023: by number."""
    if not 1 <= int(match["n"]) <= 53:
        return None
    return [Week(start=match.start(), end=match.end(), number=int(match["n"]), year=_year(match))]


def open_since(page: Page, match: re.Match[str]) -> list[Token] | None:
    """từ đầu năm đến nay: open at its end."""
    return [Relative(start=match.start(), end=match.end(), unit=_UNITS[match["u"]], open=True)]


def end_of(page: Page, match: re.Match[str]) -> list[Token] | None:
    """từ nay đến cuối năm: only its last day matters."""
    if not ends_with(page.left(match.start(), 10), ("đến", "tới", "trước", "xong", "nhất", "nhất là")):
        return None
    start = match.start("u")
    year_text = match["y"]
    if year_text:
        return [Year(start=start, end=match.end(), year=int(year_text))]
    return [Relative(start=start, end=match.end(), unit=_UNITS[match["u"]], end_only=True)]


def until_event(page: Page, match: re.Match[str]) -> list[Token] | None:
    """từ nay đến Đại hội XIII của Đảng: due at something that has no day here."""
    event = page.text[match.start("event") : match.end("event")].rstrip()
    return [UntilEvent(start=match.start(), end=match.start("event") + len(event), event=event)]


def school_year(page: Page, match: re.Match[str]) -> list[Token] | None:
    """năm học 2020-2021 runs over two years; năm mới 2021 is a name, no period a report covers."""
    if match["until"] and match[0].startswith("năm học"):
        return [Year(start=match.start(), end=match.end(), year=int(match["y"]), until=int(match["until"]), term=True)]
    return [Consumed(start=match.start(), end=match.end(), why="name of a year")]


def since_beginning(page: Page, match: re.Match[str]) -> list[Token] | None:
    """từ đầu năm: open at its end."""
    return [Relative(start=match.start(), end=match.end(), unit="year", open=True)]


_MONTHS = (
    rf"tháng (?:(?P<side>đầu|cuối)(?: {{1,3}}năm(?: {{1,3}}(?P<y>{_Y}))?|,? {{1,3}}(?P<yb>{_Y}))?"
    rf"|năm {{1,3}}(?P<yw>{_Y})|(?P<past>(?:vừa )?qua))(?!\w)"
)
ISLANDS = (
    Island("months in words", ("tháng ",), re.compile(_MONTHS), months_in_words),
    Island(
        "month",
        ("tháng ",),
        re.compile(
            rf"tháng {{1,3}}(?P<m>[0-9]{{1,2}})(?![0-9%])(?! ?%)(?!,[0-9])"
            rf"(?: {{0,3}}(?:-|đến|tới) {{0,3}}"
            rf"(?:hết {{1,3}})?tháng {{1,3}}(?P<until>[0-9]{{1,2}})(?![0-9]))?{_OF_YEAR}?"
        ),
        month,
    ),
    Island("quarter", ("quý ",), re.compile(rf"quý {{1,3}}(?P<q>iv|iii|ii|i|[1-4])(?![a-zđ0-9]){_OF_YEAR}?"), quarter),
    Island(
        "named year",
        ("năm ",),
        re.compile(rf"năm (?:học|mới) {{1,3}}(?P<y>{_Y})(?: ?- ?(?P<until>{_Y}))?"),
        school_year,
    ),
    Island("year", ("năm ",), re.compile(rf"năm {{1,3}}(?P<y>{_Y})(?: ?- ?(?P<until>{_Y}))?"), year),
    Island(
        "term",
        ("nhiệm k", "giai đoạn "),
        re.compile(rf"(?:nhiệm k[ỳì]|giai đoạn) {{1,3}}(?P<y>{_Y}) ?(?:-|đến) ?(?P<until>{_Y})"),
        term,
    ),
    Island(
        "congress term",
        ("nhiệm k",),
        re.compile(
            r"nhiệm kỳ {1,3}(?:đại hội {1,3}(?:đại biểu toàn quốc {1,3})?(?:đảng {1,3})?(?:toàn quốc {1,3})?"
            r"(?:lần thứ {1,3})?"
            r"|khóa {1,3})(?P<roman>[ivx]{1,5})(?![a-zđ])"
        ),
        congress_term,
    ),
    Island(
        "relative",
        tuple(f"{unit} " for unit in _UNITS),
        re.compile(
            r"(?P<u>tuần|tháng|quý|năm) (?P<w>này|nay|vừa qua|vừa rồi|qua|rồi|trước(?! (?:ngày|khi|hạn"
            r"|[0-9]{1,2}[/-]))|tới|sau|tiếp theo)(?!\w)"
        ),
        relative,
    ),
    Island(
        "open since",
        ("từ đầu ",),
        re.compile(r"từ đầu (?P<u>năm|tháng|quý|tuần) (?:cho )?(?:đến|tới) nay(?!\w)"),
        open_since,
    ),
    Island("since beginning", ("từ đầu ",), re.compile(r"từ đầu năm(?! (?:học|[0-9]))(?!\w)"), since_beginning),
    Island(
        "end of",
        ("cuối ", "hết "),
        re.compile(rf"(?:cuối|hết) (?P<u>năm|quý|tháng|tuần)(?! [0-9ivx]+\b)(?: này| nay)?(?: (?P<y>{_Y}))?(?!\w)"),
        end_of,
    ),
    Island(
        "week",
        ("tuần ",),
        re.compile(
            rf"tuần (?:thứ |lễ )?(?P<n>[0-9]{{1,2}})(?![0-9/.,%-])(?! tháng)(?:{_OF_YEAR})?(?! [a-zđ]{{1,4}} đầu)"
        ),
        week,
    ),
    Island(
        "until event",
        ("từ nay ",),
        re.compile(
            r"từ nay (?:cho )?(?:đến|tới) {1,3}(?:hết {1,3}|trước {1,3}|khi {1,3}|trước khi {1,3})?"
            r"(?P<event>(?:đại hội|hội nghị|bầu cử|ngày bầu cử|tết|kỳ họp|lễ)"
            r"(?: {1,3}(?:[ivx]{1,5}(?!\w)|của đảng|đảng(?! bộ)|đại biểu toàn quốc|toàn quốc"
            r"|lần thứ [ivx0-9]{1,5}|nguyên đán|trung ương [0-9]{1,2}|đảng bộ \w{1,12}(?: \w{1,12})?)){0,4})"
        ),
        until_event,
    ),
    Island(
        "bare month",
        DIGIT,
        re.compile(rf"(?P<m>[0-9]{{1,2}}) ?[/-] ?(?P<y>{_Y})(?![/-])"),
        bare_month,
        after=("/", "-", " /", " -"),
    ),
    Island("months", DIGIT, re.compile(rf"(?P<n>[0-9]{{1,2}}) {_MONTHS}"), months, after=(" t",)),
    Island(
        "year span", DIGIT, re.compile(rf"(?P<y>{_Y}) ?- ?(?P<until>{_Y})(?!/)"), year_span, after=("-", " -"), size=4
    ),
)
