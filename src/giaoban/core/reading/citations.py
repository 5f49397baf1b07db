"""Papers referred to: their issuing body, date and title, from the words behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from giaoban.core.reading.facts import LIKELY, Citation
from giaoban.core.reading.islands_days import possible
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Cited, Day, Token

_OF = re.compile(r"\s{0,3}(?:của|do)\s{1,3}(?:liên\s{1,3})?")
_NAME = re.compile(r"(?:\s+[A-ZĐÀ-ỸƯƠÂÊÔĂ][\w]{0,12}){0,6}")
_TITLE = re.compile(
    r"(?:[^\n.;“”\"]{0,80}?)\s*(?:về|“|\")(?:\s+(?:việc"
    r"|ban hành)\b[^\n.;“”\"]{0,40}?)?\s*[“\"](?P<title>[^”\"\n]{3,170})"
)
_ALONE = ("bộ chính trị", "ban bí thư", "quốc hội", "chính phủ")  # no name stands behind these
_NEXT = re.compile(r"^\s*(?:,|và|;|, và)\s*$")


def citations(*, page: Page, tokens: Sequence[Token]) -> list[Citation]:
    """Every paper referred to; «Nghị quyết 15, Chỉ thị 15 của Thành ủy» gives the body to both."""
    days = {token.start: token for token in tokens if isinstance(token, Day)}
    found = []
    for index, token in enumerate(tokens):
        if isinstance(token, Cited):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            found.append(_citation(page, token, _paper_day(page, token, following, days)))
    for index in range(len(found) - 2, -1, -1):
        here, after = found[index], found[index + 1]
        between = page.low[here.end : after.start] if after.start - here.end <= 12 else "."
        if here.body is None and after.body is not None and _NEXT.match(between) and after.type != "điều lệ":
            found[index] = replace(here, body=after.body)
    return found


def _paper_day(page: Page, token: Cited, following: Token | None, days: dict[int, Day]) -> Day | None:
    if not isinstance(following, Day) or following.start - token.end > 40 or not following.year:
        return None
    between = page.low[token.end : following.start]
    if re.fullmatch(r"[\s,(]{0,3}(?:(?:được )?(?:ban hành|ký) )?(?:ngày\s)?\s*", between) and possible(following):
        return following
    return None


def _citation(page: Page, token: Cited, day: Day | None) -> Citation:
    place = day.end if day else token.end
    body = token.body
    named = _issued_by(page, place) if body is None else None
    if named is not None:
        body, place = page.text[slice(*named)], named[1]
    title = (
        _TITLE.match(page.view, place)
        if page.view[place : place + 170].count("“") + page.view[place : place + 170].count('"')
        else None
    )
    return Citation(
        start=token.start,
        end=token.end,
        quote=page.quote(token.start, token.end),
        confidence=LIKELY if token.number and not token.symbol else "sure",
        type=token.type,
        number=token.number,
        symbol=token.symbol,
        body=body,
        date=_date(day),
        title=title["title"].strip() if title else None,
    )


def _issued_by(page: Page, place: int) -> tuple[int, int] | None:
    """The span of the body named behind a paper: «của Ban Thường vụ Tỉnh ủy Hà Tĩnh»."""
    opener = _OF.match(page.low, place)
    length = page.words.bodies.at(page.low, opener.end()) if opener else 0
    if opener is None or not length:
        return None
    first, last = opener.end(), opener.end() + length
    if page.low[first:last] not in _ALONE:
        more = _NAME.match(page.view, last)
        last = more.end() if more else last
    return first, last


def _date(day: Day | None) -> date | None:
    return date(day.year, day.month, day.day) if day and day.year and day.month else None
