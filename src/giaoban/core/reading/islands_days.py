"""Islands that are days and stretches of days."""

from __future__ import annotations

import re
from calendar import monthrange

from giaoban.core.reading.islands import DIGIT, Island, ends_with
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Consumed, Day, DayRange, Token

DAY_WORDS = (
    "ngày", "hôm", "sáng", "chiều", "tối", "trưa", "đêm", "mùng", "mồng", "dịp", "lễ", "các ngày", "trước", "đợt",
    "chậm nhất", "muộn nhất", "hạn",
)  # fmt: skip
DAYPARTS = ("sáng", "chiều", "tối", "trưa", "đêm")
FEASTS = ("kỷ niệm", "dịp", "ngày", "lễ", "chào mừng", "quốc khánh", "phụ nữ", "liệt sĩ", "thầy thuốc", "nhà giáo")
_FEAST_DAYS = {(3, 2), (19, 5), (2, 9), (30, 4), (1, 5), (27, 7), (22, 12), (8, 3), (20, 10), (20, 11), (7, 11)}

_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"


def _day(n: int) -> str:
    """A day with optional month and year; groups d, s, m, y or mw, yw numbered by `n`."""
    return (
        rf"(?P<d{n}>[0-9]{{1,2}})(?![0-9])"
        rf"(?: ?(?P<s{n}>[/.-]) ?(?P<m{n}>[0-9]{{1,2}})(?![0-9])(?: ?(?P=s{n}) ?(?P<y{n}>{_YEAR}))?"
        rf"| {{1,3}}tháng {{1,3}}(?P<mw{n}>[0-9]{{1,2}})(?![0-9])(?: {{0,3}}[-/] {{0,3}}(?P<yt{n}>{_YEAR})"
        rf"|,? {{1,3}}năm {{1,3}}(?P<yw{n}>{_YEAR}))?)?"
    )


_CLOCK = r"(?P<hh>[0-9]{1,2}) ?(?::|h|g(?=[0-9 ])|giờ) ?(?P<mm>[0-5][0-9])?(?: ?phút)?(?:['’′]|(?![0-9]))"
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
_FULL = (
    r"(?:(?P<d>[0-9]{1,2}) ?(?P<s>[/.-]) ?(?P<m>[0-9]{1,2}) ?(?P=s) ?(?P<y>[0-9]{4})(?![0-9])"
    r"|(?P<dw>[0-9]{1,2}) {1,3}tháng {1,3}(?P<mw>[0-9]{1,2})(?: {0,3}[-/] {0,3}"
    r"|,? {1,3}năm {1,3})(?P<yw>[0-9]{4})(?![0-9]))"
)
_THEN_CLOCK = r"(?:[, |-]{1,4}(?P<hh>[0-9]{1,2})(?::|h|giờ)(?P<mm>[0-5][0-9])(?![0-9]))?"


def _part(match: re.Match[str], n: int) -> Day:
    group = match.groupdict()
    month = group[f"m{n}"] or group[f"mw{n}"]
    year = group[f"y{n}"] or group[f"yt{n}"] or group[f"yw{n}"]
    last = max(match.end(name) for name in (f"d{n}", f"m{n}", f"mw{n}", f"y{n}", f"yt{n}", f"yw{n}"))
    return Day(
        start=match.start(f"d{n}"),
        end=last,
        day=int(group[f"d{n}"]),
        month=int(month) if month else None,
        year=int(year) if year else None,
    )


def possible(day: Day) -> bool:
    """Whether a calendar has such a day; a 29 February without a year is possible."""
    if not 1 <= day.day <= 31 or (day.month is not None and not 1 <= day.month <= 12):
        return False
    if day.month is None:
        return True
    if day.year is not None and not 1900 <= day.year <= 2199:
        return False
    return day.day <= monthrange(day.year or 2000, day.month)[1]


def _time(match: re.Match[str]) -> str | None:
    hours, minutes = match["hh"], match["mm"]
    if hours is None or int(hours) > 24:
        return None
    return f"{int(hours):02d}:{minutes or '00'}"


def _daypart(page: Page, start: int) -> str | None:
    left = page.left(start, 16).rstrip()
    if left.endswith("ngày"):
        left = left[:-4].rstrip()
    return ends_with(left, DAYPARTS)


def clock_and_day(page: Page, match: re.Match[str]) -> list[Token] | None:
    """16:33' 25/8/2020: one date with its time. Joined by «ngày» the date stands alone, as it does in prose."""
    day = _full(page, match)
    if day is None:
        return [Consumed(start=match.start(), end=match.end(), why="impossible day")]
    start = day.start if "ngày" in page.low[match.end("hh") : day.start] else match.start()
    return [Day(start=start, end=day.end, day=day.day, month=day.month, year=day.year, time=_time(match))]


def _full(page: Page, match: re.Match[str]) -> Day | None:
    first = "d" if match["d"] else "dw"
    day = Day(
        start=match.start(first),
        end=max(match.end("y"), match.end("yw")),
        day=int(match[first]),
        month=int(match["m"] or match["mw"]),
        year=int(match["y"] or match["yw"]),
        daypart=_daypart(page, match.start(first)),
    )
    return day if possible(day) else None


def full_day(page: Page, match: re.Match[str]) -> list[Token] | None:
    """25/8/2020, 25-8-2020, 25 tháng 8 năm 2020; an impossible one is no fact, and no figure either."""
    day = _full(page, match)
    if day is None:
        return [Consumed(start=match.start(), end=match.end(), why="impossible day")]
    time = _time(match)
    end = match.end("mm") if time else day.end
    return [Day(**{**vars(day), "end": end, "time": time})]


def clock_alone(page: Page, match: re.Match[str]) -> list[Token] | None:
    """14h00, 8 giờ 30 phút: a time of day and no figure. «8 giờ» may still introduce a day."""
    if int(match["hh"]) > 24:
        return None
    return [Consumed(start=match.start(), end=match.end(), why="time of day")]


def day_range(page: Page, match: re.Match[str]) -> list[Token] | None:
    """từ ngày 17 đến ngày 23-8-2020, 12-18/10/2020, 10/10/1930 - 10/10/2020."""
    first, last = _part(match, 1), _part(match, 2)
    if last.month is None or not possible(first) or not possible(last):
        return None
    if "%" in page.right(match.end(), 2):
        return None
    left = page.left(match.start(), 24)
    day_word = ends_with(left, (*DAY_WORDS, "từ", "tuần", "từ ngày", "thời gian", "tuần từ"))
    dash = "-" in page.low[first.end : last.start]
    if not day_word and first.month is None and (last.year is None or not dash) and not left.endswith("("):
        return None
    if not day_word and first.month is not None and first.year is None and last.year is None and not dash:
        return None
    start = match.start()
    for opener in ("từ ngày", "từ", "ngày"):
        if ends_with(left, (opener,)):
            start -= len(left) - left.rfind(opener)
            break
    span = (last.year or 0) - (first.year or last.year or 0)
    return [DayRange(start=start, end=last.end, first=first, last=last, anniversary=span >= 5)]


def day_onwards(page: Page, match: re.Match[str]) -> list[Token] | None:
    """từ ngày 01/7/2025 đến nay; có hiệu lực từ ngày 01/01/2023: open at its end."""
    first = _part(match, 1)
    left = page.left(match.start(), 30)
    opener = ends_with(left, ("từ ngày", "kể từ ngày", "từ"))
    if opener is None or first.month is None or not possible(first):
        return None
    if not match["now"] and not ends_with(left[: left.rindex(opener)], _IN_FORCE):
        return None
    start = match.start() - (len(left) - left.rindex(opener))
    return [DayRange(start=start, end=match.end("now") if match["now"] else first.end, first=first, last=None)]


_IN_FORCE = (
    "hiệu lực",
    "hiệu lực thi hành",
    "áp dụng",
    "hiệu lực kể",
    "thi hành",
    "hoạt động",
    "thực hiện",
    "vận hành",
)


def day_list(page: Page, match: re.Match[str]) -> list[Token] | None:
    """17, 18 và 19-8-2020: days that share the month and year written last."""
    last = _part(match, 1)
    if last.month is None or not possible(last) or not ends_with(page.left(match.start(), 20), DAY_WORDS):
        return None
    days: list[Token] = []
    for found in re.finditer(r"[0-9]{1,2}", match["heads"]):
        start = match.start("heads") + found.start()
        day = Day(start=start, end=start + len(found[0]), day=int(found[0]), month=last.month, year=last.year)
        if not possible(day):
            return None
        days.append(day)
    return [*days, last]


def short_day(page: Page, match: re.Match[str]) -> list[Token] | None:
    """28/6, 30-12, 24.8: a day without a year, when the words around it say that it is one."""
    day = Day(
        start=match.start(),
        end=match.end(),
        day=int(match["d"]),
        month=int(match["m"]),
        daypart=_daypart(page, match.start()),
    )
    if not possible(day):
        return None
    left = page.left(match.start(), 24)
    counted = _counts_things(page, match.end())
    if ends_with(left, DAY_WORDS) and not (counted and ends_with(left, ("trước", "dịp", "đợt", "hạn"))):
        return [day]
    if ends_with(left, ("đến", "từ", "hết", "tính đến")) and not counted:
        return [day]
    feast = (day.day, day.month) in _FEAST_DAYS and not counted
    if feast and (match["s"] == "." or (match["s"] in ("/", "-") and left.rstrip(" (").endswith(FEASTS))):
        return [day]
    if match["s"] == "/" and left.endswith("ngày, ") and match["d"] > "12":
        return [day]  # «trong 1/2 ngày, 20/4»
    if (
        match["s"] == "/"
        and left.endswith("(")
        and page.low[match.end() : match.end() + 1] == ")"
        and match["d"] > "12"
    ):
        return [day]
    return None


def _counts_things(page: Page, end: int) -> bool:
    """Whether a noun of things follows."""
    return page.low[end : end + 1].isspace() and page.words.countable.at(page.low, end + 1) > 0


def lone_day(page: Page, match: re.Match[str]) -> list[Token] | None:
    """ngày 25: the month is left to the sentence."""
    if not ends_with(page.left(match.start(), 10), ("ngày", "mùng", "mồng")) or not 1 <= int(match[1]) <= 31:
        return None
    return [Day(start=match.start(), end=match.end(), day=int(match[1]))]


_DAY_CUES = frozenset(("ngày", "mùng", "mồng"))
ISLANDS = (
    Island(
        "clock and day",
        DIGIT,
        re.compile(rf"{_CLOCK}[ ,|-]{{1,4}}(?:{_WEEKDAY}[ ,|-]{{1,4}})?(?:ngày {{1,3}})?{_FULL}"),
        clock_and_day,
        after=(":", "h", "g", " :", " h", " g"),
    ),
    Island(
        "day range",
        DIGIT,
        re.compile(rf"{_day(1)} {{0,3}}(?:-|đến|tới|cho đến) {{0,3}}(?:hết {{1,3}})?(?:ngày {{1,3}})?{_day(2)}"),
        day_range,
        after=("/", ".", "-", "đ", "t", "c", " /", " .", " -", " đ", " t", " c", "  "),
    ),
    Island(
        "day onwards",
        DIGIT,
        re.compile(rf"{_day(1)}(?P<now> {{1,3}}(?:cho )?(?:đến|tới) nay(?!\w))?"),
        day_onwards,
        after=("/", ".", "-", " /", " .", " -", " t"),
    ),
    Island(
        "full day",
        DIGIT,
        re.compile(_FULL + _THEN_CLOCK),
        full_day,
        after=("/", ".", "-", " /", " .", " -", " t", "  "),
    ),
    Island(
        "day list",
        DIGIT,
        re.compile(
            rf"(?P<heads>[0-9]{{1,2}}(?: ?, ?[0-9]{{1,2}}){{0,11}}) ?(?:,|và|, ?và) ?(?:ngày {{1,3}})?{_day(1)}"
        ),
        day_list,
        after=(",", "v", " ,", " v"),
    ),
    Island(
        "short day",
        DIGIT,
        re.compile(
            r"(?P<d>[0-9]{1,2})(?: ?(?P<s>[/.-]) ?| {1,3}tháng {1,3})(?P<m>[0-9]{1,2})(?![0-9])(?![.,/-][0-9])(?! ?%)"
        ),
        short_day,
        after=("/", ".", "-", " /", " .", " -", " t", "  "),
    ),
    Island(
        "clock",
        DIGIT,
        re.compile(r"(?P<hh>[0-9]{1,2})(?::[0-5][0-9](?::[0-5][0-9])?|h[0-5][0-9]|h\b| ?giờ (?:[0-9]{1,2} ?phút)?)"),
        clock_alone,
        after=(":", "h", " g"),
    ),
    Island("lone day", DIGIT, re.compile(r"([0-9]{1,2})(?![0-9%/-])(?![.,][0-9])"), lone_day, left=_DAY_CUES),
)
