"""Islands that are figures, and the numbers that are none."""

from __future__ import annotations

import re

from giaoban.core.reading import islands_money
from giaoban.core.reading.islands import BLANK_DIGIT, DIGIT, LINE, Island, ends_with
from giaoban.core.reading.lexicon import Words
from giaoban.core.reading.page import Page
from giaoban.core.reading.phrases import Phrases
from giaoban.core.reading.scaled import DECIMAL, NUMBER, Scaled, parse
from giaoban.core.reading.tokens import Between, Consumed, Money, Months, Number, Percent, Ratio, Token
from giaoban.core.reading.words import DURATIONS, MULTIPLIERS

_PERCENT_NUMBER = r"[0-9]{1,4}(?:[.,][0-9]{1,4})?(?![0-9])"
_MEASURE = re.compile(r"(?:km|ha|kg|m2|m²|m3|tấn|mw|kwh)(?![a-zđ0-9])")
_CLOSING = re.compile(r"[,.;)\n:]|\([0-9]|\([^)\n]{2,80}\)[ ]?[,.;\n]")
_IN_WORDS = re.compile(r" ?\([^\W\d]{2,7}(?: [^\W\d]{2,7}){0,9}\)")
_MULTIPLIER = "|".join(MULTIPLIERS)


_NEXT = re.compile(r"\s{1,8}(\S{1,24})")


def _word_after(page: Page, end: int) -> str:
    match = _NEXT.match(page.low, end)
    return match[1].strip(".,;:()\"“”'") if match else ""


def counts_things(page: Page, end: int) -> bool:
    """Whether a known noun of things follows a number."""
    match = _NEXT.match(page.low, end)
    return match is not None and page.words.countable.at(page.low, match.start(1)) > 0


def too_long(page: Page, match: re.Match[str]) -> list[Token] | None:
    """A run of digits too long to be a number."""
    return [Consumed(start=match.start(), end=match.end(), why="too long")]


def glued(page: Page, match: re.Match[str]) -> list[Token] | None:
    """COVID-19, F1, Quốc hội15: digits that belong to a word."""
    start = match.start()
    before = page.low[start - 1 : start] if start else " "
    if before in " \n\t(":
        return None
    if before.isalpha() or before in "_@#":
        return [Consumed(start=start, end=match.end(), why="part of a word")]
    if before in "-." and start >= 2 and page.low[start - 2].isalpha():
        return [Consumed(start=start, end=match.end(), why="part of a word")]
    return None


def telephone(page: Page, match: re.Match[str]) -> list[Token] | None:
    """0912 345 678: no figure."""
    digits = sum(c.isdigit() for c in match[0])
    if 9 <= digits <= 12 or (digits in (8, 10) and match[0].startswith(("1800", "1900")) and len(match[0]) > digits):
        return [Consumed(start=match.start(), end=match.end(), why="telephone")]
    return None


def ordinal(page: Page, match: re.Match[str]) -> list[Token] | None:
    """khóa 15, lần thứ 15, Trung ương 13, 14, Tổ 5: names, not counts."""
    left = page.left(match.start(), 28)
    if ends_with(left, page.words.not_ordinals):
        return None
    strong = ends_with(left, page.words.strong_ordinals)
    weak = ends_with(left, page.words.weak_ordinals)
    if strong is None and weak is None:
        return None
    first_end = match.end("first")
    if weak is not None and strong is None and _is_count(page, weak, match.start(), first_end):
        return None
    if strong in ("đại hội", "hội nghị", "hạng", "đợt", "ca", "tập", "bài", "giai đoạn", "nhiệm kỳ") and counts_things(
        page, first_end
    ):
        return None
    end = match.end()
    if counts_things(page, end):
        end = first_end
    return [Consumed(start=match.start(), end=end, why="ordinal")]


def _is_count(page: Page, weak: str, start: int, end: int) -> bool:
    """Whether a number behind a word like «cấp» or «tổ» counts: «cấp 120 thẻ», «nâng cấp 04 tuyến», «đội 3-5 người»."""
    if counts_things(page, end) or page.low[start] == "0" or page.low[end : end + 1] in ("/", "%", "-"):
        return True
    word = _word_after(page, end)
    return weak == "cấp" and word[:1].isalpha() and word != "số" and word not in page.words.never_units


_PERIODS = frozenset(("3", "03", "6", "06", "9", "09", "8", "08", "10", "11"))
_LENGTHS = (
    "trong", "hạn", "gian", "sau", "mỗi", "cứ", "từ", "đủ", "là", "dài", "được", "đến", "tới", "trước", "trên", "dưới",
    "ít nhất", "tối đa", "cách", "khoảng", "gần", "hơn",
)  # fmt: skip


def duration(page: Page, match: re.Match[str]) -> list[Token] | None:
    """90 năm, 3 ngày, 30 năm tuổi Đảng: how long, not how many; «1.460 ngày công» counts."""
    if page.low.startswith(" công", match.end()):
        return None
    months = page.low.startswith(" tháng", match.end("n"))
    if months and match["n"] in _PERIODS and not ends_with(page.left(match.start(), 12), _LENGTHS):
        return [Months(start=match.start(), end=match.end(), count=int(match["n"]), bare=True)]
    return [Consumed(start=match.start(), end=match.end("n"), why="duration")]


def year_alone(page: Page, match: re.Match[str]) -> list[Token] | None:
    """2021 without a noun of things: a year in a name."""
    if counts_things(page, match.end()):
        return None
    return [Consumed(start=match.start(), end=match.end(), why="year")]


def page_number(page: Page, match: re.Match[str]) -> list[Token] | None:
    """A line that holds nothing but a number."""
    return [Consumed(start=match.start("n"), end=match.end("n"), why="page number")]


def percent(page: Page, match: re.Match[str]) -> list[Token] | None:
    """99,96 %, 15 đến 20%, 91 phần trăm."""
    pct = _percent_value(match["pct"])
    lo = _percent_value(match["lo"]) if match["lo"] else None
    if pct is None or (match["lo"] and lo is None):
        return None
    return [Percent(start=match.start(), end=match.end(), pct=pct, lo=lo)]


def _percent_value(text: str) -> Scaled | None:
    whole, dot, fraction = text.replace(",", ".").partition(".")
    return Scaled(units=int(whole + fraction), decimals=len(fraction)) if dot else Scaled(units=int(whole))


_ADDRESSES = ("số nhà", "đường", "ngõ", "ngách", "hẻm", "kiệt", "thứ", "vị trí")


def fraction_of_score(page: Page, match: re.Match[str]) -> list[Token] | None:
    """92,4/100 điểm: a ratio of numbers with decimals, which no figure of the contract holds exactly."""
    return [Consumed(start=match.start(), end=match.end(), why="ratio with decimals")]


def ratio(page: Page, match: re.Match[str]) -> list[Token] | None:
    """1.192/1.312 đại hội; 3/4 số chi bộ is a share; 24/24 giờ, 1/2 ngày, ranks and addresses are none."""
    num, den = parse(match["num"]), parse(match["den"])
    if num is None or den is None or num.decimals or den.decimals or den.units == 0:
        return None
    left = page.left(match.start(), 16)
    if _word_after(page, match.end()) in ("ngày", "giờ", "buổi", "năm", "thời") or ends_with(left, _ADDRESSES):
        return [Consumed(start=match.start(), end=match.end(), why="no ratio")]
    if "hạng" in page.left(match.start(), 40) and not counts_things(page, match.end()):
        return [Consumed(start=match.start(), end=match.end(), why="rank")]
    share = _word_after(page, match.end()) == "số" and den.units <= 20
    if num.units > den.units and not counts_things(page, match.end()):
        return None
    return [Ratio(start=match.start(), end=match.end(), num=num.units, den=den.units, share=share)]


def out_of(page: Page, match: re.Match[str]) -> list[Token] | None:
    """12 trong tổng số 15 đảng bộ."""
    num, den = parse(match["num"]), parse(match["den"])
    if num is None or den is None or num.units > den.units or not den.units:
        return None
    return [Ratio(start=match.start(), end=match.end(), num=num.units, den=den.units)]


def between(page: Page, match: re.Match[str]) -> list[Token] | None:
    """10-15 đồng chí, từ 27 đến 33 ủy viên."""
    lo, hi = parse(match["lo"]), parse(match["hi"])
    if lo is None or hi is None or lo.at(decimals=4) >= hi.at(decimals=4):
        return None
    word = _word_after(page, match.end())
    if not word[:1].isalpha() or word in page.words.never_units or word in DURATIONS:
        return None
    return [Between(start=match.start(), end=match.end(), lo=lo, hi=hi)]


def count(page: Page, match: re.Match[str]) -> list[Token] | None:
    """39 lượt nhân sự; Khiển trách 26, cảnh cáo 03; a number alone in a table cell."""
    value = parse(match["value"])
    if value is None:
        return None
    for word in (match["by"] or "").split():
        value = value.times(MULTIPLIERS[word])
    start, end = match.start(), match.end()
    if match["by"] and match["by"].endswith("tỷ") and not _word_after(page, end)[:1].isalpha():
        return [Money(start=start, end=end, value=value, currency="VND")]
    if page.low[start - 1 : start] in "\t\n" or start == 0:
        cell = _is_cell(page, start, end)
        if cell:
            return [Number(start=start, end=end, value=value, cell=True)]
    if _names(page, start, end):
        return [Consumed(start=start, end=end, why="part of a name")]
    word = _word_after(page, noun_place(page, start, end))
    if word == "cấp" and end - start == 1 and ends_with(page.left(start, 16), ("địa phương", "mô hình")):
        return [Consumed(start=start, end=end, why="part of a name")]
    if word[:1].isalpha() and (word not in page.words.never_units or page.low.startswith(" ngày công", end)):
        return [Number(start=start, end=end, value=value)]
    if _MEASURE.match(page.low, end):
        return [Number(start=start, end=end, value=value)]
    if _follows_its_noun(page, start, end):
        return [Number(start=start, end=end, value=value, after=True)]
    return [Consumed(start=start, end=end, why="no unit")]


def noun_place(page: Page, start: int, end: int) -> int:
    """Where the noun of a number may begin: behind «(1.192)» in brackets, or behind «06 (sáu)»."""
    if page.low[end : end + 1] == ")" and page.low[max(0, start - 1) : start] == "(":
        return end + 1
    note = _IN_WORDS.match(page.low, end)
    return note.end() if note else end


def _names(page: Page, start: int, end: int) -> bool:
    """cầu Bến Thủy 3, COP 26: a capitalised word before a small number, and no noun of things behind it."""
    if end - start > 2 or page.low[start] == "0":
        return False
    words = page.view[max(0, start - 24) : start].rpartition("\n")[2].split()
    if len(words) < 2 or not words[-1][0].isupper() or words[-2][-1] in ".:;!?":
        return False
    return words[-1].isalpha() and not counts_things(page, end)


def _is_cell(page: Page, start: int, end: int) -> bool:
    line = page.line(start)
    return page.low.find("\t", *line) >= 0 and (end >= line[1] or page.low[end] == "\t")


_GOES_ON = Phrases(["và", "so với", "trong đó", "trong số", "còn", "gồm", "bao gồm"])


def _follows_its_noun(page: Page, start: int, end: int) -> bool:
    """Whether the noun stands before the number and the number closes its clause."""
    following = page.right(end, 12)
    bare = following.lstrip(" ")
    closes = not bare or _CLOSING.match(bare) is not None or _GOES_ON.at(bare, 0) > 0
    if not closes or (bare[:1] == ":" and bare[1:2].isdigit()):
        return False
    left = page.left(start, 30).rstrip()
    if left.endswith(":"):
        return left[-2:-1].isalpha() or left[-2:-1] == " "
    word = left.split()[-1].lstrip('(“"') if left.split() else ""
    says_it = word in ("là", "đạt", "có", "bằng", "tăng", "giảm", "còn", "tuổi", "thành", "loại", "chậm")
    return word.isalpha() and (says_it or word not in page.words.never_units)


_DENIED = re.compile(r"không (?P<have>có )?(?P<noun>[^.,;:\n0-9]{2,40}) $")


def none_at_all(page: Page, match: re.Match[str]) -> list[Token] | None:
    """không có trường hợp nào, không TCCSĐ nào: nought. Found at «nào»; what is denied stands left of it."""
    base = max(0, match.start() - 52)
    before = _DENIED.search(page.low, base, match.start())
    if before is None or not (before["have"] or page.words.countable.at(page.low, before.start("noun"))):
        return None
    if before.start() and page.low[before.start() - 1].isalpha():
        return None
    end = before.end("have") if before["have"] else before.start() + len("không")
    return [Number(start=before.start(), end=end, value=Scaled(units=0), none=True)]


_SOME = re.compile(r"(?:nào|gì|thể|được|sự|đủ|ý|quyền|nghĩa)(?!\w)")


def no_such(page: Page, match: re.Match[str]) -> list[Token] | None:
    """«không có trường hợp tử vong», «Đơn quá hạn: không.»: nought."""
    zero = Scaled(units=0)
    if match["noun"] is None:
        left = page.left(match.start(), 40).rstrip()
        if not left.endswith(":") or not left[-2:-1].isalpha():
            return None
        return [Number(start=match.start(), end=match.end(), value=zero, after=True)]
    noun = match.start("noun")
    if not page.words.countable.at(page.low, noun) or _SOME.search(page.low, noun, match.end()):
        return None
    return [Number(start=match.start(), end=noun - 1, value=zero, none=True)]


_DURATION = "|".join(DURATIONS)


def islands(words: Words) -> tuple[Island, ...]:
    """The islands of figures and of numbers that are none, for the words of an office."""
    named = (*words.strong_ordinals, *words.weak_ordinals)
    ordinals = frozenset(word.rpartition(" ")[2] for word in named)
    return (*_ISLANDS, Island("ordinal", DIGIT, _ORDINAL, ordinal, left=ordinals))


_ORDINAL = re.compile(
    r"(?P<first>[0-9]{1,4}(?![0-9])(?!\.[0-9]{3})(?!,[0-9]))(?: ?(?:,|và) ?[0-9]{1,3}(?![0-9/%.])){0,12}"
)
_ISLANDS = (
    Island("page number", LINE, re.compile(r"(?:- {0,2})?(?P<n>[0-9]{1,4}) {0,2}-?[ /]{0,9}(?=\n|$)"), page_number),
    Island("glued", DIGIT, re.compile(r"[0-9]+"), glued),
    Island("long", DIGIT, re.compile(r"[0-9]+"), too_long, size=16),
    Island(
        "telephone",
        DIGIT,
        re.compile(r"(?:0|84|1[89]00)[0-9]{0,10}(?:[ .-][0-9]{2,7}){0,4}(?![0-9])"),
        telephone,
        opens=("0", "84", "18", "19"),
    ),
    Island(
        "percent",
        DIGIT,
        re.compile(
            rf"(?:(?P<lo>{_PERCENT_NUMBER}) ?%? ?(?:-|đến|tới) ?)?(?P<pct>{_PERCENT_NUMBER}) ?(?:%|phần trăm(?!\w))"
        ),
        percent,
        after=(",", ".", "%", "-", " %", " -", " đ", " t", " p"),
    ),
    Island(
        "out of",
        DIGIT,
        re.compile(
            rf"(?P<num>{NUMBER})(?= [^\W\d])(?=[^.,;:\n]{{0,44}} số [0-9])(?: [^\W\d]{{1,7}}){{0,5}} (?:trong|trên)"
            rf" (?:tổng )?số (?P<den>{NUMBER})"
        ),
        out_of,
    ),
    Island(
        "ratio with decimals",
        DIGIT,
        re.compile(r"[0-9]{1,6}(?:,[0-9]{1,3}/[0-9]{1,6}(?:,[0-9]{1,3})?|/[0-9]{1,6},[0-9]{1,3})(?![0-9/])"),
        fraction_of_score,
        after=(",", "/"),
    ),
    Island(
        "ratio",
        DIGIT,
        re.compile(rf"(?P<num>{NUMBER}) ?/ ?(?P<den>{NUMBER})(?![/-]\w)"),
        ratio,
        after=(".", "/", " /", *BLANK_DIGIT),
    ),
    *islands_money.ISLANDS,
    Island(
        "duration",
        DIGIT,
        re.compile(rf"(?P<n>[0-9]{{1,5}}(?: ?- ?[0-9]{{1,4}})?) (?:{_DURATION})(?!\w)"),
        duration,
        after=("-", " -", *(f" {first}" for first in sorted({word[0] for word in DURATIONS}))),
    ),
    Island(
        "year alone",
        DIGIT,
        re.compile(r"(?:19|20)[0-9]{2}(?![0-9%])(?![.,][0-9])"),
        year_alone,
        opens=("19", "20"),
        size=4,
    ),
    Island(
        "between",
        DIGIT,
        re.compile(rf"(?P<lo>{DECIMAL}) ?(?:-|đến|tới) ?(?P<hi>{DECIMAL})(?![-/])"),
        between,
        after=("-", ".", ",", " -", " đ", " t", *BLANK_DIGIT),
    ),
    Island(
        "count",
        DIGIT,
        re.compile(rf"(?P<value>{DECIMAL})(?: (?P<by>(?:{_MULTIPLIER})(?: (?:{_MULTIPLIER}))?)(?!\w))?(?!/[0-9])"),
        count,
    ),
    Island("none", ("nào",), re.compile(r"nào(?!\w)"), none_at_all),
    Island(
        "no such",
        ("không",),
        re.compile(r"không(?: có (?P<noun>[^.,;:\n0-9]{2,40})|(?P<have> có)?(?= ?[.;\n]))"),
        no_such,
    ),
)
