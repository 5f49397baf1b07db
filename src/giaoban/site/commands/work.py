"""`giaoban work`: do what waits in the background."""

from __future__ import annotations

import os

import click

from giaoban.site.commands import start


@click.command("work", short_help="Chạy việc nền: thư, việc theo lịch, việc theo nhật ký.")
@click.option("--once", is_flag=True, help="Chạy mọi việc đã đến lượt rồi thoát, thí dụ từ cron.")
@click.option("--parent", type=int, hidden=True, help="Dừng khi tiến trình mẹ này không còn.")
def work(*, once: bool, parent: int | None) -> None:
    """Chạy việc nền cho tới khi bị dừng (Ctrl+C). Có thể chạy nhiều tiến trình cùng lúc, trên nhiều máy."""
    start.installation()
    from giaoban.base.jobs.worker import WorkLoop
    from giaoban.base.web import clock

    worker = WorkLoop(now=clock.now, is_wanted=lambda: parent is None or os.getppid() == parent, is_once=once)
    worker.run()
    if once:
        click.echo(f"Đã chạy {worker.done} việc, {worker.troubled} việc trục trặc.")
        raise SystemExit(1 if worker.troubled else 0)
