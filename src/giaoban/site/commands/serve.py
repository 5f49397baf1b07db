"""`giaoban serve`: serve the installation in GIAOBAN_VAR."""

from __future__ import annotations

import os
import resource
import socket
import sys

import click

from giaoban.core.refusal import Kind, Refusal
from giaoban.site.commands import start

HOST = "127.0.0.1"
PORT = 8000


class PortTaken(Refusal):
    kind = Kind.CONFLICT
    says = "Cổng {port} đang được chương trình khác dùng; hãy chọn cổng khác, thí dụ --port {other}."


@click.command("serve", short_help="Phục vụ cài đặt hiện có trên một địa chỉ mạng.")
@click.option("--host", default=HOST, show_default=True, help="Địa chỉ lắng nghe.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65_535), help="Cổng lắng nghe.")
@click.option("--no-worker", is_flag=True, help="Không chạy việc nền cùng máy chủ; khi đó chạy riêng giaoban work.")
def serve(*, host: str, port: int, no_worker: bool) -> None:
    """Phục vụ cài đặt trong GIAOBAN_VAR cho tới khi bị dừng (Ctrl+C)."""
    refuse_taken(host, port)
    start.installation()
    _load_words()
    click.echo(f"Giaoban: http://{host}:{port}/  (dừng: Ctrl+C)")
    run(host, port, has_worker=not no_worker)


def _load_words() -> None:
    """Raise now what is wrong with an office's words, and not at the first text somebody gives."""
    from giaoban.apps.narratives.queries import words

    words.lexicon()


def refuse_taken(host: str, port: int) -> None:
    """Raise PortTaken when somebody listens there already."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as taken:
        raise PortTaken(port=port, other=port + 1 if port < 65_535 else PORT) from taken


def run(host: str, port: int, *, has_worker: bool = True) -> None:
    """Become the server: this process is replaced, so that signals reach it without a detour.

    With a worker beside it, what takes this process's place is the small one that looks after both.
    """
    sys.stdout.flush()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # each open stream is a file
    served = server(host, port)
    keeper = [sys.executable, "-m", "giaoban.site.commands.together"] if has_worker else []
    os.execv(sys.executable, [*keeper, *served])


MOST_OPEN = 8_192  # requests, streams among them; one beyond waits unanswered, and every page after it


def server(host: str, port: int) -> list[str]:
    """The server's command line."""
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", host, "--port", str(port)]
    command += ["--workers", "1", "--workers-kill-timeout", "3", "--log-level", "warning"]
    command += ["--backpressure", str(MOST_OPEN)]
    return [*command, "giaoban.site.asgi:application"]
