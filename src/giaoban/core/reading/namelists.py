"""The tables that say whom a text names, arranged once for a set of words: surnames, posts, places, distinctions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Row = tuple[str, Mapping[str, str]]  # a word in small letters and its values
Rows = Callable[[str], Sequence[Row]]  # table -> its rows

# Table -> key -> the values allowed, None for free text.
NAME_TABLES: Mapping[str, Mapping[str, tuple[str, ...] | None]] = {
    "surnames": {"kind": ("weak",)},
    "ranks": {"kind": ("wide", "signed")},
    "honorifics": {"kind": ("address", "learned", "other")},
    "namesakes": {"kind": ("unit", "committee")},
    "places": {"kind": ("person",)},
    "not_names": {"kind": ("lone", "run", "pair")},
    "title_ends": {"kind": ("keep",), "behind": None},
    "body_words": {},
    "body_ends": {},
    "speakers": {},
    "awards": {
        "form": ("order", "of", "body", "years", "title"),
        "level": ("state", "government", "central", "province", "district", "base", "party"),
    },
}
NAME_TABLES_NEED = {"honorifics": "kind", "not_names": "kind", "awards": "form"}

# Most distinctions hold one of these pieces: a dozen plain searches are faster than one pattern for all.
PRIZE = "giải "
_AWARD_PIECES = (
    " chương", " khen", " hiệu", "lao động", "chiến sĩ", "anh hùng", " ưu tú", " nhân dân", "cờ ", PRIZE,
)  # fmt: skip
_LETTERS = re.compile(r"[^\W_]+")
_VOWEL = re.compile("[^bcdđghklmnpqrstvx]")


@dataclass(frozen=True, slots=True)
class End:
    """A phrase with which a sentence goes on behind a post, unless it is kept or one of these words is before it."""

    phrase: str
    kept: bool
    behind: frozenset[str]


@dataclass(frozen=True, slots=True)
class Distinction:
    """How the name of a distinction begins, who confers it, and what may follow (see `data/awards.txt`)."""

    phrase: str
    offset: int  # where in it the piece stands that is searched for
    level: str | None
    form: str


@dataclass(frozen=True, eq=False, slots=True)
class NameLists:
    """What the kinds person, issuer, byline and award ask for. Names are capitalised, all else in small letters."""

    surnames: Mapping[str, bool]  # syllable -> does it speak for a person by itself
    sure_surnames: frozenset[str]
    places: Mapping[str, bool]  # name -> is it that of a historical person
    cues: Mapping[str, str]  # words before a name -> address, learned, other; thing, unit, committee
    honorific_ends: frozenset[str]  # their last words
    honorific_tails: frozenset[str]  # the last two characters of those, with the dot that may follow
    cue_lasts: Mapping[str, tuple[int, ...]]  # the last words of all cues -> how many words such cues have
    not_lone: frozenset[str]
    not_run: frozenset[str]
    compounds: frozenset[str]
    ranks: Mapping[str, re.Pattern[str]]  # first word -> the posts that begin with it
    wide: frozenset[str]
    signed: frozenset[str]
    starters: frozenset[str]  # the first words of posts
    ends: Mapping[str, tuple[End, ...]]  # by first word
    stoppers: frozenset[str]  # words at which it must be asked whether a post goes on
    body_words: frozenset[str]
    quiet: frozenset[str]  # words of bodies at which nothing need be asked
    speakers: Mapping[str, tuple[str, ...]]  # by first word
    speaker_starts: re.Pattern[str]  # those first words as texts print them
    body_ends: frozenset[str]
    distinctions: Mapping[str, tuple[Distinction, ...]]  # by a piece to search for

    @classmethod
    def of(cls, rows: Rows) -> NameLists:
        """Arrange the tables."""
        surnames = {_capital(word): values.get("kind") != "weak" for word, values in rows("surnames")}
        honorifics = {word: values["kind"] for word, values in rows("honorifics")}
        honorific_ends = frozenset(phrase.split()[-1].rstrip(".") for phrase in honorifics)
        cues = {word: values.get("kind", "thing") for word, values in rows("namesakes")} | honorifics
        conferred = " ".join(word for word, _ in rows("awards"))
        learned = (
            word for word, kind in honorifics.items() if kind == "learned" and " " in word and word not in conferred
        )
        ranks = _by_first((*(word for word, _ in rows("ranks")), *learned))
        ends = _ends(rows("title_ends"))
        body_words = frozenset(word for word, _ in rows("body_words"))
        stoppers = frozenset(ends) | {"và"}
        speakers = _by_first(word for word, _ in rows("speakers"))
        kinds = {kind: _of_kind(rows("ranks"), kind) for kind in ("wide", "signed")}
        names = {kind: _of_kind(rows("not_names"), kind) for kind in ("lone", "run", "pair")}
        return cls(
            surnames=surnames,
            sure_surnames=frozenset(word for word, sure in surnames.items() if sure),
            places={_capital(word): "kind" in values for word, values in rows("places")},
            cues=cues,
            honorific_ends=honorific_ends,
            honorific_tails=frozenset(form[-2:] for last in honorific_ends for form in (f" {last}", f"{last}.")),
            cue_lasts=_lengths(cues),
            not_lone=frozenset(map(_capital, names["lone"])),
            not_run=frozenset(map(_capital, names["run"])),
            compounds=names["pair"],
            ranks={first: _pattern(words) for first, words in ranks.items()},
            wide=kinds["wide"],
            signed=kinds["signed"],
            starters=frozenset(ranks) | {"nguyên", "quyền", "hiện", "cựu"},
            ends=ends,
            stoppers=stoppers,
            body_words=body_words,
            quiet=body_words - stoppers,
            speakers=speakers,
            speaker_starts=_starts(speakers),
            body_ends=frozenset(word for word, _ in rows("body_ends")),
            distinctions=_distinctions(rows("awards")),
        )


def _capital(name: str) -> str:
    """A name as texts print it: every syllable with a capital."""
    return " ".join(word[:1].upper() + word[1:] for word in name.split(" "))


def _of_kind(rows: Sequence[Row], kind: str) -> frozenset[str]:
    return frozenset(word for word, values in rows if values.get("kind") == kind)


def _by_first(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases by their first word, the longest first."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase.split()[0], []).append(phrase)
    return {first: tuple(sorted(set(words), key=lambda word: (-len(word), word))) for first, words in found.items()}


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, words)) + r")(?![^\W_])")


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By the letters a phrase ends with and by its last word: how many words such phrases have, the most first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        words = phrase.split()
        for last in (words[-1], _LETTERS.findall(words[-1])[-1]):
            found.setdefault(last, set()).add(len(words))
    return {last: tuple(sorted(counts, reverse=True)) for last, counts in found.items()}


def _starts(words: Iterable[str]) -> re.Pattern[str]:
    """Words with a capital; abbreviations (no vowel in them) all in capitals."""
    printed = (word.upper() if _VOWEL.search(word[1:]) is None else _capital(word) for word in words)
    return re.compile("(?:" + "|".join(sorted(map(re.escape, printed))) + r")(?![^\W_])")


def _ends(rows: Sequence[Row]) -> dict[str, tuple[End, ...]]:
    meant = {
        word: End(word, values.get("kind") == "keep", frozenset(values.get("behind", "").lower().split(",")) - {""})
        for word, values in rows
    }
    return {first: tuple(meant[word] for word in words) for first, words in _by_first(meant).items()}


def _distinctions(rows: Sequence[Row]) -> dict[str, tuple[Distinction, ...]]:
    found: dict[str, list[Distinction]] = {PRIZE: []}
    for word, values in rows:
        piece = next((piece for piece in _AWARD_PIECES if piece in word), word)
        found.setdefault(piece, []).append(Distinction(word, word.index(piece), values.get("level"), values["form"]))
    return {piece: tuple(sorted(known, key=lambda one: -len(one.phrase))) for piece, known in found.items()}
