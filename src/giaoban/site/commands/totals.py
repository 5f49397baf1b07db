"""`giaoban totals FOLDER`: what an exported data set adds up to at a unit, on DuckDB or on a Spark cluster."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from giaoban.core.refusal import Kind, Refusal
from giaoban.core.text_vi.numbers import write_scaled, write_whole
from giaoban.files.lake.refusals import need

if TYPE_CHECKING:
    from giaoban.files.lake.adding import Lake

EMBEDDED = "duckdb"


class NoSuchUnitHere(Refusal):
    kind = Kind.MISSING
    says = "Bộ dữ liệu không có đơn vị mang mã «{code}»; hãy kiểm tra lại mã."


@dataclass(frozen=True)
class Line:
    """One column of one round at the unit; `value` exact, scaled by 10**places, None where nobody answered."""

    form: str
    period: str
    field: str
    part: str
    kind: str
    label: str
    places: int
    value: int | None
    answered: int
    counted: int
    expected: int

    @property
    def written(self) -> str:
        if self.value is None:
            return "–"
        return write_scaled(self.value, places=self.places) if self.places else write_whole(self.value)


@click.command("totals", short_help="Cộng số liệu từ bộ dữ liệu đã xuất, bằng DuckDB hoặc cụm Spark.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--engine", default=EMBEDDED, show_default=True, metavar="duckdb|spark://MÁY:CỔNG")
@click.option("--unit", default="", metavar="MÃ", help="Đơn vị; mặc định là đơn vị cao nhất.")
@click.option("--form", default="", metavar="MÃ", help="Chỉ một biểu mẫu.")
@click.option("--period", default="", metavar="KỲ", help="Chỉ một kỳ.")
@click.option("--official", is_flag=True, help="Chỉ báo cáo đã được chấp nhận.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả thành JSON.")
def totals(*, folder: Path, engine: str, unit: str, form: str, period: str, official: bool, as_json: bool) -> None:
    """Cộng mọi chỉ tiêu tại một đơn vị từ bộ dữ liệu của giaoban export --parquet; không cần cơ sở dữ liệu."""
    if engine != EMBEDDED and not engine.startswith(("spark://", "local")):
        raise click.BadParameter("duckdb hoặc spark://MÁY:CỔNG", param_hint="--engine", param=_engine_option())
    need("pyarrow", "ibis", extra="analytics")
    from giaoban.files.lake.opening import manifest

    told = manifest(folder)
    with Console(stderr=True).status("Đang cộng…"), _opened(folder, engine) as lake:
        code, name, number = _unit(lake, unit)
        lines = list(_lines(lake, number, form=form, period=period, official=official))
    if as_json:
        found = {"as_of": told["as_of"], "unit": code, "official": official, "totals": [asdict(one) for one in lines]}
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    _print(lines, title=f"{name} ({code}) · {'chính thức' if official else 'tạm tính'} · mục {told['as_of']['number']}")


def _engine_option() -> click.Parameter:
    return next(one for one in totals.params if one.name == "engine")


def _opened(folder: Path, engine: str) -> AbstractContextManager[Lake]:
    from giaoban.files.lake.opening import on_duckdb, on_spark

    return on_duckdb(folder) if engine == EMBEDDED else on_spark(folder, master=engine)


def _unit(lake: Lake, code: str) -> tuple[str, str, int]:
    """Code, name and number of the unit with that code, or of the one at the top of the newest tree."""
    named = lake.units.filter(lake.units.until_day.isnull())
    if code:
        named = named.filter(named.code == code)
    else:
        newest = lake.trees.filter(lake.trees.parent.isnull()).order_by(lake.trees.day.desc(), "position").limit(1)
        named = named.semi_join(newest, "unit")
    found = named.select("code", "name", "unit").limit(1).to_pyarrow().to_pylist()
    if not found:
        raise NoSuchUnitHere(code=code)
    return found[0]["code"], found[0]["name"], found[0]["unit"]


def _lines(lake: Lake, unit: int, *, form: str, period: str, official: bool) -> Iterator[Line]:
    from giaoban.files.lake.adding import chosen, rollup

    lake = chosen(lake, forms=[form] if form else [], periods=[period] if period else [])
    found = rollup(lake, official=official, units=[unit])
    dated = lake.periods.select("form", "period", "version", "from_day")
    words = lake.fields.select("form", "version", "field", "part", "position", "places", "label")
    told = found.join(dated, ["form", "period"]).join(words, ["form", "version", "field", "part"])
    for row in told.order_by("form", "from_day", "position").to_pyarrow().to_pylist():
        yield Line(**{name: _exact(row[name]) for name in Line.__dataclass_fields__})


def _exact(value: Any) -> Any:
    """Engines give sums as decimals without decimals."""
    return value if value is None or isinstance(value, str) else int(value)


def _print(lines: Iterable[Line], *, title: str) -> None:
    table = Table(title=title, title_justify="left")
    for heading in ("biểu mẫu", "kỳ", "chỉ tiêu", "phần"):
        table.add_column(heading)
    for heading in ("giá trị", "trả lời", "đã báo cáo"):
        table.add_column(heading, justify="right")
    for one in lines:
        part = "" if one.part == "value" else one.part
        reported = f"{write_whole(one.counted)}/{write_whole(one.expected)}"
        table.add_row(one.form, one.period, one.label, part, one.written, write_whole(one.answered), reported)
    Console().print(table)
