"""`giaoban verify`: walk the ledger's chain from its first entry."""

from __future__ import annotations

import json

import click
from rich.console import Console

from giaoban.site.commands import start


@click.command("verify", short_help="Kiểm tra chuỗi băm của sổ nhật ký.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả thành JSON.")
def verify(*, as_json: bool) -> None:
    """Tính lại con dấu của từng mục sổ nhật ký; mã thoát 1 khi có mục bị mất hoặc bị sửa."""
    start.installation()
    from giaoban.base.ledger.verify import Break
    from giaoban.base.ledger.verify import verify as walk

    with Console(stderr=True).status("Đang đi dọc sổ nhật ký…") as status:
        verdict = walk(lambda walked: status.update(f"Đã kiểm tra {walked} mục…"))
    if as_json:
        told = {
            "is_sound": verdict.is_sound,
            "entries": verdict.entries,
            "head": verdict.head,
            "hash": verdict.hash,
            "broken": verdict.broken,
            "how": verdict.how.value if verdict.how else None,
        }
        click.echo(json.dumps(told))
    elif verdict.is_sound:
        click.echo(f"Sổ nhật ký nguyên vẹn: {verdict.entries} mục; mục cuối {verdict.head}, con dấu {verdict.hash}.")
    else:
        what = "bị mất" if verdict.how is Break.MISSING else "bị sửa"
        click.echo(
            f"Sổ nhật ký không còn nguyên vẹn: mục {verdict.broken} {what}; {verdict.entries} mục trước đó đúng."
        )
    if not verdict.is_sound:
        raise SystemExit(1)
