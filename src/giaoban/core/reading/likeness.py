"""How well the name of a form's field fits the words a figure stands among: exact, without marks, nearly.

Scores are whole numbers from 0 to 100 that only order suggestions; figures themselves are never compared through them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from giaoban.core.text_vi.canonical import canonical
from giaoban.core.text_vi.folding import fold, words

EXACT, FOLDED, LOOSE = "exact", "folded", "loose"

_AWAY = 8  # points lost by a name that stands in the clause instead of in the noun the figure counts
_FOLDING = 4
_LOOSE_MOST = 86  # likeness alone is never as good as the name itself
_SCATTERED = 93  # every word of the name stands at the figure, in another order: «triệu tập 250 đại biểu»
_NEXT = 4  # words before a figure that stand at it
_NEARLY = 84  # how alike two words are that differ by a slip of the hand
_SHORTEST = 4  # letters; shorter words differ by a letter and mean something else
_COUNTERS = frozenset(words("đồng chí người đơn vị trường hợp"))  # stand for any noun, so they leave nothing unsaid
_EMPTY = frozenset(words("số tổng lượng đã các những của được và có là tại trong"))
# A word on one side only that turns the meaning: cấp trên cơ sở against cấp cơ sở, đảng viên nữ against đảng viên.
_TELLING = frozenset(
    words("trên nữ không chưa mới dự bị điểm trực tiếp thiếu lại đầu cuối giảm tăng hoãn"),
)
_SHORT_FORMS = {
    "tccsđ": "tổ chức cơ sở đảng",
    "tcđ": "tổ chức đảng",
    "đv": "đảng viên",
    "cb": "chi bộ",
    "cuv": "cấp ủy viên",
    "đb": "đại biểu",
    "bch": "ban chấp hành",
    "btv": "ban thường vụ",
    "ubkt": "ủy ban kiểm tra",
    "ktgs": "kiểm tra giám sát",
}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Name:
    """One name of a field, ready to be looked for."""

    low: str
    folded: str
    words: frozenset[str]


@dataclass(frozen=True)
class Surroundings:
    """The words a figure stands among: the noun it counts, what stands next to it, and its whole clause."""

    unit: str
    behind: str
    near: str
    unit_folded: str
    near_folded: str
    unit_words: frozenset[str]
    around_words: frozenset[str]
    clause_words: frozenset[str]


def name(text: str) -> Name:
    """A label or alias without what every label begins with, short forms written out.

    >>> name("Tổng số TCCSĐ").low
    'tổ chức cơ sở đảng'
    """
    low = _spelled(canonical(text).text)
    for opener in ("tổng số ", "số lượng ", "số "):
        low = low.removeprefix(opener)
    return Name(low=low, folded=fold(low), words=frozenset(words(low)) - _EMPTY)


def surroundings(*, unit: str, before: str, behind: str, clause: str) -> Surroundings:
    """`unit`: the noun phrase of a figure; `before`, `behind`: its clause up to the next figures; `clause`: all."""
    noun, close = _spelled(unit), _spelled(f"{before} {behind}")
    return Surroundings(
        unit=noun,
        behind=_spelled(behind),
        near=close,
        unit_folded=fold(noun),
        near_folded=fold(close),
        unit_words=frozenset(words(noun)) - _EMPTY,
        around_words=frozenset(words(" ".join((*_spelled(before).split()[-_NEXT:], noun)))),
        clause_words=frozenset(words(_spelled(clause))),
    )


def likeness(names: Iterable[Name], around: Surroundings) -> tuple[int, str]:
    """The best score of several names of one field, and the way it was found.

    >>> around = surroundings(unit="đại biểu", before="có", behind="đại biểu có mặt", clause="có đại biểu có mặt")
    >>> likeness([name("Đại biểu có mặt")], around), likeness([name("dai bieu co mat")], around)
    ((100, 'exact'), (96, 'folded'))
    """
    best, how = 0, LOOSE
    for one in names:
        score, match = _one(one, around)
        if score > best:
            best, how = score, match
    return best, how


class Index:
    """Which surroundings hold which words, so that a name is compared only where half of its words stand."""

    def __init__(self, around: Sequence[Surroundings]) -> None:
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(around):
            for word in each.unit_words | each.clause_words:
                self._holding[word].append(number)

    def near(self, names: Iterable[Name]) -> list[int]:
        """The numbers of the surroundings that may fit one of the names, in order.

        >>> around = [surroundings(unit=unit, before="", behind="", clause="") for unit in ("chi bộ", "đảng viên nữ")]
        >>> Index(around).near([name("Số đảng viên nữ")])
        [1]
        """
        found: set[int] = set()
        for one in names:
            counts = Counter(number for word in one.words for number in self._holding.get(word, ()))
            found.update(number for number, count in counts.items() if 2 * count >= len(one.words))
        return sorted(found)


def _one(one: Name, around: Surroundings) -> tuple[int, str]:
    if not one.words:
        return 0, LOOSE
    told = _telling(one, around)
    for words_of, key, match, less in (
        (around.unit, one.low, EXACT, 0),
        (around.behind[: len(one.low) + 1], one.low, EXACT, 0),
        (around.near, one.low, EXACT, _AWAY),
        (around.unit_folded, one.folded, FOLDED, _FOLDING),
        (fold(around.behind)[: len(one.folded) + 1], one.folded, FOLDED, _FOLDING),
        (around.near_folded, one.folded, FOLDED, _FOLDING + _AWAY),
    ):
        if _holds(key, words_of):
            unsaid = len(around.unit_words - one.words - _COUNTERS)
            return max(0, 100 - less - min(12, 3 * unsaid) - told), match
    if one.words <= around.around_words and one.words & around.unit_words:
        return max(0, _SCATTERED - min(12, 3 * len(around.unit_words - one.words - _COUNTERS)) - told), LOOSE
    return max(0, min(_LOOSE_MOST, _nearly(one, around)) - told), LOOSE


def _holds(key: str, text: str) -> bool:
    return bool(key) and f" {key} " in f" {text} "


def _telling(one: Name, around: Surroundings) -> int:
    missing = (one.words - around.unit_words - around.clause_words) | (around.unit_words - one.words)
    return 18 * len(missing & _TELLING)


def _nearly(one: Name, around: Surroundings) -> int:
    """The name's words in the noun count fully, elsewhere in the clause by three fifths; a slip of the hand passes."""
    unit = {word for word in one.words if word in around.unit_words or _slip(word, around.unit_words)}
    if not unit:
        return 0
    clause = {word for word in one.words - unit if word in around.clause_words}
    covered = (10 * len(unit) + 6 * len(clause)) * 100 // (10 * len(one.words))
    explained = min(100, 100 * len(unit) // len(around.unit_words))
    alike = int(fuzz.token_sort_ratio(one.folded, around.unit_folded))
    return max((6 * covered + 4 * explained) // 10, alike * 9 // 10)


def _slip(word: str, others: frozenset[str]) -> bool:
    return len(word) >= _SHORTEST and any(
        len(other) >= _SHORTEST and fuzz.ratio(word, other) >= _NEARLY for other in others
    )


@lru_cache(maxsize=4_096)
def _spelled(text: str) -> str:
    """Small letters, single blanks, no punctuation, short forms written out."""
    return " ".join(_SHORT_FORMS.get(word, word) for word in _WORD.findall(text.lower()))
