"""The worker: a process that does one job after another until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections

from giaoban.base.jobs import declaring, following, running, timetable
from giaoban.base.jobs.models import Job, Worker
from giaoban.base.jobs.rules import State
from giaoban.base.jobs.running import Clock, Halted

STUCK = 70  # exit status of a worker whose job could not be broken off
_DATABASE_AWAY = (OperationalError, InterfaceError)

log = logging.getLogger("giaoban.jobs")


@dataclass
class WorkLoop:
    """One worker. Seconds throughout; `is_wanted` is asked between jobs and ends the loop when it says no.

    After the first SIGTERM or SIGINT the job under way has `grace` to end, after the second none; what is broken off
    waits for the next worker. Signs of life come from a thread of their own, which also ends the process when a job
    cannot be broken off: another worker then has it.
    """

    now: Clock
    is_wanted: Callable[[], bool] = lambda: True
    is_once: bool = False  # stop when nothing is due any more
    poll: float = 0.5
    beat: float = 5.0
    patience: float = 30.0
    grace: float = 3.0
    is_stopping: bool = False
    done: int = 0
    troubled: int = 0
    me: Worker = field(init=False)
    _is_armed: bool = False
    _deadline: float | None = None  # of the job under way, on the monotonic clock
    _rounds: float = 0.0  # when next to look at schedules and dead workers
    _looked: dict[str, int] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Work until told to stop."""
        declaring.discover()
        while (me := self._signed_on()) is None:
            if not self.is_wanted():
                return
            time.sleep(self.beat)
        self.me = me
        beating = threading.Thread(target=self._beat, name="beat", daemon=True)
        with self._hearing_signals():
            beating.start()
            try:
                while not self.is_stopping and self.is_wanted():
                    if self.step() or self.is_stopping:
                        continue
                    if self.is_once:
                        break
                    time.sleep(self.poll)
            finally:
                self._over.set()
                beating.join(timeout=self.beat)
        self._sign_off()

    def step(self) -> bool:
        """Hand out what has come due and do one job; whether there was one. Waits out a database that is away."""
        close_old_connections()
        try:
            if time.monotonic() >= self._rounds:
                self._make_rounds()
            following.hand_out(at=self.now(), looked=self._looked)
            job = running.claim(worker=self.me, at=self.now())
            if job is None:
                return False
            trouble = running.carry_out(job, now=self.now, limit=self._limited)
            self.done, self.troubled = self.done + 1, self.troubled + (trouble is not None)
        except _DATABASE_AWAY as away:
            log.warning("the database does not answer: %s", type(away).__name__)
            connection.close()
            return False
        return True

    def _make_rounds(self) -> None:
        """What need not be looked at twice a second. What is still mine here was not noted when I had done with it."""
        at = self.now()
        Job.objects.filter(worker=self.me, state=State.RUNNING).update(state=State.WAITING, run_at=at, worker=None)
        running.reap(at=at, patience=timedelta(seconds=self.patience))
        timetable.hand_out(at=at)
        self._rounds = time.monotonic() + self.beat

    # ------------------------------------------------------------ breaking off

    @contextmanager
    def _limited(self, timeout: timedelta) -> Iterator[None]:
        self._deadline = time.monotonic() + timeout.total_seconds()
        self._is_armed = True
        signal.setitimer(signal.ITIMER_REAL, timeout.total_seconds())
        if self.is_stopping:  # told between claim and here
            signal.setitimer(signal.ITIMER_REAL, self.grace)
        try:
            yield
        except Halted:
            connection.close()  # it may have been broken off in the middle of an answer
            raise
        finally:
            self._is_armed = False
            self._deadline = None
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _on_stop(self, number: int, frame: FrameType | None) -> None:
        seconds = 0.001 if self.is_stopping else self.grace
        self.is_stopping = True
        if self._is_armed:
            self._deadline = time.monotonic() + seconds
            signal.setitimer(signal.ITIMER_REAL, seconds)

    def _on_alarm(self, number: int, frame: FrameType | None) -> None:
        if self._is_armed:
            self._is_armed = False
            raise Halted(is_stop=self.is_stopping)

    @contextmanager
    def _hearing_signals(self) -> Iterator[None]:
        heard = {signal.SIGTERM: self._on_stop, signal.SIGINT: self._on_stop, signal.SIGALRM: self._on_alarm}
        before = {number: signal.signal(number, handler) for number, handler in heard.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    # ------------------------------------------------------------ signs of life

    def _signed_on(self) -> Worker | None:
        """This worker's row; None while the database does not answer, as after a power cut."""
        at = self.now()
        me = Worker(name=f"{socket.gethostname()}:{os.getpid()}"[:100], started_at=at, beat_at=at)
        try:
            me.save()
        except _DATABASE_AWAY as away:
            log.warning("the database does not answer: %s", type(away).__name__)
            connection.close()
            return None
        return me

    def _sign_off(self) -> None:
        try:
            Worker.objects.filter(pk=self.me.pk).delete()
        except _DATABASE_AWAY:
            return  # it will be found lost

    def _beat(self) -> None:
        try:
            while not self._over.wait(self.beat):
                if self._deadline is not None and time.monotonic() > self._deadline + self.patience:
                    log.critical("a job could not be broken off: this worker ends so that another can go on")
                    os._exit(STUCK)
                self._give_sign()
        finally:
            connections.close_all()

    def _give_sign(self) -> None:
        """Say that I live; on, too, after having been taken for dead."""
        try:
            at = self.now()
            if not Worker.objects.filter(pk=self.me.pk).update(beat_at=at):
                Worker.objects.create(pk=self.me.pk, name=self.me.name, started_at=self.me.started_at, beat_at=at)
        except _DATABASE_AWAY as away:
            log.warning("no sign of life could be given: %s", type(away).__name__)
            connection.close()
