"""The demo world: how long it takes to build, to open a second time, and to be proved. `make bench ONLY=demo`.

Each run is a process of its own, as a person starts it, so that imports are part of the time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measurement import Measurement, timed

ROOT = Path(__file__).resolve().parents[1]


def measure() -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory(prefix="giaoban-demo-") as folder:
        yield timed("demo: build (67, 1.312, 2.310, 17.118)", lambda: _call(folder, "demo", "--no-serve"), runs=1)
        yield timed("demo: open what is built", lambda: _call(folder, "demo", "--no-serve"), runs=3)
        yield timed("demo: check every figure by brute force", lambda: _call(folder, "check"), runs=1)
        yield timed("demo: verify the ledger", lambda: _call(folder, "verify"), runs=1)
        yield timed("demo: export a week", lambda: _call(folder, "export", "DH-TCS", "2020-W34"), runs=3)


def _call(folder: str, *words: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIAOBAN_", "DJANGO_"))}
    environment = kept | {"GIAOBAN_VAR": folder, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-m", "giaoban", *words], check=True, capture_output=True, env=environment)
