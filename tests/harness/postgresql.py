"""A throw-away PostgreSQL: private folder, socket only, durable where asked; up in a second, gone with its parent."""

from __future__ import annotations

import atexit
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

_PR_SET_PDEATHSIG = 1
_SECONDS_TO_START = 30
_SETTINGS = ("listen_addresses=", "max_connections=60")
_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Cluster:
    """A running cluster; `address` is what GIAOBAN_DATABASE takes."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`, None when no server is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


def _as_server() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: there it runs as the account its package made."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _die_with_parent() -> None:
    """Linux ends the server when its parent ends, however that comes about."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def start(*, is_durable: bool = False, settings: tuple[str, ...] = ()) -> Cluster:
    """Start a cluster of its own, with more settings if wanted; it is stopped and removed when this process ends.

    `is_durable`: a commit waits for the disk, as in service.
    Raises RuntimeError when no server is installed or it does not come up, with the server's own words.
    """
    where = binaries()
    if where is None:
        raise RuntimeError("no PostgreSQL server is installed; scripts/machine installs one")
    folder = Path(tempfile.mkdtemp(prefix="giaoban-postgresql-"))
    identity = _as_server()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    data = folder / "data"
    subprocess.run(
        [where / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **identity,
    )
    wanted = (*_SETTINGS, *(() if is_durable else _FORGETFUL), f"unix_socket_directories={folder}", *settings)
    options = [word for setting in wanted for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [where / "postgres", "-D", data, *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            preexec_fn=_die_with_parent,
            **identity,
        )
    cluster = Cluster(f"postgresql://postgres@/giaoban?host={folder}", folder, process)
    atexit.register(cluster.stop)
    _wait(cluster)
    return cluster


def _wait(cluster: Cluster) -> None:
    patience = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < patience and cluster.process.poll() is None:
        try:
            psycopg.connect(f"host={cluster.folder} user=postgres dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError((cluster.folder / "log").read_text())


if __name__ == "__main__":  # may the suite run on PostgreSQL here?
    if binaries() is None:
        print("PostgreSQL: no server installed, the suite runs on SQLite alone", file=sys.stderr)
        raise SystemExit(1)
