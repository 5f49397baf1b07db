"""Which paper a citation means: its identity, and the entry of the register it belongs under.

Party numbers begin again in every term of congress, so number and symbol alone name no paper: 35-CT/TW is one of
30-5-2019 and another of 14-6-2024. Key is number, symbol and day; TW and TU are two bodies.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.reading.facts import Citation
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.folding import fold, words

# The days on which the national congresses IX to XIV closed; the term begins the day after.
CLOSINGS = (
    date(2001, 4, 22),
    date(2006, 4, 25),
    date(2011, 1, 19),
    date(2016, 1, 28),
    date(2021, 2, 1),
    date(2026, 1, 23),
)
_FIRST_TERM = 9
_HEAD = 600  # letters in which a text names its own number
_CENTRAL_BODIES = ("bo chinh tri", "ban bi thu", "trung uong", "chinh phu", "thu tuong", "quoc hoi")
_CENTRE = ("bo chinh tri", "ban bi thu", "ban chap hanh trung uong", "trung uong")  # who signs as TW
_CENTRAL_STATE = re.compile(r"(?:^|[-/])(?:CP|TTG|QH|UBTVQH|VPCP|B[A-ZĐ])")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_NUMERALS = {
    name: str(value)
    for value, names in enumerate(("nhat", "hai", "ba", "tu bon", "nam", "sau", "bay", "tam", "chin", "muoi"), start=1)
    for name in names.split()
}
_IDLE = frozenset(
    ("hoi", "nghi", "lan", "thu", "ban", "chap", "hanh", "dai", "bieu", "toan", "quoc", "cua", "dang", "khoa")
)


@dataclass(frozen=True)
class Paper:
    """A paper as a citation names it, in one spelling.

    `branch` keeps local papers of different provinces apart and is empty for central ones; `is_kind_read` is False
    when the kind was only told from the symbol, where QĐ may be a decision or a regulation.
    """

    kind: str
    number: str = ""
    symbol: str = ""
    body: str = ""
    day: date | None = None
    branch: str = ""
    is_kind_read: bool = True

    @property
    def is_party(self) -> bool:
        """Whether the number begins again with every term: CT/TW does, NĐ-CP runs by the year."""
        return "/" in self.symbol or not ("-" in self.symbol or self.symbol.startswith("QH"))


def paper(citation: Citation, *, branch: str) -> Paper:
    """The paper of a citation; `branch` is where the citing unit stands below the top.

    >>> paper(Citation(start=0, end=8, quote="05-CT/TW", type="chỉ thị", number="05", symbol="CT/TW"), branch="/7/")
    Paper(kind='chỉ thị', number='5', symbol='CT/TW', body='', day=None, branch='', is_kind_read=False)
    """
    symbol, body = (citation.symbol or "")[:60], " ".join((citation.body or "").split())[:200]
    return Paper(
        kind=citation.type,
        number=_ZEROS.sub("", (citation.number or "").replace(" ", "")),
        symbol=symbol,
        body=body,
        day=citation.date if citation.number else None,
        branch="" if _is_central(symbol, body, has_number=bool(citation.number)) else branch,
        is_kind_read=citation.quote[:1].isalpha(),
    )


def _is_central(symbol: str, body: str, *, has_number: bool) -> bool:
    if symbol:
        return symbol.endswith("TW") if "/" in symbol else bool(_CENTRAL_STATE.search(symbol))
    return not has_number or fold(body).startswith(_CENTRAL_BODIES)


def branch_of(path: str) -> str:
    """Where a unit stands below the top: the branch whose local papers it cites.

    >>> branch_of("/1/23/45/"), branch_of("/1/")
    ('/1/23/', '/1/')
    """
    return "/".join(path.split("/")[:3]).rstrip("/") + "/"


def term_of(day: date) -> int:
    """The term of congress a day belongs to; the day a congress closes still belongs to the term before.

    >>> term_of(date(2019, 5, 30)), term_of(date(2024, 6, 14)), term_of(date(2021, 2, 1))
    (12, 13, 12)
    """
    return _FIRST_TERM - 1 + bisect_left(CLOSINGS, day)


def key(one: Paper, *, on: date) -> str:
    """What tells a paper from every other. Without a day it stands for the term in which it was cited.

    >>> key(Paper("chỉ thị", "35", "CT/TW", day=date(2019, 5, 30)), on=date(2020, 8, 24))
    '35-CT/TW@2019-05-30'
    >>> key(Paper("chỉ thị", "35", "CT/TW"), on=date(2020, 8, 24)), key(Paper("điều lệ"), on=date(2020, 8, 24))
    ('35-CT/TW?12', 'điều lệ|')
    """
    if not one.number:
        return f"{one.kind}|{body_key(one.body)}"
    name = symbol_written(one) if one.symbol else f"{one.kind} {one.number}|{fold(one.body)}"
    place = f"#{one.branch.strip('/')}" if one.branch else ""
    if one.day:
        return f"{name}{place}@{one.day.isoformat()}"
    return f"{name}{place}?{term_of(on)}" if one.is_party else f"{name}{place}?"


def body_key(body: str) -> str:
    """A congress or a plenum however it is spelt.

    >>> body_key("Đại hội đại biểu toàn quốc lần thứ XIII"), body_key("Đại hội XIII")
    ('xiii', 'xiii')
    >>> body_key("Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XII") == body_key("Trung ương 4 khóa XII")
    True
    """
    found = (_NUMERALS.get(word, word) for word in words(body))
    return " ".join(sorted(word for word in found if word not in _IDLE))


def symbol_written(one: Paper) -> str:
    """Number and symbol in the official form, empty without a number.

    >>> symbol_written(Paper("chỉ thị", "5", "CT/TW")), symbol_written(Paper("nghị định", "30/2020", "NĐ-CP"))
    ('05-CT/TW', '30/2020/NĐ-CP')
    """
    if not one.number:
        return ""
    number = one.number.zfill(2) if one.number.isdigit() else one.number
    return f"{number}{'-' if one.is_party else '/'}{one.symbol}" if one.symbol else number


def name_written(one: Paper) -> str:
    """The paper by its kind and number, as a page writes it.

    >>> name_written(Paper("quy định", "205", "QĐ/TW")), name_written(Paper("nghị quyết", body="Đại hội XIII"))
    ('Quy định 205-QĐ/TW', 'Nghị quyết Đại hội XIII')
    >>> name_written(Paper("điều lệ"))
    'Điều lệ Đảng'
    """
    kind = one.kind[:1].upper() + one.kind[1:]
    rest = symbol_written(one) or one.body or ("Đảng" if one.kind == "điều lệ" else "")
    return f"{kind} {rest}".strip()


def placed(cited: Sequence[Paper], known: Iterable[Paper], *, on: date) -> list[Paper]:
    """For each citation of one text the paper it means: a dated one where exactly one can be meant.

    `known`: the dated papers of the register; `on`: the reference day of the text. A day given elsewhere in the same
    text decides first; else the only paper dated on or before `on`, for Party papers within the same term. A number
    without symbol is taken for a known paper of the same kind only when the text itself or the body it names says so.

    >>> old, new = (Paper("chỉ thị", "35", "CT/TW", day=day) for day in (date(2019, 5, 30), date(2024, 6, 14)))
    >>> bare = Paper("chỉ thị", "35", "CT/TW")
    >>> [placed([bare], [old, new], on=date(year, 8, 24))[0].day for year in (2020, 2024)]
    [datetime.date(2019, 5, 30), datetime.date(2024, 6, 14)]
    >>> placed([bare], [old], on=date(2022, 1, 1)) == [bare]
    True
    """
    here = _distinct(one for one in cited if one.day and one.symbol)
    everything = _distinct([*here, *known])
    return [_meant(one, here, everything, on) for one in cited]


def _distinct(papers: Iterable[Paper]) -> list[Paper]:
    return list({(one.number, one.symbol, one.branch, one.day): one for one in papers}.values())


def _meant(one: Paper, here: Sequence[Paper], everything: Sequence[Paper], on: date) -> Paper:
    if not one.number or (one.day and one.symbol):
        return one
    same_text = [other for other in here if _may_be(one, other)]
    if len(same_text) == 1:
        return same_text[0]
    in_time = [
        other
        for other in everything
        if _may_be(one, other) and (other.day == one.day if one.day else _is_of_its_time(other, on))
    ]
    says_enough = one.symbol or one.body or one.day
    return in_time[0] if len(in_time) == 1 and says_enough else one


def _is_of_its_time(other: Paper, on: date) -> bool:
    if other.day is None or other.day > on:
        return False
    return not other.is_party or term_of(other.day) == term_of(on)


def _may_be(one: Paper, other: Paper) -> bool:
    """Nothing in the citation speaks against its being this dated paper."""
    if one.number != other.number or not other.symbol or (one.day and one.day != other.day):
        return False
    if one.symbol:
        is_other_kind = one.is_kind_read and other.is_kind_read and one.kind != other.kind
        return one.symbol == other.symbol and one.branch == other.branch and not is_other_kind
    return one.kind == other.kind and (not one.body or one.branch == other.branch)


def issuer(symbol: str, body: str) -> str:
    """The body a text names as issuer, unless the symbol speaks against it: a list may share its last body.

    >>> issuer("CT/TW", "Bộ Chính trị"), issuer("CT/TW", "Thành ủy"), issuer("KH/TU", "Thành ủy")
    ('Bộ Chính trị', '', 'Thành ủy')
    >>> issuer("HD/BTCTW", "Ban Tổ chức Trung ương"), issuer("CT/TW", "Ban Tổ chức Trung ương")
    ('Ban Tổ chức Trung ương', '')
    """
    folded, code = fold(body), symbol.rpartition("/")[2]
    if code == "TW":
        return body if folded.startswith(_CENTRE) else ""
    if "/" in symbol and code.endswith("TW"):
        return body if "trung uong" in folded and not folded.startswith(_CENTRE) else ""
    return "" if "/" in symbol and folded.startswith(_CENTRAL_BODIES) else body


def is_own_number(text: str, citation: Citation) -> bool:
    """Whether this is the number a text gives itself: «Số 12-BC/TU» alone at the head.

    >>> own = Citation(start=3, end=11, quote="12-BC/TU", type="báo cáo", number="12", symbol="BC/TU")
    >>> is_own_number("Số 12-BC/TU\\nBÁO CÁO", own)
    True
    """
    line = text[text.rfind("\n", 0, citation.start) + 1 : citation.start]
    return citation.start < _HEAD and bool(re.fullmatch(r"\s*số\s*:?\s*", line, re.IGNORECASE))


def sought(typed: str) -> tuple[str, ...]:
    """The folded words to search the register by, a symbol in its one spelling.

    >>> sought("05 - CT/TƯ học tập")
    ('5-ct/tw', 'hoc', 'tap')
    """
    joined = re.sub(r"\s*([-/])\s*", r"\1", typed.strip())
    return tuple(fold(_ZEROS.sub("", re.sub(r"(?<=/)([^\s]*)T\.?Ư\b", r"\1TW", joined, flags=re.I))).split())


def search_words(one: Paper) -> str:
    """What of a paper's identity is searched, folded: kind, number and symbol with and without zeros, body, day."""
    bare = f"{one.number}{'-' if one.is_party else '/'}{one.symbol}" if one.symbol else one.number
    return fold(" ".join((one.kind, symbol_written(one), bare, one.body, write_day(one.day) if one.day else "")))
