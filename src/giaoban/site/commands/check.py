"""`giaoban check`: prove that what is derived agrees with what is stored."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.progress import track

from giaoban.site.commands import start

SHOWN = 40  # differences printed for people; --json has them all


@click.command("check", short_help="Chứng minh số liệu: cây, nghĩa vụ, biểu mẫu, tổng hợp.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả thành JSON.")
def check(*, as_json: bool) -> None:
    """Đối chiếu mọi thứ suy ra với mọi thứ đã lưu; mã thoát 1 khi có chỗ không khớp."""
    start.installation()
    from giaoban.base.web import clock
    from giaoban.site.commands import proofs

    at = clock.now()
    steps = [*proofs.all_proofs(today=at.date()), *proofs.of_the_machinery(at=at)]
    console = Console(stderr=True)
    watched = track(steps, "Đang đối chiếu", console=console, transient=True) if console.is_terminal else steps
    found = [(proof.name, difference) for proof in watched for difference in proof.run()]
    if as_json:
        told = {"is_sound": not found, "proofs": [proof.name for proof in steps],
                "differences": [{"proof": name, "says": says} for name, says in found]}  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for name, says in found[:SHOWN]:
            click.echo(f"{name}: {says}")
        if len(found) > SHOWN:
            click.echo(f"… và {len(found) - SHOWN} chỗ nữa (xem bằng --json)")
        click.echo(f"{len(found)} chỗ không khớp." if found else f"Mọi thứ khớp: {len(steps)} phép đối chiếu.")
    if found:
        raise SystemExit(1)
