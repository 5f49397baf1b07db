"""`giaoban serve`: the server with a worker beside it, begun together and ended together."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress

import pytest
from tests.harness.server import ROOT, prepared, surroundings

LONG = 40  # seconds a test waits for what takes less than ten


def until(what):
    """What it answers, as soon as that is something."""
    patience = time.monotonic() + LONG
    while time.monotonic() < patience:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come about")


class Installation:
    """A served copy of the small world; what is looked at is its database and its port."""

    def __init__(self, folder):
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        environment = surroundings(folder) | {"GIAOBAN_MAIL": f"file://{folder}/mail"}
        command = [sys.executable, "-m", "giaoban", "serve", "--port", str(self.port)]
        with (folder / "serve.log").open("wb") as log:
            self.process = subprocess.Popen(
                command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def answers(self):
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=5) as answer:
            return answer.status == 200
        return False

    def is_silent(self):
        with suppress(OSError), socket.create_server(("127.0.0.1", self.port)):
            return True
        return False

    def ask(self, sql, *values):
        with closing(sqlite3.connect(self.folder / "giaoban.sqlite3", timeout=20)) as database, database:
            return database.execute(sql, values).fetchall()

    def workers(self):
        """The process numbers of those that have signed on, in order."""
        return [int(name.rpartition(":")[2]) for (name,) in self.ask("SELECT name FROM jobs_worker ORDER BY id")]

    def wait_for_letter(self):
        words = {"to": ["lan@coquan.vn"], "subject": "Nhắc nộp", "text": "Sắp hết hạn.", "html": None}
        self.ask(
            "INSERT INTO jobs_job (name, key, arguments, actor, actor_name, state, asked_at, run_at, attempts, trouble)"
            " VALUES ('mail.deliver', '', ?, '', '', 'waiting', '2020-01-01', '2020-01-01', 0, '')",
            json.dumps(words),
        )
        return until(lambda: list((self.folder / "mail").glob("*")))


@pytest.fixture
def serving(shelf, tmp_path):
    served = Installation(shutil.copytree(prepared(("tests.harness.small_world",), shelf), tmp_path / "world"))
    until(lambda: served.answers() and served.workers())
    yield served
    served.process.kill()
    served.process.wait()
    assert "Traceback" not in (served.folder / "serve.log").read_text()


def test_the_worker_beside_the_server_sends_letters_and_is_begun_again_when_it_dies(serving):
    assert len(serving.wait_for_letter()) == 1
    (first,) = serving.workers()

    subprocess.run(["kill", "-KILL", str(first)], check=True)

    until(lambda: serving.workers()[-1] != first)
    assert serving.answers()


def test_told_to_stop_both_end(serving):
    serving.process.send_signal(signal.SIGTERM)

    assert serving.process.wait(timeout=LONG) == 0
    assert serving.is_silent()
    assert serving.workers() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_when_the_process_over_both_is_killed_neither_is_left_over(serving):
    serving.process.kill()

    until(serving.is_silent)
    until(lambda: serving.workers() == [])
