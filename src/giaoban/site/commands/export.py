"""`giaoban export FORM PERIOD`: the reports of a round as a table, with exact figures; `--parquet`: see dataset.py."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from giaoban.core.refusal import Kind, Refusal
from giaoban.site.commands import dataset, start

if TYPE_CHECKING:
    from giaoban.apps.forms.models import Round
    from giaoban.core.formlang import FormSpec

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would work these out instead of showing them


class NoSuchRound(Refusal):
    kind = Kind.MISSING
    says = "Biểu mẫu «{form}» chưa mở lượt thu báo cáo cho kỳ «{period}»; các kỳ đã mở: {known}."


class NoSuchForm(Refusal):
    kind = Kind.MISSING
    says = "Không có biểu mẫu «{form}»; các biểu mẫu hiện có: {known}."


class TargetClosed(Refusal):
    kind = Kind.FORBIDDEN
    says = "Không ghi được tệp «{name}»; hãy chọn nơi khác."


class NeedsAFile(Refusal):
    says = "Tệp xlsx không in ra màn hình được; hãy thêm -o TỆP."


@dataclass(frozen=True)
class Line:
    """One expected report: `figures` are exact, None where the unit has not reported."""

    code: str
    name: str
    parent: str
    state: str
    submitted_at: str
    figures: dict[str, Any]


@click.command("export", short_help="Xuất báo cáo của một kỳ ra csv, xlsx, json; hoặc cả bộ dữ liệu ra Parquet.")
@click.argument("form", required=False)
@click.argument("period", required=False)
@click.option("--below", default="", metavar="MÃ", help="Chỉ các đơn vị từ đơn vị này trở xuống.")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "json"]), default="csv", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Tệp ghi ra; không có thì in ra.")
@click.option(
    "--parquet",
    type=click.Path(path_type=Path),
    metavar="THƯ-MỤC",
    help="Thay vì một bảng: cả bộ dữ liệu (số liệu, cây, nghĩa vụ) cho máy khác cộng; xem docs/guides/scaling.md.",
)
@click.option("--form", "only_form", default="", metavar="MÃ", help="Với --parquet: chỉ một biểu mẫu.")
@click.option("--since", default="", metavar="KỲ", help="Với --parquet: chỉ từ kỳ này trở đi.")  # fmt: skip
@click.pass_context
def export(
    context: click.Context, *, form: str | None, period: str | None, below: str, kind: str, output: Path | None,
    parquet: Path | None, only_form: str, since: str,
) -> None:  # fmt: skip
    """Xuất mọi đơn vị phải nộp FORM trong kỳ PERIOD, kể cả đơn vị chưa nộp. Thí dụ: giaoban export DH-TCS 2020-W34"""
    if parquet is not None:
        if form is not None:
            raise click.UsageError("với --parquet hãy dùng --form và --since", context)
        start.installation()
        dataset.export(parquet, form=only_form, since=since)
        return
    if form is None or period is None:
        missing = "form" if form is None else "period"
        raise click.MissingParameter(ctx=context, param=next(one for one in export.params if one.name == missing))
    if kind == "xlsx" and output is None:
        raise NeedsAFile()
    start.installation()
    round_ = _round(form, period)
    spec = round_.form_version.spec
    lines = list(_lines(round_, below))
    data = {"csv": _csv, "xlsx": _xlsx, "json": _json}[kind](spec, lines)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as closed:
        raise TargetClosed(name=output) from closed
    click.echo(f"Đã ghi {len(lines)} dòng vào {output}.")


def _round(form: str, period: str) -> Round:
    from giaoban.apps.forms.models import Round

    asked = Round.objects.filter(form_version__form__code=form, period__code=period)
    found = asked.select_related("form_version__form", "period").order_by("-form_version__number").first()
    if found is not None:
        return found
    refuse_unknown(form)
    known = Round.objects.of(form).order_by("period__from_day").values_list("period__code", flat=True)
    raise NoSuchRound(form=form, period=period, known=", ".join(known) or "chưa có")


def refuse_unknown(form: str) -> None:
    """Raise NoSuchForm for a code no form has."""
    from giaoban.apps.forms.models import Form

    if not Form.objects.filter(code=form).exists():
        raise NoSuchForm(form=form, known=", ".join(Form.objects.order_by("code").values_list("code", flat=True)))


def _lines(round_: Round, below: str) -> Iterator[Line]:
    from django.utils import timezone

    from giaoban.apps.forms import queries as forms
    from giaoban.apps.reports.models import Report
    from giaoban.apps.units import queries as units
    from giaoban.apps.units.models import Unit
    from giaoban.site.commands.import_units import NoSuchUnit

    tree = units.tree_on(round_.day)
    owing = forms.owing_units(form_id=round_.form_version.form_id, day=round_.day, tree=tree)
    if below:
        root = Unit.objects.filter(code=below).first()
        if root is None or root.pk not in tree:
            raise NoSuchUnit(code=below)
        owing = [unit for unit in owing if unit == root.pk or tree.is_below(unit, root.pk)]
    told = {report.unit_id: report for report in Report.objects.filter(round=round_).only(
        "unit_id", "state", "submitted_at", "figures", "round_id")}  # fmt: skip
    named = {unit.pk: unit for unit in Unit.objects.only("id", "code", "name")}
    for unit in owing:
        report, parent = told.get(unit), tree.parent(unit)
        yield Line(
            code=named[unit].code,
            name=named[unit].name,
            parent=named[parent].code if parent is not None else "",
            state=report.get_state_display() if report else "chưa báo cáo",
            submitted_at=timezone.localtime(report.submitted_at).isoformat() if report and report.submitted_at else "",
            figures=report.figures if report else {},
        )


_HEAD = ("mã", "tên", "cấp trên", "trạng thái", "nộp lúc")


def _csv(spec: FormSpec, lines: list[Line]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*_HEAD, *(field.code for field in spec.fields)])
    for line in lines:
        told = [spec.raw(field, line.figures.get(field.code)) for field in spec.fields]
        safe = [_shown(text) if field.is_text else text for field, text in zip(spec.fields, told, strict=True)]
        writer.writerow([*map(_shown, (line.code, line.name, line.parent, line.state, line.submitted_at)), *safe])
    return b"\xef\xbb\xbf" + out.getvalue().encode()  # the mark by which spreadsheets know UTF-8


def _shown(text: str) -> str:
    """Text that a spreadsheet shows as it is.

    >>> _shown("=1+1"), _shown("Cầu Giấy")
    ("'=1+1", 'Cầu Giấy')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(spec: FormSpec, lines: list[Line]) -> bytes:
    """Exact figures: whole numbers, or whole numbers scaled by 10**places."""
    fields = [{"code": field.code, "label": field.label, "kind": field.kind.value, "places": field.places}
              for field in spec.fields]  # fmt: skip
    return (
        json.dumps({"fields": fields, "reports": [vars(line) for line in lines]}, ensure_ascii=False) + "\n"
    ).encode()


def _xlsx(spec: FormSpec, lines: list[Line]) -> bytes:
    import xlsxwriter  # only this format pays for the import

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("báo cáo")
        bold = book.add_format({"bold": True})
        for column, heading in enumerate((*_HEAD, *(field.label for field in spec.fields))):
            sheet.write_string(0, column, heading, bold)
        for row, line in enumerate(lines, 1):
            for column, text in enumerate((line.code, line.name, line.parent, line.state, line.submitted_at)):
                sheet.write_string(row, column, text)
            for column, field in enumerate(spec.fields, len(_HEAD)):
                figure = line.figures.get(field.code)
                if field.is_number and figure is not None:
                    exact = book.add_format({"num_format": "0." + "0" * field.places}) if field.places else None
                    sheet.write_number(row, column, figure / 10**field.places, exact)
                elif figure is not None:
                    sheet.write_string(row, column, spec.write(field, figure))
        sheet.freeze_panes(1, 2)
        sheet.autofit()
    return out.getvalue()
