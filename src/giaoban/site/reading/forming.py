"""Figures proposed for a form: the form from the database or from a file, the proposals of one document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from giaoban.apps.narratives import rules
from giaoban.core.formlang import FormSpec
from giaoban.core.reading import Reading
from giaoban.core.reading.proposals import propose
from giaoban.core.refusal import Kind, Refusal
from giaoban.site.reading.asked import FormAsked
from giaoban.site.reading.plain import cut, flat, shown, tail

if TYPE_CHECKING:
    from rich.console import RenderableType

_AROUND = 60  # characters shown on either side of a figure
MATCHES = {"exact": "đúng chữ", "folded": "khác dấu", "loose": "gần giống"}


class NoFormFile(Refusal):
    """No such file, or one that may not be read."""

    kind = Kind.MISSING
    says = "Không mở được tệp biểu mẫu «{name}»; hãy kiểm tra đường dẫn và quyền đọc."


class NotAForm(Refusal):
    """The file holds something else."""

    says = "Tệp «{name}» không phải là biểu mẫu; hãy đưa tệp JSON có «spec» với danh sách «fields»."


class NoFormInForce(Refusal):
    """The database has no published form of this code."""

    kind = Kind.MISSING
    says = "Không có biểu mẫu «{form}» đã ban hành; các biểu mẫu hiện có: {known}."


@dataclass(frozen=True)
class Offer:
    """One proposal: a figure read here may fill that field. `value` is exact, scaled for a field with decimals."""

    field: str
    label: str
    value: int
    written: str
    score: int
    match: str
    start: int
    end: int
    quote: str
    sentence_start: int
    sentence_end: int
    sentence: str

    def as_json(self) -> dict[str, object]:
        return dict(vars(self))


def wanted(code: str) -> FormAsked:
    """The form a person named: a JSON file when the name ends like one, else the version in force in the database.

    Raises NoFormFile, NotAForm, NoFormInForce, the refusals of FormSpec.parse and of `start.installation`.
    """
    return from_file(Path(code)) if code.lower().endswith(".json") else _from_database(code)


def from_file(path: Path) -> FormAsked:
    """A form kept as a file: names beside `spec`, or the form itself. Raises NoFormFile, NotAForm, BadForm."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        is_read = isinstance(error, ValueError) and path.is_file()
        raise (NotAForm if is_read else NoFormFile)(name=shown(str(path))) from error
    book = data if isinstance(data, dict) else {}
    spec = book.get("spec", book)
    if not isinstance(spec, Mapping) or not spec.get("fields"):
        raise NotAForm(name=shown(str(path)))
    form = FormAsked(code=path.stem, name=str(book.get("name", spec.get("title", ""))), data=spec)
    FormSpec.parse(form.data)
    return form


def _from_database(code: str) -> FormAsked:
    from giaoban.site.commands import start  # Django is set up for this option alone

    start.installation()
    from giaoban.apps.forms.models import FormVersion

    published = FormVersion.objects.filter(published_at__isnull=False).select_related("form")
    version = published.filter(form__code=code).order_by("-number").first()
    if version is None:
        known = sorted(set(published.values_list("form__code", flat=True)))
        raise NoFormInForce(form=shown(code), known=", ".join(known) or "chưa có")
    return FormAsked(code=code, name=version.form.name, data=version.data)


def offers(*, reading: Reading, spec: FormSpec) -> list[Offer]:
    """The proposals for a form's fields, in the form's order, the best of each field first."""
    fields = spec.by_code
    found = []
    for one in propose(reading=reading, fields=rules.terms(spec), as_of=None, period=None):
        field = fields[one.field_code]
        found.append(
            Offer(
                field=field.code,
                label=field.label,
                value=one.value,
                written=spec.write(field, one.value),
                score=one.score,
                match=one.match,
                start=one.fact_start,
                end=one.fact_end,
                quote=one.quote,
                sentence_start=one.sentence_start,
                sentence_end=one.sentence_end,
                sentence=one.sentence,
            )
        )
    return found


def sheet(*, name: str, form: FormAsked, spec: FormSpec, reading: Reading) -> Iterator[RenderableType]:
    """The proposals of one document as a table, and the fields nothing was found for."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from giaoban.site.reading import words

    found = offers(reading=reading, spec=spec)
    yield words.NameLine(name)
    yield words.title(reading)
    yield Text(f"Đề xuất cho biểu mẫu {shown(form.code)}: {flat(form.name)}", style="dim")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading, ratio in (("chỉ tiêu", 2), ("số", None), ("điểm", None), ("khớp", None), ("câu", 3)):
        table.add_column(heading, ratio=ratio, justify="right" if heading in ("số", "điểm") else "left")
    previous = None
    for one in found:
        is_first = one.field != previous
        label = Text(flat(one.label), style="bold") if is_first else Text("")
        match = Text(MATCHES.get(one.match, one.match), style="green" if one.match == "exact" else "yellow")
        table.add_row(label, one.written, str(one.score), match, _sentence(one))
        previous = one.field
    if found:
        yield table
    missing = [term.label for term in rules.terms(spec) if term.code not in {one.field for one in found}]
    if missing:
        yield words.section("Chưa thấy số cho", f"{len(missing)} chỉ tiêu")
        yield Padding(Text("; ".join(flat(label) for label in missing), style="dim"), (0, 0, 0, 2))


def _sentence(one: Offer) -> RenderableType:
    """The sentence around the figure, the figure itself in bold."""
    from rich.text import Text

    first, last = one.start - one.sentence_start, one.end - one.sentence_start
    text = Text(tail(flat(one.sentence[:first]), _AROUND), style="dim")
    text.append(" " if first else "")
    text.append(flat(one.quote), style="bold not dim")
    after = flat(one.sentence[last:])
    text.append((" " if after[:1].isalnum() else "") + cut(after, _AROUND))
    return text
