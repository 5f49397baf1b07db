"""What every command needs before it may touch the database: a folder to write to, a secret, Django."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import ClassVar

from giaoban.core.refusal import Kind, Refusal


class FolderClosed(Refusal):
    kind = Kind.FORBIDDEN
    says = "Không ghi được vào thư mục {folder}; hãy kiểm tra quyền hoặc đặt GIAOBAN_VAR tới thư mục khác."


class NoWorld(Refusal):
    kind: ClassVar[Kind] = Kind.MISSING
    says = "Chưa có dữ liệu để làm việc; hãy chạy «giaoban seed» để lập cài đặt mới hoặc «giaoban demo» để xem thử."


def folder() -> Path:
    """The folder that holds everything this installation writes, made when it is not there. Raises FolderClosed."""
    place = Path(os.environ.get("GIAOBAN_VAR", "var")).resolve()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as closed:
        raise FolderClosed(folder=place) from closed
    os.environ["GIAOBAN_VAR"] = str(place)
    return place


def keep_secret(place: Path) -> None:
    """Give Django its secret: the one in the environment, else one made once and kept in the folder for us alone."""
    if os.environ.get("GIAOBAN_SECRET"):
        return
    path = place / "secret"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    except OSError as closed:
        raise FolderClosed(folder=place) from closed
    os.environ["GIAOBAN_SECRET"] = path.read_text().strip()


def django() -> None:
    """Set Django up for the installation in the folder."""
    keep_secret(folder())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.site.settings")
    import django as framework  # the slow import is paid by the commands that need it

    framework.setup()


def database() -> None:
    """Set Django up and connect. Raises base.databases.DatabaseClosed."""
    django()
    from giaoban.base.databases import open_database

    open_database()


def installation() -> None:
    """Set Django up, connect, and make sure there is an organisation to work on. Raises NoWorld and DatabaseClosed."""
    database()
    from django.db import Error

    from giaoban.apps.units.models import Placement

    try:
        is_there = Placement.objects.filter(parent=None).exists()
    except Error as missing:
        raise NoWorld() from missing
    if not is_there:
        raise NoWorld()
