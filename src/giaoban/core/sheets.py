"""A table somebody typed: a heading row and rows below it, all as text, whatever file it came in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from giaoban.core.refusal import Refusal


class NoTable(Refusal):
    says = "Tệp «{name}» không có dòng nào; hãy kiểm tra lại tệp đã chọn."


class HeadingTwice(Refusal):
    says = "Tệp «{name}» có hai cột cùng tên «{heading}»; hãy đổi tên hoặc bỏ một cột."


class CellWithoutHeading(Refusal):
    says = "Tệp «{name}», dòng {line}: ô «{cell}» nằm ngoài các cột có tên; hãy đặt tên cột hoặc xóa ô này."


@dataclass(frozen=True)
class Row:
    """One row: the line where it begins in the file, counted from 1, and its cells by heading."""

    line: int
    cells: Mapping[str, str]


def with_headings(*, lines: Iterable[tuple[int, Sequence[str]]], name: str) -> tuple[Row, ...]:
    """Turn numbered lines into rows under the headings of the first line that is not blank.

    Blank lines and nameless empty columns are left out; text is trimmed and composed (NFC). Raises
    NoTable, HeadingTwice or CellWithoutHeading, each naming the file.

    >>> with_headings(lines=[(1, ["Mã", "Tên"]), (2, ["", ""]), (3, [" 01 ", "Hà Nội"])], name="a.csv")
    (Row(line=3, cells={'Mã': '01', 'Tên': 'Hà Nội'}),)
    """
    filled = _without_blanks(lines)
    _, headings = next(filled, (0, ()))
    if not headings:
        raise NoTable(name=name)
    columns = {heading: index for index, heading in enumerate(headings) if heading}
    for heading, index in columns.items():
        if headings.index(heading) != index:
            raise HeadingTwice(name=name, heading=heading)
    nameless = [index for index, heading in enumerate(headings) if not heading]
    return tuple(_row(line, cells, columns, nameless, width=len(headings), name=name) for line, cells in filled)


def _without_blanks(lines: Iterable[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, list[str]]]:
    for line, cells in lines:
        tidy = [unicodedata.normalize("NFC", cell).strip() for cell in cells]
        if any(tidy):
            yield line, tidy


def _row(
    line: int, cells: list[str], columns: Mapping[str, int], nameless: Sequence[int], *, width: int, name: str
) -> Row:
    stray = [cells[index] for index in nameless if index < len(cells)] + cells[width:]
    for cell in filter(None, stray):
        raise CellWithoutHeading(name=name, line=line, cell=cell[:40])
    return Row(line, {heading: cells[index] if index < len(cells) else "" for heading, index in columns.items()})
