"""Where the demo world is kept: one database file, there whole or not at all.

It is built beside its place and moved there when it is done. A mark inside the file tells a demo world from an
installation, which no demo may ever replace.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from giaoban.core.refusal import Kind, Refusal

Scale = Literal["office", "nation", "2025"]  # the worlds there are: two of August 2020, one of July 2025
MARK = 20_200_824  # SQLite's user_version of a demo world
NOW = datetime(2020, 8, 24, 1, 0, tzinfo=UTC)  # Monday, eight o'clock in Hà Nội
_STALE = 3_600  # seconds after which an unfinished world is nobody's


class NotADemo(Refusal):
    kind = Kind.CONFLICT
    says = "Cơ sở dữ liệu {path} không phải thế giới thử nghiệm nên được giữ nguyên; hãy đặt GIAOBAN_VAR tới nơi khác."


def place(folder: Path, scale: Scale) -> Path:
    """The folder of one world."""
    found = folder if scale == "office" else folder / scale
    found.mkdir(exist_ok=True)
    return found


def database(place: Path) -> Path:
    return place / "giaoban.sqlite3"


def address(path: Path) -> str:
    """What GIAOBAN_DATABASE takes for this file."""
    return f"sqlite://{quote(str(path))}"


def is_wanting(place: Path, *, rebuild: bool) -> bool:
    """Whether a world must be built. Raises NotADemo when something else stands there."""
    path = database(place)
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(path)) as kept:
            mark = kept.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as foreign:
        raise NotADemo(path=path) from foreign
    if mark != MARK:
        raise NotADemo(path=path)
    return rebuild


def build(place: Path, *, scale: Scale, console: Console) -> None:
    """Build a world beside its place, then put it there. Whatever goes wrong, no half-built world remains."""
    _sweep(place)
    aside = Path(tempfile.mkdtemp(prefix="building-", dir=place))
    try:
        made = aside / "giaoban.sqlite3"
        os.environ["GIAOBAN_DATABASE"] = address(made)
        _fill(made, scale=scale, console=console)
        for name in ("matrices", "rollups"):
            shutil.rmtree(place / name, ignore_errors=True)
        for left in ("-wal", "-shm"):
            Path(f"{database(place)}{left}").unlink(missing_ok=True)
        made.replace(database(place))
        if scale == "2025":
            _lay_plan(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _lay_plan(place: Path) -> None:
    """Lay the table of the plan beside the world, to be loaded by hand."""
    from giaoban.site.demo import july

    (place / july.FILE).write_text(july.table(), encoding="utf-8-sig")  # so that a spreadsheet reads the accents


def _sweep(place: Path) -> None:
    """Remove what an interrupted build left behind."""
    for left in place.glob("building-*"):
        if time.time() - left.stat().st_mtime > _STALE:
            shutil.rmtree(left, ignore_errors=True)


def _fill(path: Path, *, scale: Scale, console: Console) -> None:
    from giaoban.site.commands import start

    start.django()
    from django.core.management import call_command
    from django.db import connection

    from giaoban.site.demo import july, world

    steps = july.STEPS if scale == "2025" else world.STEPS
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")  # the file is not anybody's yet; it is flushed before it is moved
    with Progress(TextColumn("{task.description:<44}"), BarColumn(), TimeElapsedColumn(), console=console) as bars:
        bar = bars.add_task("dựng thế giới thử nghiệm", total=steps + 1)
        call_command("migrate", verbosity=0)

        def step(told: str) -> None:
            bars.update(bar, description=told, advance=1)

        if scale == "2025":
            july.build(step=step)
        else:
            world.build(scale=scale, step=step)
        bars.update(bar, description="đã dựng xong", completed=steps + 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(f"PRAGMA user_version={MARK}")
    connection.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def clock_shift(place: Path) -> int:
    """Seconds from the machine's now to the demo's present."""
    return int((present(place) - datetime.now(UTC)).total_seconds())


def present(place: Path) -> datetime:
    """The demo's present when it opens: NOW, or the moment of its last ledger entry when that is later."""
    with closing(sqlite3.connect(database(place))) as kept:
        last = kept.execute("SELECT max(at) FROM ledger_entry").fetchone()[0]
    return max(NOW, datetime.fromisoformat(last).replace(tzinfo=UTC))
