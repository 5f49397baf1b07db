"""Declarations in a feature's `jobs.py`: what can be done later, what is done on schedule, who follows the ledger."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from giaoban.base.jobs.rhythm import Rhythm, rhythm

TOLD = ("at", "actor", "run", "entries")  # what the worker tells a job; not among the arguments asked with
Body = Callable[..., object]


@dataclass(frozen=True)
class JobKind:
    """A function that can be done later. Calling it does it now, like the function itself.

    `retries` are attempts after the first, None for ever; `roles` are what a job that no person asked for reaches
    with, everywhere.
    """

    name: str
    body: Body = field(repr=False)
    label: str | Promise = field(repr=False)
    retries: int | None
    timeout: timedelta
    roles: tuple[str, ...]

    def __call__(self, **arguments: Any) -> object:
        return self.body(**arguments)

    @property
    def words(self) -> frozenset[str]:
        """The names of everything the function takes."""
        return frozenset(inspect.signature(self.body).parameters)

    def check(self, arguments: dict[str, Any]) -> None:
        """Raises TypeError when the function cannot be called with these: a bug, told where it is made."""
        told = dict.fromkeys(word for word in TOLD if word in self.words)
        inspect.signature(self.body).bind(**told, **arguments)


@dataclass(frozen=True)
class FollowerKind:
    """A job that hears the entries of the ledger whose verb begins with `prefix`, in order, `batch` at most at once."""

    job: JobKind
    prefix: str
    batch: int
    from_start: bool


KINDS: dict[str, JobKind] = {}
SCHEDULES: dict[str, Rhythm] = {}
FOLLOWERS: dict[str, FollowerKind] = {}


def job(
    *,
    name: str,
    label: str | Promise = "",
    retries: int | None = 5,
    timeout: timedelta = timedelta(minutes=5),
    roles: tuple[str, ...] = (),
) -> Callable[[Body], JobKind]:
    """Make a module-level function a job. It takes its arguments by name, `at`, and if it wants `actor` and `run`.

    It may be run again after it was done (a worker can be killed between the work and the note of it), so it says
    what must happen once `with run.once():`. A Refusal ends it for good; any other exception is tried again.
    """

    def declare(body: Body) -> JobKind:
        if name in KINDS:
            raise ValueError(f"two jobs are called {name}")
        if "at" not in inspect.signature(body).parameters:
            raise TypeError(f"{name} must take `at`: a job is told the time")
        KINDS[name] = JobKind(name, body, label or name, retries, timeout, roles)
        return KINDS[name]

    return declare


def schedule(
    *, every: timedelta | None = None, daily_at: str = "", weekly_at: str = ""
) -> Callable[[JobKind], JobKind]:
    """Run a job without arguments on a rhythm: `every=timedelta(…)`, `daily_at="07:00"`, `weekly_at="mon 07:00"`.

    Hours are those of the installation. What was missed while no worker ran is made up for once. A new schedule
    begins with its next moment.
    """

    def declare(kind: JobKind) -> JobKind:
        kind.check({})
        SCHEDULES[kind.name] = rhythm(every=every, daily_at=daily_at, weekly_at=weekly_at)
        return kind

    return declare


def follows(prefix: str, *, batch: int = 200, from_start: bool = False) -> Callable[[JobKind], JobKind]:
    """Make a job hear the ledger: it takes `entries`, a tuple of Told, in order and each at least once.

    Its cursor moves when it has returned, or with `run.once()`; while it fails the cursor stays and it is tried
    again for ever. A new follower begins with what is recorded from then on, or with the first entry.
    """

    def declare(kind: JobKind) -> JobKind:
        if "entries" not in kind.words:
            raise TypeError(f"{kind.name} must take `entries`")
        KINDS[kind.name] = endless = JobKind(kind.name, kind.body, kind.label, None, kind.timeout, kind.roles)
        FOLLOWERS[kind.name] = FollowerKind(endless, prefix, batch, from_start)
        return endless

    return declare


@cache
def discover() -> None:
    """Load the `jobs` module of every feature, once."""
    autodiscover_modules("jobs")


def named(name: str) -> JobKind:
    """The job that is declared under a name. Raises KeyError when none is."""
    discover()
    return KINDS[name]
