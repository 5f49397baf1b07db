"""A Spark cluster of the tests' own: a master and two workers as processes of this machine, gone when the tests end."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

HOST = "127.0.0.1"
WORKERS = 2
PATIENCE_SECONDS = 90.0
_PR_SET_PDEATHSIG = 1
_MASTER, _WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"
_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss4m"  # they live for seconds: starting is most of their work
SETTINGS = {  # of a session on it: small, local, and both workers at work
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": _QUICK,
    "spark.executor.extraJavaOptions": _QUICK,
    "spark.executor.memory": "1g",
    "spark.executor.cores": "1",
    "spark.cores.max": str(WORKERS),
    "spark.sql.shuffle.partitions": str(WORKERS),
    "spark.scheduler.minRegisteredResourcesRatio": "1.0",  # begin when both workers are there
    "spark.sql.adaptive.enabled": "false",  # nothing to adapt to in tables of a hundred rows
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


def missing() -> str:
    """Why there can be no cluster here; empty when there can."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed"
    return "" if shutil.which("java") else "there is no Java on this machine"


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a master with two workers, `spark://…`; everything is ended whatever happens inside."""
    import pyspark

    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    begun: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="giaoban-spark-", ignore_cleanup_errors=True) as folder:
        surroundings = os.environ | {
            "SPARK_LOCAL_IP": HOST,
            "SPARK_LOCAL_DIRS": folder,
            "SPARK_WORKER_DIR": folder,
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": _QUICK,
        }

        def begin(log: Path, *words: str) -> None:
            with log.open("wb") as told:
                begun.append(
                    subprocess.Popen(
                        [str(program), *words, "--host", HOST, "--webui-port", "0"],
                        env=surroundings, stdout=told, stderr=told, stdin=subprocess.DEVNULL, start_new_session=True,
                        preexec_fn=_end_with_parent,
                    )
                )  # fmt: skip

        try:
            address = f"spark://{HOST}:{_free_port()}"
            log = Path(folder, "master.log")
            begin(log, _MASTER, "--port", address.rpartition(":")[2])
            _wait_for(log, "I have been elected leader")
            for number in range(WORKERS):
                begin(Path(folder, f"worker-{number}.log"), _WORKER, "--cores", "1", "--memory", "1g", address)
            _wait_for(log, "Registering worker", times=WORKERS)
            yield address
        finally:
            _end(begun)


def _end_with_parent() -> None:
    """On Linux they end when this process is killed, too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as taken:
        return int(taken.getsockname()[1])


def _wait_for(log: Path, words: str, *, times: int = 1) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while (told := log.read_text(errors="replace")).count(words) < times:
        if time.monotonic() > until:
            raise TimeoutError(f"«{words}» was not said: {told[-2_000:]}")
        time.sleep(0.1)


def _end(begun: list[subprocess.Popen[bytes]]) -> None:
    """Workers first: each leads a session of its own, with the executors it has begun."""
    for one in reversed(begun):
        one.terminate()
    for one in reversed(begun):
        try:
            one.wait(timeout=10)
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()
