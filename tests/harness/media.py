"""Sound and picture for tests: leads to an address of its own and writes down what it was told."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from giaoban.base.media import Door


class Recording:
    """A provider that does nothing but remember, one line a call, in the folder of the installation."""

    @property
    def _file(self) -> Path:
        return Path(settings.VAR) / "media.log"

    def _say(self, *said: str) -> None:
        with self._file.open("a") as kept:
            kept.write(json.dumps(said) + "\n")

    def open(self, *, room: str, address: str) -> None:
        self._say("open", room)

    def door(self, *, room: str, address: str, who: str) -> Door:
        return Door(address=f"https://truyen-hinh.example/{room}/{who}")

    def let_publish(self, *, room: str, who: str) -> None:
        self._say("let_publish", room, who)

    def mute(self, *, room: str, who: str) -> None:
        self._say("mute", room, who)

    def close(self, *, room: str) -> None:
        self._say("close", room)


def said(folder: Path) -> list[list[str]]:
    """What the provider of an installation was told, in order."""
    kept = folder / "media.log"
    return [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []
