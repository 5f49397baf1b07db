"""What becomes of a job: pure decisions and refusals."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db.models import TextChoices

from giaoban.core.moves import Moves
from giaoban.core.refusal import Kind, Refusal

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_TROUBLE = 500  # letters kept of what went wrong


class State(TextChoices):
    WAITING = "waiting", "đang chờ"
    RUNNING = "running", "đang chạy"
    DONE = "done", "đã xong"
    FAILED = "failed", "không xong"
    DISMISSED = "dismissed", "đã bỏ"


UNFINISHED = (State.WAITING, State.RUNNING)
MOVES = Moves(
    table={
        "restart": (frozenset({State.FAILED}), State.WAITING),
        "dismiss": (frozenset({State.FAILED}), State.DISMISSED),
    },
    verb_labels={"restart": "Chạy lại", "dismiss": "Bỏ việc này"},
    state_labels=dict(State.choices),
)


class UnknownJob(Refusal):
    kind: ClassVar[Kind] = Kind.MISSING
    says = "Phiên bản đang chạy không biết việc «{name}»; hãy chạy đúng phiên bản hoặc bỏ việc này."


class NobodyAsks(Refusal):
    kind: ClassVar[Kind] = Kind.FORBIDDEN
    says = "Người giao việc này không còn tài khoản dùng được, nên việc không chạy."


class AlreadyWaiting(Refusal):
    kind: ClassVar[Kind] = Kind.CONFLICT
    says = "Việc này đã có một lần khác đang chờ hoặc đang chạy; hãy đợi lần đó xong."


class TookTooLong(Refusal):
    says = "Việc «{job}» chạy quá thời gian cho phép nên bị dừng."


class WorkerLost(Refusal):
    says = "Tiến trình chạy việc này đã dừng đột ngột."


def backoff(attempts: int) -> timedelta:
    """How long to wait after the failure of the attempt with this number: four times as long each time, up to an hour.

    >>> [int(backoff(attempts).total_seconds()) for attempts in (1, 2, 3, 4, 5)]
    [30, 120, 480, 1920, 3600]
    """
    pause = FIRST_PAUSE
    for _attempt in range(1, min(attempts, 6)):
        pause = min(pause * 4, LONGEST_PAUSE)
    return pause


def is_final(*, attempts: int, retries: int | None) -> bool:
    """Whether the attempt with this number was the last one; None retries for ever."""
    return retries is not None and attempts > retries


def trouble_of(error: BaseException) -> str:
    """One line on what went wrong, for the page of the system."""
    told = str(error) if isinstance(error, Refusal) else f"{type(error).__name__}: {error}"
    return " ".join(told.replace("\0", " ").split())[:LONGEST_TROUBLE]
