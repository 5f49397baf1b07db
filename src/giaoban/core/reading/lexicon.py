"""The words the reader goes by, as tables that an office may extend.

A lexicon is text: one entry a line, the word first, then `key=value` pairs behind tabs; `#` begins a comment. The
tables of the house stand in `data/`, one file a table. An office's own file holds several tables, each under its name
in brackets:

    [countable]
    mô hình điểm
    [bodies]
    ban chỉ đạo 35	short=BCĐ35	from=2021-01-01	until=2025-03-01

`from` and `until` bound the days of documents an entry is meant for; an entry without them is always meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from importlib import resources

from giaoban.core.reading.namelists import NAME_TABLES, NAME_TABLES_NEED, NameLists
from giaoban.core.reading.phrases import Phrases
from giaoban.core.refusal import Refusal
from giaoban.core.text_vi.canonical import canonical


class BadLexicon(Refusal):
    """A line of a lexicon that means nothing."""

    says = "Từ điển «{name}», dòng {line}: «{text}» không đúng mẫu ({wanted}); hãy sửa dòng này rồi nạp lại."


@dataclass(frozen=True)
class FieldTerm:
    """One field of a form: its code, its label and the other words offices use for it.

    `part` says which number of a ratio fills it: "num" (held), "den" (expected) or "value" (a plain count, or the
    numerator where only that is written).
    """

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    part: str = "value"


@dataclass(frozen=True)
class Entry:
    """One word of a table, in small letters of the house's spelling, with its values and the days it is meant for."""

    word: str
    values: Mapping[str, str]
    from_day: date | None = None
    until_day: date | None = None

    def is_meant_on(self, day: date | None) -> bool:
        """Whether a document of that day is read with it; a document of no known day is read with everything."""
        if day is None:
            return True
        return (self.from_day is None or self.from_day <= day) and (self.until_day is None or day < self.until_day)


# Table -> what its entries must or may say beside the word: key -> the values allowed, None for free text.
TABLES: Mapping[str, Mapping[str, tuple[str, ...] | None]] = {
    "papers": {"codes": None, "bare": ("yes", "no")},
    "bodies": {"short": None},
    "ordinals": {"kind": ("strong", "weak", "no")},
    "countable": {},
    "unitwords": {"kind": ("never", "stop", "on")},
    "scopes": {},
    "imperatives": {},
    "congresses": {"year": None},
    "widgets": {"kind": ("tail", "line", "menu")},
    **NAME_TABLES,
}
_NEEDED = {"ordinals": "kind", "unitwords": "kind", "widgets": "kind", "congresses": "year", **NAME_TABLES_NEED}
_DAYS = ("from", "until")

Tables = Mapping[str, tuple[Entry, ...]]


def parse(*, text: str, name: str, table: str | None = None) -> dict[str, tuple[Entry, ...]]:
    """The tables of a lexicon text. `name` is the file's, for refusals; `table` is that of lines before any bracket.

    Raises BadLexicon, which names the file and the line.

    >>> parse(text="[scopes]\\ntoàn cụm thi đua\\n", name="a.txt")["scopes"][0].word
    'toàn cụm thi đua'
    """
    found: dict[str, list[Entry]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.partition("#")[0].rstrip()
        if not bare.strip():
            continue
        if bare.startswith("[") and bare.endswith("]"):
            table = bare[1:-1].strip()
            if table not in TABLES:
                raise BadLexicon(name=name, line=number, text=bare, wanted=" · ".join(TABLES))
            continue
        if table is None:
            raise BadLexicon(name=name, line=number, text=bare, wanted="[bảng] đứng trước các từ")
        found.setdefault(table, []).append(_entry(bare, table=table, name=name, number=number))
    return {key: tuple(entries) for key, entries in found.items()}


def _entry(bare: str, *, table: str, name: str, number: int) -> Entry:
    word, *pieces = (piece.strip() for piece in bare.split("\t"))
    allowed = TABLES[table]
    wanted = "từ" + "".join(f"⇥{key}={'|'.join(values) if values else '…'}" for key, values in allowed.items())
    pairs = dict(piece.split("=", 1) for piece in pieces if "=" in piece)
    needed = _NEEDED.get(table)
    days = {key: _day(pairs.pop(key)) for key in _DAYS if key in pairs}
    wrong = (
        not word
        or len(pairs) + len(days) != len([piece for piece in pieces if piece])
        or (needed is not None and needed not in pairs)
        or any(key not in allowed or value not in (allowed[key] or (value,)) for key, value in pairs.items())
        or None in days.values()
        or not pairs.get("year", "2000").isdecimal()
    )
    if wrong:
        raise BadLexicon(name=name, line=number, text=bare, wanted=wanted)
    return Entry(canonical(word).text.lower(), pairs, days.get("from"), days.get("until"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, eq=False)
class Words:
    """The tables in the shape the reader asks them in. One object is one set of words: everything compiled from it
    is kept by its identity."""

    paper_types: Mapping[str, bool]  # type -> may a bare number stand behind it
    paper_codes: Mapping[str, str]  # kind code in small letters -> type
    bodies: Phrases  # abbreviations included
    strong_ordinals: tuple[str, ...]
    weak_ordinals: tuple[str, ...]
    not_ordinals: tuple[str, ...]
    countable: Phrases
    never_units: frozenset[str]
    unit_stops: frozenset[str]
    unit_goes_on: Phrases
    scopes: tuple[str, ...]
    other_scopes: bool  # one of them has neither «toàn» nor «cả» in it
    imperatives: Phrases
    congress_years: Mapping[str, int]
    widget_tails: tuple[str, ...]
    widget_lines: tuple[str, ...]
    menus: tuple[str, ...]
    naming: NameLists

    @classmethod
    def of(cls, tables: Tables) -> Words:
        """Arrange tables; a table that is missing is empty."""
        paper = tables.get("papers", ())
        return cls(
            paper_types={entry.word: entry.values.get("bare") == "yes" for entry in paper},
            paper_codes={code: entry.word for entry in paper for code in _listed(entry, "codes")},
            bodies=Phrases(
                name for entry in tables.get("bodies", ()) for name in (entry.word, *_listed(entry, "short"))
            ),
            strong_ordinals=_of_kind(tables, "ordinals", "strong"),
            weak_ordinals=_of_kind(tables, "ordinals", "weak"),
            not_ordinals=_of_kind(tables, "ordinals", "no"),
            countable=Phrases(entry.word for entry in tables.get("countable", ())),
            never_units=frozenset(_of_kind(tables, "unitwords", "never")),
            unit_stops=frozenset(_of_kind(tables, "unitwords", "stop")),
            unit_goes_on=Phrases(_of_kind(tables, "unitwords", "on")),
            scopes=tuple(entry.word for entry in tables.get("scopes", ())),
            other_scopes=any("toàn" not in entry.word and "cả" not in entry.word for entry in tables.get("scopes", ())),
            imperatives=Phrases(entry.word for entry in tables.get("imperatives", ())),
            congress_years={entry.word: int(entry.values["year"]) for entry in tables.get("congresses", ())},
            widget_tails=_of_kind(tables, "widgets", "tail"),
            widget_lines=_longest_first(_of_kind(tables, "widgets", "line")),
            menus=_of_kind(tables, "widgets", "menu"),
            naming=NameLists.of(lambda table: [(entry.word, entry.values) for entry in tables.get(table, ())]),
        )


def _listed(entry: Entry, key: str) -> list[str]:
    return [canonical(piece.strip()).text.lower() for piece in entry.values.get(key, "").split(",") if piece.strip()]


def _of_kind(tables: Tables, table: str, kind: str) -> tuple[str, ...]:
    return tuple(entry.word for entry in tables.get(table, ()) if entry.values["kind"] == kind)


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def house_tables() -> Tables:
    """The tables of the house."""
    folder = resources.files("giaoban.core.reading") / "data"
    found: dict[str, tuple[Entry, ...]] = {}
    for table in TABLES:
        name = f"{table}.txt"
        found |= parse(text=(folder / name).read_text(encoding="utf-8"), name=name, table=table)
    return found


class Lexicon:
    """The tables of the house and what an office adds to them."""

    def __init__(self, *, added: Iterable[tuple[str, tuple[Entry, ...]]] = ()) -> None:
        self._added = tuple(added)
        self._arranged: dict[frozenset[tuple[str, int]], Words] = {}

    @classmethod
    def of(cls, *texts: tuple[str, str]) -> Lexicon:
        """The house's words and those of an office's texts, each given as (name of its file, text).

        Raises BadLexicon.
        """
        return cls(added=[item for name, text in texts for item in parse(text=text, name=name).items()])

    @cached_property
    def _tables(self) -> Tables:
        tables = dict(house_tables())
        for table, rows in self._added:
            tables[table] = tables.get(table, ()) + rows
        return tables

    @cached_property
    def _dated(self) -> tuple[tuple[str, int, Entry], ...]:
        return tuple(
            (table, place, entry)
            for table, rows in self._tables.items()
            for place, entry in enumerate(rows)
            if entry.from_day or entry.until_day
        )

    def words(self, day: date | None = None) -> Words:
        """The words a document of that day is read with; the same object as long as they are the same."""
        idle = frozenset((table, place) for table, place, entry in self._dated if not entry.is_meant_on(day))
        if idle not in self._arranged:
            self._arranged[idle] = Words.of(
                {
                    table: tuple(row for place, row in enumerate(rows) if (table, place) not in idle)
                    for table, rows in self._tables.items()
                }
            )
        return self._arranged[idle]


DEFAULT = Lexicon()
