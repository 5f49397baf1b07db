"""Islands that are sums of money and ranges of them."""

from __future__ import annotations

import re

from giaoban.core.reading.islands import BLANK_DIGIT, DIGIT, Island
from giaoban.core.reading.page import Page
from giaoban.core.reading.scaled import DECIMAL, NUMBER, Scaled, parse
from giaoban.core.reading.tokens import Between, Money, Token
from giaoban.core.reading.words import CURRENCIES, MULTIPLIERS

_MULTIPLIER = "|".join(MULTIPLIERS)
_CURRENCY = "|".join(sorted(CURRENCIES, key=len, reverse=True))


def money(page: Page, match: re.Match[str]) -> list[Token] | None:
    """12,5 tỷ đồng, 300.000 đồng."""
    value = parse(match["value"])
    if value is None:
        return None
    for word in (match["by"] or "").split():
        value = value.times(MULTIPLIERS[word])
    return [Money(start=match.start(), end=match.end(), value=value, currency=CURRENCIES.get(match["currency"], "VND"))]


def compound_money(page: Page, match: re.Match[str]) -> list[Token] | None:
    """2 tỷ 150 triệu đồng."""
    big, small = parse(match["big"]), parse(match["small"])
    if big is None or small is None or big.decimals or small.decimals:
        return None
    value = Scaled(units=big.units * 10**9 + small.units * 10**6)
    return [Money(start=match.start(), end=match.end(), value=value, currency="VND")]


def money_between(page: Page, match: re.Match[str]) -> list[Token] | None:
    """25 - 30 triệu đồng: a range in full units."""
    lo, hi = parse(match["lo"]), parse(match["hi"])
    if lo is None or hi is None or lo.at(decimals=4) >= hi.at(decimals=4):
        return None
    for word in match["by"].split():
        lo, hi = lo.times(MULTIPLIERS[word]), hi.times(MULTIPLIERS[word])
    return [Between(start=match.start(), end=match.end(), lo=lo, hi=hi)]


ISLANDS = (
    Island(
        "money between",
        DIGIT,
        re.compile(
            rf"(?P<lo>{DECIMAL}) ?(?:-|đến|tới) ?(?P<hi>{DECIMAL}) (?P<by>(?:{_MULTIPLIER})(?: (?:{_MULTIPLIER}))?)"
            r" đồng(?!\w)"
        ),
        money_between,
        after=("-", ".", ",", " -", " đ", " t"),
    ),
    Island(
        "compound money",
        DIGIT,
        re.compile(rf"(?P<big>{NUMBER}) tỷ (?P<small>[0-9]{{1,3}}) triệu(?: đồng)?(?!\w)"),
        compound_money,
        after=(".", " t", *BLANK_DIGIT),
    ),
    Island(
        "money",
        DIGIT,
        re.compile(
            rf"(?P<value>{DECIMAL}) ?(?P<by>(?:{_MULTIPLIER})(?: "
            rf"(?:{_MULTIPLIER}))?)? ?(?P<currency>{_CURRENCY}|(?<=[0-9])đ(?!/c))(?!\w)(?! (?:chí|bào|đội|nghiệp))"
        ),
        money,
        after=(".", ",", *"ntđuev", " n", " t", " đ", " u", " e", " v", *BLANK_DIGIT),
    ),
)
