"""`giaoban demo`: the demo world, built once, served at once."""

from __future__ import annotations

import os

import click
from rich.console import Console

from giaoban.site.commands import serve, start
from giaoban.site.demo import shelf, welcome


@click.command("demo", short_help="Dựng và mở thế giới thử nghiệm: cả nước, tháng 8-2020.")
@click.option(
    "--scale",
    type=click.Choice(["office", "nation"]),
    default="office",
    show_default=True,
    help="office: cơ sở và chi bộ của Hà Nội; nation: của cả nước, để đo.",
)
@click.option("--year", type=click.Choice(["2020", "2025"]), default="2020", show_default=True,
              help="2025: tháng 7-2025, trước và sau ngày 63 tỉnh, thành phố thành 34.")  # fmt: skip
@click.option("--port", default=serve.PORT, show_default=True, type=click.IntRange(1, 65_535), help="Cổng lắng nghe.")
@click.option("--rebuild", is_flag=True, help="Dựng lại từ đầu.")
@click.option("--no-serve", is_flag=True, help="Chỉ dựng, không mở.")
def demo(*, scale: shelf.Scale, year: str, port: int, rebuild: bool, no_serve: bool) -> None:
    """Dựng thế giới thử nghiệm nếu chưa có, in cách đăng nhập, rồi mở ở một địa chỉ trên máy này."""
    scale = "2025" if year == "2025" else scale
    if not no_serve:
        serve.refuse_taken(serve.HOST, port)
    place = shelf.place(start.folder(), scale)
    os.environ["GIAOBAN_VAR"] = str(place)
    start.keep_secret(place)
    console = Console()
    if shelf.is_wanting(place, rebuild=rebuild):
        shelf.build(place, scale=scale, console=Console(stderr=True))
    welcome.greet(console, address=None if no_serve else f"http://{serve.HOST}:{port}/", place=place, scale=scale)
    if no_serve:
        return
    os.environ |= {
        "GIAOBAN_DEMO": "1",
        "GIAOBAN_CLOCK_SHIFT": str(shelf.clock_shift(place)),
        "GIAOBAN_DATABASE": shelf.address(shelf.database(place)),
        "GIAOBAN_MAIL": f"file://{place / 'mail'}",
        "DJANGO_SETTINGS_MODULE": "giaoban.site.settings",
    }
    serve.run(serve.HOST, port)
