"""Islands that are papers referred to.

A paper with a number is found at its digits: what stands left of them says of what type it is.
"""

from __future__ import annotations

import re

from giaoban.core.reading.islands import DIGIT, Island, ends_with
from giaoban.core.reading.lexicon import Words
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Cited, Token

_LETTERS = "a-zđươêôâă"
# 205-QĐ/TƯ, 119- KH/TU, 156/QĐ-UBND, 30/2020/NĐ-CP, 06/2022/QH15
SYMBOL = (
    r"(?P<number>[0-9]{1,5}[a-z]?(?: ?/ ?(?:19|20)[0-9]{2})?) ?[-/] ?"
    rf"(?P<code>[{_LETTERS}]{{1,10}}[0-9]{{0,2}}"
    rf"(?: ?[-/] ?[{_LETTERS}][{_LETTERS}.]{{0,11}}[0-9]{{0,2}}){{0,3}})(?![{_LETTERS}0-9])"
)
_LEFT = 48
_PLENUM = re.compile(
    r"[0-9]{1,2}(?: ?(?:,|và) ?[0-9]{1,2}){0,8}(?![0-9])(?: ?\((?:lần [0-9]|khóa [ivx]{1,5})\))?"
    r"(?:,? {1,3}khóa {1,3}[ivx]{1,5}(?: ?(?:,|và) ?khóa {1,3}[ivx]{1,5}){0,3})?"
)
_OTHER = r"(?:nghị quyết|quy định|kết luận|chỉ thị|quy chế|hướng dẫn|thông báo)"
_PLENUM_LEFT = re.compile(
    rf"(?P<type>nghị quyết|quy định|kết luận|chỉ thị)(?:, {{1,3}}{_OTHER}){{0,4}}(?: {{1,3}}và {{1,3}}{_OTHER})?"
    r" {1,3}(?:của {1,3})?(?P<body>(?:hội nghị {1,3})?(?:lần thứ {1,3}\w{1,6} {1,3})?(?:ban chấp hành {1,3})?"
    r"trung ương {1,3}(?:lần thứ {1,3})?)$"
)


def symbol_text(code: str) -> str:
    """A symbol as documents are identified by: capitals, no blanks, TƯ and T.Ư as TW.

    >>> symbol_text("ct/tư"), symbol_text("ĐA/TU"), symbol_text("qđ-ubnd")
    ('CT/TW', 'ĐA/TU', 'QĐ-UBND')
    """
    upper = code.upper().replace(" ", "").replace(".", "")
    return upper.replace("TƯ", "TW") if upper.endswith("TƯ") or "TƯ" in upper.replace("/", "-").split("-") else upper


def _is_symbol(page: Page, start: int, end: int) -> bool:
    """A symbol is written in capitals and has a kind code or a body behind a stroke."""
    code = page.view[start:end]
    letters = "".join(c for c in code if c.isalpha())
    first = page.low[start:end].replace("/", "-").split("-")[0].strip()
    small = sum(c.islower() for c in letters)
    shaped = "/" in code or "-" in code or first in page.words.paper_codes or bool(re.fullmatch(r"qh[0-9]{1,2}", first))
    return len(letters) >= 2 and shaped and 3 * small <= len(letters)


def _type_before(page: Page, place: int) -> tuple[str, int, bool] | None:
    """The type of paper written before a number, where it begins, and whether «số» stands between."""
    base = max(0, place - _LEFT)
    left = page.low[base:place].rstrip(" ")
    has_so = left.endswith((" số", " số:", " số :"))
    if has_so:
        left = left[: left.rindex(" số")].rstrip(" ")
    kind = ends_with(left.removesuffix(" liên tịch"), tuple(page.words.paper_types))
    return None if kind is None else (kind, base + len(left.removesuffix(" liên tịch")) - len(kind), has_so)


def paper(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Quy định số 205-QĐ/TƯ with its type, 26-HD/BTCTW without: then the kind code tells it."""
    if not _is_symbol(page, match.start("code"), match.end("code")):
        return None
    before = _type_before(page, match.start())
    if before is not None:
        kind, start = before[:2]
    else:
        code = page.low[match.start("code") : match.end("code")]
        coded = "luật" if code.startswith("qh") else page.words.paper_codes.get(re.split(r"[-/ ]", code)[0])
        if coded is None and "-" in code and _OWN_NUMBER.search(page.left(match.start(), 8)):
            coded = "công văn"  # a letter bears no kind code
        if coded is None:
            return None
        kind, start = coded, match.start()
    number = match["number"].replace(" ", "")
    return [Cited(start=start, end=match.end(), type=kind, number=number, symbol=symbol_text(match["code"]))]


def numbered_paper(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Nghị quyết 15, Kết luận số 21: the type is capitalised or «số» stands between, and no noun of things follows."""
    before = _type_before(page, match.start())
    if before is None:
        return None
    kind, start, has_so = before
    if not page.words.paper_types[kind] or not (page.view[start].isupper() or has_so):
        return None
    following = page.right(match.end(), 3)
    if following[:1] in ("%", "/") or (following[:1] in (".", "-") and following[1:2].isdigit()):
        return None
    if not has_so and re.fullmatch(r"(?:19|20)[0-9]{2}", match[0]):
        return None
    if not has_so and following[:1].isspace() and page.words.countable.at(page.low, match.end() + 1):
        return None
    return [Cited(start=start, end=match.end(), type=kind, number=match[0])]


def plenum_paper(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Nghị quyết Trung ương 4 khóa XI, khóa XII."""
    base = max(0, match.start() - 120)
    left = page.low[base : match.start()]
    if not left.endswith(("trung ương ", "thứ ")):
        return None
    before = _PLENUM_LEFT.search(left)
    if before is None:
        return None
    body = page.text[base + before.start("body") : match.end()]
    return [Cited(start=base + before.start(), end=match.end(), type=before["type"], body=body)]


def congress_paper(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Nghị quyết Đại hội XIII của Đảng."""
    body = page.text[match.start("body") : match.end("body")]
    return [Cited(start=match.start(), end=match.end(), type="nghị quyết", body=body)]


_OWN_NUMBER = re.compile(r"(?:^|\n)\s{0,3}số ?:? ?$")
_LAW_NAME = re.compile(r"(?: [^\W\d_]{1,10}){1,9}")


def law(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Luật Tổ chức chính quyền địa phương, Điều lệ Mặt trận Tổ quốc Việt Nam: by its name."""
    kind = match["type"]
    first = page.view[match.end() + 1 : match.end() + 2]
    if not page.view[match.start()].isupper() or not first.isupper():
        return None
    name = _LAW_NAME.match(page.view, match.end())
    if name is None:
        return None
    end = match.end()
    for word in name[0].split():
        if end > match.end() and not word[0].isupper() and (word in page.words.unit_stops or kind == "điều lệ"):
            break
        end += 1 + len(word)
    return [Cited(start=match.start(), end=end, type="luật" if "luật" in kind else kind)]


def charter(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Điều lệ Đảng."""
    if not page.view[match.start()].isupper() and not page.view[match.end() - 4].isupper():
        return None
    if ends_with(page.left(match.start(), 12), ("phí", "huy hiệu")):
        return None
    return [Cited(start=match.start(), end=match.end(), type="điều lệ")]


def islands(words: Words) -> tuple[Island, ...]:
    """The islands of papers, for the types an office knows."""
    types = frozenset(kind.rpartition(" ")[2] for kind in words.paper_types) | {"số", "số:", ":", "tịch"}
    return (
        Island("paper", DIGIT, re.compile(SYMBOL), paper, after=("-", "/", " -", " /", *"abcdđ")),
        Island("plenum paper", DIGIT, _PLENUM, plenum_paper, left=frozenset(("ương", "thứ"))),
        Island("numbered paper", DIGIT, re.compile(r"[0-9]{1,4}(?![0-9])(?!,[0-9])"), numbered_paper, left=types),
        *_NAMED,
    )


_NAMED = (
    Island(
        "congress paper",
        ("nghị quyết ",),
        re.compile(
            r"nghị quyết {1,3}(?P<body>đại hội {1,3}(?:đại biểu toàn quốc {1,3})?(?:đảng {1,3})?"
            r"(?:lần thứ {1,3})?[ivx]{1,5}(?!\w))(?: {1,3}của đảng(?!\w)| {1,3}đảng(?!\w))?"
        ),
        congress_paper,
    ),
    Island("charter", ("điều lệ đảng",), re.compile(r"điều lệ đảng(?!\w)"), charter),
    Island("law", ("luật ", "điều lệ "), re.compile(r"(?P<type>luật|điều lệ)(?= )"), law),
)
