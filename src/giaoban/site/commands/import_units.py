"""`giaoban import-units FILE`: bring a tree in from a list, or say everything that is wrong with the list."""

from __future__ import annotations

import json
from pathlib import Path

import click

from giaoban.core.refusal import Kind, Refusal
from giaoban.site.commands import start


class ListUnreadable(Refusal):
    kind = Kind.MISSING
    says = "Không đọc được tệp «{name}»; hãy kiểm tra lại đường dẫn và quyền đọc."


class FaultyList(Refusal):
    says = "Danh sách «{name}» có {count} chỗ sai nên chưa nhập đơn vị nào; hãy sửa các dòng nêu trên rồi nhập lại."


class NoSuchUnit(Refusal):
    kind = Kind.MISSING
    says = "Không có đơn vị mang mã «{code}»; hãy kiểm tra lại mã."


@click.command("import-units", short_help="Nhập cây tổ chức từ tệp .csv hoặc .xlsx.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--below", default="", metavar="MÃ", help="Nhập bên dưới đơn vị này; mặc định là đơn vị cao nhất.")
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi gì.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả thành JSON.")
def import_units(*, file: Path, below: str, dry_run: bool, as_json: bool) -> None:
    """Nhập đơn vị từ FILE; có chỗ sai thì in từng dòng sai và không nhập gì."""
    start.installation()
    from giaoban.apps.units import queries, services
    from giaoban.apps.units.models import Placement, Unit
    from giaoban.base.web import clock
    from giaoban.site.demo import founding

    try:
        data = file.read_bytes()
    except OSError as missing:
        raise ListUnreadable(name=file) from missing
    top = Placement.objects.select_related("unit").filter(parent=None).earliest("id").unit
    if below and not Unit.objects.filter(code=below).exists():
        raise NoSuchUnit(code=below)
    at = clock.now()
    actor = founding.system_at(top, day=at.date())
    plan = queries.import_plan(data=data, name=file.name)
    found = list(plan.faults) or queries.superior_faults(actor=actor, below=below or top.code, units=plan.units)
    if as_json:
        faults = [{"place": fault.place, "detail": str(fault)} for fault in found]
        told = {"file": file.name, "units": len(plan.units), "dry_run": dry_run, "faults": faults}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for fault in found:
            click.echo(f"{fault.place}: {fault}")
    if found:
        raise FaultyList(name=file.name, count=len(found))
    if dry_run:
        _say(f"Danh sách đúng: {len(plan.units)} dòng nhập được. Chưa ghi gì.", as_json=as_json)
        return
    count = services.bring_in(
        actor=actor,
        below=below or top.code,
        units=plan.units,
        source=file.name,
        today=at.date(),
        at=at,
    )
    _say(f"Đã nhập {count} đơn vị.", as_json=as_json)


def _say(sentence: str, *, as_json: bool) -> None:
    if not as_json:
        click.echo(sentence)
