"""The real server in a process of its own, on a loopback port, with its own database file."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRESENT = datetime(2020, 8, 24, 2, 0, tzinfo=UTC)  # nine in the morning in Hà Nội
_SECONDS_TO_START = 60
_TROUBLE = ("Traceback (most recent call last)", "Internal Server Error")


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of an installation that keeps everything in `folder`."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIAOBAN_", "DJANGO_", "PYTEST_"))
    }
    return kept | {
        "DJANGO_SETTINGS_MODULE": "giaoban.site.settings",
        "GIAOBAN_DATABASE": f"sqlite://{folder / 'giaoban.sqlite3'}",
        "GIAOBAN_GUARDS": "1",
        "GIAOBAN_MEDIA": "tests.harness.media.Recording",
        "GIAOBAN_SECRET": "for tests only",
        "GIAOBAN_VAR": str(folder),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }


def prepared(world: tuple[str, ...], shelf: Path) -> Path:
    """The folder that `python -m <world>` fills, made once and kept on the shelf for all workers of this run."""
    folder = shelf / ("world-" + "-".join(word.strip("-.") for word in world))
    shelf.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:  # who needs another world does not wait
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            made = subprocess.run(
                [sys.executable, "-m", *world],
                env=surroundings(folder),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                cwd=ROOT,
            )
            if made.returncode:
                raise RuntimeError(f"{' '.join(world)}: {made.stdout}{made.stderr}")
            (folder / "ready").touch()
    return folder


@dataclass
class Server:
    """A running server. `trouble()` tells what it complained about since it was last asked."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    read: int = field(default=0)

    def trouble(self) -> str:
        said = (self.folder / "server.log").read_text(errors="replace")
        fresh, self.read = said[self.read :], len(said)
        return fresh if any(word in fresh for word in _TROUBLE) else ""

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(folder: Path, *, port: int = 0, **environment: str) -> Server:
    """Serve the world in `folder`. Raises RuntimeError with the server's own words when it does not come up.

    A `port` given again after `stop()` lets a test cut the line and mend it. The server lives in the small world's
    present unless GIAOBAN_CLOCK_SHIFT says otherwise.
    """
    port = port or _free_port()
    environment.setdefault("GIAOBAN_CLOCK_SHIFT", str(int((PRESENT - datetime.now(tz=UTC)).total_seconds())))
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--workers-kill-timeout", "3", "giaoban.site.asgi:application"]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=surroundings(folder) | environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT
        )
    server = Server(f"http://127.0.0.1:{port}", folder, process)
    _wait(server)
    return server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server) -> None:
    patience = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < patience and server.process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.url}/health/", timeout=5).close()
        except urllib.error.HTTPError:
            return  # it answers; what it answers is for the tests to judge
        except OSError:
            time.sleep(0.1)
        else:
            return
    server.stop()
    raise RuntimeError((server.folder / "server.log").read_text(errors="replace"))
