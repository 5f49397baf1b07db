"""`python -m giaoban.base.jobs.tests.hand`: a worker with the jobs of these tests, quick to notice a dead one.

It takes its database as every process of the installation does; `GIAOBAN_TEST_NAME` is the throw-away one's name.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta

import django
from django.conf import settings


def main() -> None:
    settings.DATABASES["default"]["NAME"] = os.environ["GIAOBAN_TEST_NAME"]
    django.setup()
    from giaoban.base.jobs import job
    from giaoban.base.jobs.worker import WorkLoop
    from giaoban.base.ledger.tests.conftest import store
    from giaoban.base.web import clock

    @job(name="tests.letter")
    def letter(*, mark, at, run):
        store(f"begun {mark} {run.attempt} {os.getpid()}")
        time.sleep(0.02)
        with run.once():
            store(f"sent {mark}")

    @job(name="tests.slow")
    def slow(*, mark, seconds, at, run):
        store(f"begun {mark} {run.attempt}")
        time.sleep(seconds)
        with run.once():
            store(f"sent {mark}")

    @job(name="tests.endless", timeout=timedelta(seconds=0.3), retries=0)
    def endless(*, at):
        while True:
            try:
                time.sleep(10)
            except Exception:  # noqa: BLE001 - the most stubborn job there is
                continue

    WorkLoop(now=clock.now, poll=0.05, beat=0.3, patience=1.5, grace=float(sys.argv[1])).run()


if __name__ == "__main__":
    main()
