"""`python -m giaoban.site.commands.together SERVER…`: the server and a worker beside it, under one small process.

It loads nothing of the application. A worker that ends is begun again; when the server ends, or this process is told
to stop, both end.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from types import FrameType

LOOK_SECONDS = 0.2
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
STEADY_SECONDS = 60.0  # a worker that lived so long has not died of its start
PATIENCE_SECONDS = 10.0
_PR_SET_PDEATHSIG = 1


class Stop(Exception):
    """This process was told to end."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _end_with_parent() -> None:
    """On Linux the server ends when this process is killed; elsewhere it would have to be ended by hand."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _begin(command: list[str]) -> subprocess.Popen[bytes]:
    """In a group of its own: Ctrl+C reaches this process alone, which then tells both, once."""
    return subprocess.Popen(command, process_group=0, preexec_fn=_end_with_parent)


def _worker() -> subprocess.Popen[bytes]:
    return _begin([sys.executable, "-m", "giaoban", "work", "--parent", str(os.getpid())])


def keep(command: list[str]) -> int:
    """Run both until the server ends; returns its exit status, 0 when told to stop."""
    server, worker = _begin(command), _worker()
    begun, pause = time.monotonic(), PAUSE_SECONDS
    try:
        while (status := server.poll()) is None:
            if worker.poll() is not None and time.monotonic() - begun >= pause:
                pause = PAUSE_SECONDS if time.monotonic() - begun > STEADY_SECONDS else pause * 2
                pause = min(pause, LONGEST_PAUSE_SECONDS)
                worker, begun = _worker(), time.monotonic()
            time.sleep(LOOK_SECONDS)
        return status
    except Stop:
        return 0
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _end(server, worker)


def _end(*children: subprocess.Popen[bytes]) -> None:
    for child in children:
        child.terminate()
    patience = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(patience - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    for signal_number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signal_number, _stop)
    sys.exit(keep(sys.argv[1:]))
