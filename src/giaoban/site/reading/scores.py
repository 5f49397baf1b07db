"""`--score`: readings compared with facts found by hand.

The facts are a JSON file, `{"facts": {key: [facts]}, "boilerplate_lines": {key: [line numbers]}}`, whose keys are the
stems of files or the beginnings of their names; or a folder of annotated texts, which need no files beside them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from giaoban.core.reading import annotated
from giaoban.core.reading.scoring import KEYS, KINDS, Comparison, Row, Score, total
from giaoban.core.refusal import Kind, Refusal
from giaoban.site.reading.asked import Gold, Outcome, Task, nothing
from giaoban.site.reading.plain import cut, flat, shown
from giaoban.site.reading.sources import Source

if TYPE_CHECKING:
    from rich.table import Table


class GoldMissing(Refusal):
    """No such file or folder, or one that may not be read."""

    kind = Kind.MISSING
    says = "Không mở được bộ mẫu «{name}»; hãy kiểm tra đường dẫn và quyền đọc."


class NotGold(Refusal):
    """The file is no collection of facts, the folder holds no annotated text."""

    says = "«{name}» không phải là bộ mẫu; hãy đưa tệp JSON có «facts», hoặc thư mục văn bản đã đánh dấu (.txt)."


class NotInGold(Refusal):
    """A file the gold says nothing about."""

    kind = Kind.MISSING
    says = "Bộ mẫu không có văn bản «{name}» nên tệp này không được chấm."


class FileOfGoldMissing(Refusal):
    """The gold speaks of a document that was not given."""

    kind = Kind.MISSING
    says = "Không có tệp nào cho «{name}» của bộ mẫu; hãy đưa cả tệp này."


@dataclass(frozen=True)
class Book:
    """Facts by key; `texts` holds the documents themselves where the gold came with them."""

    name: str
    gold: Mapping[str, Gold]
    texts: Mapping[str, str]

    def key_of(self, source: Source) -> str | None:
        """Whose facts a file is to be compared with: its stem, else the longest key its name begins with."""
        file = Path(source.name)
        if file.stem in self.gold:
            return file.stem
        return max((key for key in self.gold if key and file.name.startswith(key)), key=len, default=None)


def book(path: Path) -> Book:
    """The facts found by hand. Raises GoldMissing, NotGold and the refusals of an annotated text."""
    try:
        return _folder(path) if path.is_dir() else _file(path)
    except (OSError, ValueError) as error:
        is_read = isinstance(error, ValueError) and path.exists()
        raise (NotGold if is_read else GoldMissing)(name=shown(str(path))) from error


def _folder(path: Path) -> Book:
    found = [
        annotated.parse(name=shown(file.stem), text=text)
        for file in sorted(path.glob("*.txt"))
        if annotated.RULE in (text := file.read_text(encoding="utf-8"))
    ]
    if not found:
        raise NotGold(name=shown(str(path)))
    return Book(
        name=str(path),
        gold={one.name: Gold(facts=one.facts, boilerplate=one.boilerplate) for one in found},
        texts={one.name: one.text for one in found},
    )


def _file(path: Path) -> Book:
    data = json.loads(path.read_text(encoding="utf-8"))
    facts = data.get("facts") if isinstance(data, dict) else None
    if not isinstance(facts, dict):
        raise NotGold(name=shown(str(path)))
    lines = data.get("boilerplate_lines")
    lines = lines if isinstance(lines, dict) else {}
    gold = {
        key: Gold(facts=annotated.gold_rows(rows), boilerplate=_numbers(lines.get(key))) for key, rows in facts.items()
    }
    return Book(name=str(path), gold=gold, texts={})


def _numbers(value: object) -> frozenset[int]:
    return frozenset(item for item in value if isinstance(item, int)) if isinstance(value, list) else frozenset()


def tasks(found: Iterable[Source | Refusal], *, given: Book) -> Iterator[Task]:
    """Each file with its facts; then what the gold speaks of and nobody gave."""
    seen = set()
    for source in found:
        if isinstance(source, Refusal):
            yield nothing("", refused=str(source))
            continue
        key = given.key_of(source)
        if key is None:
            yield nothing(source.name, noted=str(NotInGold(name=shown(source.name))))
            continue
        seen.add(key)
        yield Task(source=source, gold=given.gold[key])
    for key in given.gold:
        if key not in seen and not (given.texts and seen):
            yield _of_gold(given, key)


def _of_gold(given: Book, key: str) -> Task:
    if key in given.texts:
        return Task(source=Source(name=key, given=given.texts[key]), gold=given.gold[key])
    return nothing(key, refused=str(FileOfGoldMissing(name=shown(key))))


@dataclass(frozen=True)
class Marks:
    """How every document scored."""

    rows: Sequence[tuple[str, Comparison]]

    @property
    def kinds(self) -> dict[str, Score]:
        """By kind of fact, those with something to find or something invented."""
        sums = total(comparison for _, comparison in self.rows)
        return {kind: sums[kind] for kind in KINDS if sums.get(kind, Score()) != Score()}

    @property
    def micro(self) -> Score:
        """Over all facts of all kinds."""
        return sum(self.kinds.values(), Score())

    @property
    def boilerplate(self) -> Score:
        """Over all lines that are furniture."""
        return sum((comparison.boilerplate for _, comparison in self.rows), Score())

    def as_json(self, *, with_misses: bool) -> str:
        """One object; what was missed and invented only when asked for."""
        told: dict[str, object] = {
            "documents": len(self.rows),
            "kinds": {kind: _row(score) for kind, score in self.kinds.items()},
            "micro": _row(self.micro),
            "boilerplate": _row(self.boilerplate),
        }
        if with_misses:
            told["missed"] = [{"file": name, **row} for name, one in self.rows for row in one.missed]
            told["invented"] = [{"file": name, **row} for name, one in self.rows for row in one.wrong]
        return json.dumps(told, ensure_ascii=False) + "\n"

    def table(self) -> Table:
        """A row a kind, one for all, one for the lines of furniture."""
        from rich.table import Table

        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for heading in (f"loại ({len(self.rows)} văn bản)", "đúng", "bịa", "sót", "chính xác", "đầy đủ", "F1"):
            table.add_column(heading, justify="left" if heading.startswith("loại") else "right")
        for kind, score in self.kinds.items():
            table.add_row(kind, *_cells(score))
        table.add_row("mọi loại", *_cells(self.micro), style="bold")
        table.add_row("dòng thừa của trang", *_cells(self.boilerplate))
        return table

    def misses(self) -> str:
        """What was missed and what was invented, one line each."""
        lines = [
            f"{shown(name)}: {label} {_told(row)}\n"
            for name, one in self.rows
            for label, rows in (("sót", one.missed), ("bịa", one.wrong))
            for row in rows
        ]
        return "".join(lines)


def marks(outcomes: Iterable[Outcome]) -> Marks:
    """The documents that were compared."""
    return Marks([(one.name, one.comparison) for one in outcomes if one.comparison is not None])


def _told(row: Row) -> str:
    kind = str(row["kind"])
    quote = flat(str(row.get("quote", row.get("text", ""))))
    values = " ".join(f"{key}={flat(str(row[key]))}" for key in KEYS[kind] if row.get(key) is not None)
    return f"{kind} {row['start']}–{row['end']} «{cut(quote, 80)}» {values}".rstrip()


def _row(score: Score) -> dict[str, object]:
    return {
        "found": score.right,
        "invented": score.wrong,
        "missed": score.missed,
        "precision": _thousandths(score.precision_per_mille),
        "recall": _thousandths(score.recall_per_mille),
        "f1": _thousandths(score.f1_per_mille),
    }


def _thousandths(value: int | None) -> float | None:
    """For JSON only.

    >>> _thousandths(923), _thousandths(None)
    (0.923, None)
    """
    return None if value is None else float(f"{value}e-3")


def _cells(score: Score) -> tuple[str, ...]:
    shares = (score.precision_per_mille, score.recall_per_mille, score.f1_per_mille)
    written = ("–" if share is None else f"{share // 1000},{share % 1000:03}" for share in shares)
    return (str(score.right), str(score.wrong), str(score.missed), *written)
