"""Islands that are papers referred to."""

from __future__ import annotations

import re

from giaoban.core.reading.islands import DIGIT, Island, ends_with
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Cited, Token
from giaoban.core.reading.words import COUNTABLE, NOT_A_UNIT, PAPER_CODES, PAPER_TYPES

_LETTERS = "a-zđươêôâă"
# 205-QĐ/TƯ, 119- KH/TU, 156/QĐ-UBND, 30/2020/NĐ-CP, 06/2022/QH15
SYMBOL = (
    r"(?P<number>[0-9]{1,5}[a-z]?(?: ?/ ?(?:19|20)[0-9]{2})?) ?[-/] ?"
    rf"(?P<code>[{_LETTERS}]{{1,10}}[0-9]{{0,2}}"
    rf"(?: ?[-/] ?[{_LETTERS}][{_LETTERS}.]{{0,11}}){{0,3}})(?![{_LETTERS}0-9])"
)
_TYPES = "|".join(sorted(PAPER_TYPES, key=len, reverse=True))
_PLENUM = (
    r"(?:hội nghị {1,3})?(?:lần thứ {1,3}\w{1,6} {1,3})?(?:ban chấp hành {1,3})?trung ương {1,3}"
    r"(?:lần thứ {1,3})?[0-9]{1,2}"
    r"(?: ?(?:,|và) ?[0-9]{1,2}){0,8}(?: ?\((?:lần [0-9]|khóa [ivx]{1,5})\))?"
    r"(?:,? {1,3}khóa {1,3}[ivx]{1,5}(?: ?(?:,|và) ?khóa {1,3}[ivx]{1,5}){0,3})?"
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
    shaped = "/" in code or "-" in code or first in PAPER_CODES or bool(re.fullmatch(r"qh[0-9]{1,2}", first))
    return len(letters) >= 2 and shaped and 3 * small <= len(letters)


def typed_paper(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Quy định số 205-QĐ/TƯ: type, number and symbol together."""
    if not _is_symbol(page, match.start("code"), match.end("code")):
        return None
    return [
        Cited(
            start=match.start(),
            end=match.end(),
            type=match["type"],
            number=match["number"].replace(" ", ""),
            symbol=symbol_text(match["code"]),
        )
    ]


def bare_symbol(page: Page, match: re.Match[str]) -> list[Token] | None:
    """26-HD/BTCTW without its type: the kind code tells it."""
    code = page.low[match.start("code") : match.end("code")]
    kind = PAPER_CODES.get(re.split(r"[-/ ]", code)[0])
    if code.startswith("qh"):
        kind = "luật"
    if kind is None or not _is_symbol(page, match.start("code"), match.end("code")):
        return None
    return [
        Cited(
            start=match.start(),
            end=match.end(),
            type=kind,
            number=match["number"].replace(" ", ""),
            symbol=symbol_text(match["code"]),
        )
    ]


def numbered_paper(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Nghị quyết 15, Kết luận số 21: the type is capitalised or «số» stands between, and no noun of things follows."""
    if not PAPER_TYPES[match["type"]] or not (page.view[match.start()].isupper() or match["so"]):
        return None
    following = page.right(match.end(), 24)
    word = following.split(maxsplit=1)[0] if following.strip() else ""
    joined = following[:1].isspace() and word[:1].isalpha()
    if joined and not match["so"] and word not in NOT_A_UNIT and following.lstrip().startswith(COUNTABLE):
        return None
    if following[:1] in ("%", "/") or (following[:1] == "." and following[1:2].isdigit()):
        return None
    return [Cited(start=match.start(), end=match.end(), type=match["type"], number=match["number"])]


def plenum_paper(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Nghị quyết Trung ương 4 khóa XI, khóa XII."""
    body = page.text[match.start("body") : match.end("body")]
    return [Cited(start=match.start(), end=match.end(), type=match["type"], body=body)]


def congress_paper(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Nghị quyết Đại hội XIII của Đảng."""
    body = page.text[match.start("body") : match.end("body")]
    return [Cited(start=match.start(), end=match.end(), type="nghị quyết", body=body)]


def charter(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Điều lệ Đảng."""
    if not page.view[match.start()].isupper() and not page.view[match.end() - 4].isupper():
        return None
    if ends_with(page.left(match.start(), 12), ("phí", "huy hiệu")):
        return None
    return [Cited(start=match.start(), end=match.end(), type="điều lệ")]


_ANCHORS = tuple(f"{kind} " for kind in PAPER_TYPES)
ISLANDS = (
    Island(
        "typed paper",
        _ANCHORS,
        re.compile(rf"(?P<type>{_TYPES}) {{1,3}}(?:liên tịch {{1,3}})?(?:số ?:? {{0,3}})?{SYMBOL}"),
        typed_paper,
    ),
    Island(
        "plenum paper",
        ("nghị quyết ", "nghị quyết, ", "quy định ", "kết luận ", "chỉ thị "),
        re.compile(
            rf"(?P<type>nghị quyết|quy định|kết luận|chỉ thị)(?:, {{1,3}}(?:{_TYPES})){{0,4}}(?: {{1,3}}và {{1,3}}"
            rf"(?:{_TYPES}))? {{1,3}}(?:của {{1,3}})?(?P<body>{_PLENUM})"
        ),
        plenum_paper,
    ),
    Island(
        "congress paper",
        ("nghị quyết ",),
        re.compile(
            r"nghị quyết {1,3}(?P<body>đại hội {1,3}(?:đại biểu toàn quốc {1,3})?(?:đảng {1,3})?"
            r"(?:lần thứ {1,3})?[ivx]{1,5}(?!\w))(?: {1,3}của đảng(?!\w)| {1,3}đảng(?!\w))?"
        ),
        congress_paper,
    ),
    Island(
        "numbered paper",
        _ANCHORS,
        re.compile(rf"(?P<type>{_TYPES}) {{1,3}}(?P<so>số ?:? {{0,3}})?(?P<number>[0-9]{{1,4}})(?![0-9])(?!,[0-9])"),
        numbered_paper,
    ),
    Island("charter", ("điều lệ đảng",), re.compile(r"điều lệ đảng(?!\w)"), charter),
    Island("bare symbol", DIGIT, re.compile(SYMBOL), bare_symbol),
)
