"""The demo world: how long it takes to build, to open a second time, and to be proved. `make bench ONLY=demo`.

Each run is a process of its own, as a person starts it, so that imports are part of the time.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measurement import Measurement, timed

ROOT = Path(__file__).resolve().parents[1]


def measure() -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory(prefix="giaoban-demo-") as folder:
        yield _seconds("demo.build_s", lambda: _call(folder, "demo", "--no-serve"), runs=1)
        yield _seconds("demo.second_start_s", lambda: _start(folder), runs=5)
        yield timed("demo.check_ms", lambda: _call(folder, "check"), runs=1)
        yield timed("demo.verify_ms", lambda: _call(folder, "verify"), runs=1)
        yield timed("demo.export_ms", lambda: _call(folder, "export", "DH-TCS", "2020-W34"), runs=3)


def _seconds(name: str, work: Callable[[], None], *, runs: int) -> Measurement:
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return Measurement(name, "s", taken)


def _start(folder: str) -> None:
    """From the command to the first answer, on a world that is built."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "giaoban", "demo", "--port", str(port)]
    with subprocess.Popen(command, env=_surroundings(folder), stdout=subprocess.DEVNULL) as server:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5).close()
                break
            except OSError:
                if server.poll() is not None:
                    raise
                time.sleep(0.02)
        server.terminate()


def _call(folder: str, *words: str) -> None:
    command = [sys.executable, "-m", "giaoban", *words]
    subprocess.run(command, check=True, capture_output=True, env=_surroundings(folder))


def _surroundings(folder: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIAOBAN_", "DJANGO_"))}
    return kept | {"GIAOBAN_VAR": folder, "PYTHONPATH": str(ROOT / "src")}
