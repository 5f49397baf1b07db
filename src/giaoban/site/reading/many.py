"""Many documents, read by several processes, told in the order in which they were given.

Each process has a pipe of its own and gets a few documents at a time; it answers one by one, so that when it dies
it is known which document it died of. No more than a window of answers waits for its turn.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from giaoban.core.refusal import Refusal
from giaoban.site.reading.asked import Asked, Outcome, Task
from giaoban.site.reading.desk import Desk
from giaoban.site.reading.plain import shown

CHUNK = 2  # documents handed over at once; more leaves processes idle at the end of a short list
WINDOW = 32  # chunks per process that may be done before their turn
_READY = None  # the first word of a process that has started


class ReaderDied(Refusal):
    """The process that read a document ended in the middle of it."""

    says = "Tiến trình đọc dừng đột ngột ở «{name}»; các tệp khác vẫn được đọc. Hãy đọc riêng tệp này để xem lỗi."


def outcomes(tasks: Iterable[Task], *, asked: Asked, jobs: int) -> Iterator[Outcome]:
    """What came of each document, in the order given; read by `jobs` processes beside this one, or here for one."""
    if jobs <= 1:
        desk = Desk(asked)
        yield from (desk.outcome(task) for task in tasks)
        return
    readers = [_Reader(asked) for _ in range(jobs)]
    try:
        yield from _in_order(readers, tasks)
    finally:
        for reader in readers:
            reader.stop()


@dataclass
class _Chunk:
    """Some documents in order and the answers that came so far."""

    tasks: list[Task]
    answers: deque[Outcome] = field(default_factory=deque)
    answered: int = 0

    @property
    def is_done(self) -> bool:
        return self.answered == len(self.tasks)

    def answer(self, outcome: Outcome) -> None:
        self.answers.append(outcome)
        self.answered += 1


class _Reader:
    """One process and what it is reading. Where no process can be had, the work is done here (`desk`)."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.chunk: _Chunk | None = None
        self.desk: Desk | None = None
        self.pipe: Connection
        self.process: BaseProcess
        self._start()

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        here, there = spawn.Pipe()
        self.process = spawn.Process(target=_read_on, args=(there, self.asked), daemon=True)
        with _deaf():
            self.process.start()
        there.close()  # so that the pipe ends here when the process ends
        self.pipe = here
        self.is_ready = False

    def take(self, chunk: _Chunk) -> None:
        """Hand documents over. The process is waiting for them, so this does not block."""
        self.chunk = chunk
        if self.desk is None:
            with suppress(OSError):  # it has died: `collect` will hear of it
                self.pipe.send(chunk.tasks[chunk.answered :])
        else:
            self._read_here(self.desk, chunk)

    def collect(self) -> None:
        """Take one answer. A process that died gives its document up, and another goes on behind it."""
        chunk = self.chunk
        assert chunk is not None
        try:
            answer = self.pipe.recv()
        except (EOFError, OSError):
            self._succeed(chunk)
            return
        if answer is _READY:
            self.is_ready = True
            return
        chunk.answer(answer)
        if chunk.is_done:
            self.chunk = None

    def _succeed(self, chunk: _Chunk) -> None:
        """Go on behind a process that died."""
        self.stop()
        if not self.is_ready:  # it never began to read, and the next would not either
            self.desk = Desk(self.asked)
            self._read_here(self.desk, chunk)
            return
        name = chunk.tasks[chunk.answered].source.name
        chunk.answer(Outcome(name=name, refused=str(ReaderDied(name=shown(name)))))
        self._start()
        if chunk.is_done:
            self.chunk = None
        else:
            self.take(chunk)

    def _read_here(self, desk: Desk, chunk: _Chunk) -> None:
        for task in chunk.tasks[chunk.answered :]:
            chunk.answer(desk.outcome(task))
        self.chunk = None

    def stop(self) -> None:
        """End the process at once; it holds nothing that could be lost."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()


@contextmanager
def _deaf() -> Iterator[None]:
    """What starts in here does not hear Ctrl+C from its first moment: the command hears it, and ends the others."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _in_order(readers: list[_Reader], tasks: Iterable[Task]) -> Iterator[Outcome]:
    waiting: deque[_Chunk] = deque()
    chunks = _chunks(tasks)
    is_more = True
    while waiting or is_more:
        for reader in readers:
            if reader.chunk is None and is_more and len(waiting) < WINDOW * len(readers):
                chunk = next(chunks, None)
                if chunk is None:
                    is_more = False
                else:
                    waiting.append(chunk)
                    reader.take(chunk)
        busy = {reader.pipe: reader for reader in readers if reader.chunk is not None}
        for pipe in wait(list(busy)) if busy else ():
            busy[pipe].collect()  # type: ignore[index]  # wait gives back what it was given
        while waiting:
            while waiting[0].answers:
                yield waiting[0].answers.popleft()
            if not waiting[0].is_done:
                break
            waiting.popleft()


def _chunks(tasks: Iterable[Task]) -> Iterator[_Chunk]:
    held: list[Task] = []
    for task in tasks:
        held.append(task)
        if len(held) == CHUNK:
            yield _Chunk(held)
            held = []
    if held:
        yield _Chunk(held)


def _read_on(pipe: Connection, asked: Asked) -> None:
    """The life of a reading process: documents in, answers out, until the pipe ends."""
    desk = Desk(asked)
    try:
        pipe.send(_READY)
        while True:
            for task in pipe.recv():
                pipe.send(desk.outcome(task))
    except (EOFError, OSError):
        return
