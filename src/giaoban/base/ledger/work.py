"""@service and record(): one verb, one transaction, at least one ledger entry."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connection, models, transaction

from giaoban.base.access import Actor
from giaoban.base.databases import last_of_ledger, may_write
from giaoban.base.ledger import guards
from giaoban.base.ledger.facts import exact
from giaoban.base.ledger.models import GENESIS, Entry

P = ParamSpec("P")
R = TypeVar("R")

_BATCH = 2_000
_FIELDS = Entry._meta.concrete_fields
_INSERT = f"INSERT INTO {Entry._meta.db_table} ({', '.join(one.column or '' for one in _FIELDS)}) VALUES "
_ROW = f"({', '.join(['%s'] * len(_FIELDS))})"
_LAST = f"SELECT id, hash FROM {Entry._meta.db_table} ORDER BY id DESC LIMIT 1"


class NothingRecorded(RuntimeError):
    """A service wrote rows and told nobody: a bug, rolled back."""


class NoService(RuntimeError):
    """record() was called outside a service: a bug."""


@dataclass
class _Work:
    """What one outermost service has written and recorded so far; `writes` counts statements that touched rows."""

    name: str
    entries: list[Entry] = field(default_factory=list)
    writes: int = 0

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        result = execute(sql, params, many, context)
        if guards.written_table(sql) is not None and (_inserts(sql) or context["cursor"].rowcount != 0):
            self.writes += 1
        return result


def _inserts(sql: str) -> bool:
    """SQLite counts the rows of an INSERT that returns values only after they are fetched."""
    return sql.lstrip()[:6].upper() == "INSERT"


_current: ContextVar[_Work | None] = ContextVar("giaoban_service", default=None)


@contextmanager
def _working(name: str) -> Iterator[None]:
    work = _Work(name)
    with transaction.atomic(), connection.execute_wrapper(work.watch), guards.writing():
        token = _current.set(work)
        try:
            yield
        finally:
            _current.reset(token)
        if work.writes and not work.entries:
            raise NothingRecorded(name)
        _seal(work.entries)


@contextmanager
def _joining(work: _Work) -> Iterator[None]:
    recorded, written = len(work.entries), work.writes
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del work.entries[recorded:]
        work.writes = written
        raise


def service(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a function a verb of the organisation: one transaction, entries sealed as its last step.

    A service called by another joins its transaction; when it is refused and the caller goes on all the same,
    neither its rows nor its entries remain. Raises NothingRecorded when rows were written and no entry was made,
    ReadOnly where the database may only be read; everything is rolled back then, as for any exception.
    """

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = _current.get()
        if outer is not None:
            with _joining(outer):
                return verb(*args, **kwargs)
        with may_write(), _working(verb.__qualname__):
            return verb(*args, **kwargs)

    run.is_service = True  # type: ignore[attr-defined]  # the house test reads this mark
    return run


def record(*, actor: Actor, verb: str, on: models.Model, at: datetime, place: str = "", **facts: Any) -> None:
    """Write down that `actor` did `verb` to the row `on`; `place` is the path of the unit it happened at.

    Facts are taken as they are now; the entry gets its number when the service commits. Raises NoService outside
    a service, facts.NotAFact for what both databases would not give back exactly as it was written.
    """
    work = _current.get()
    if work is None:
        raise NoService(verb)
    work.entries.append(
        Entry(
            at=at,
            actor=actor.key,
            actor_name=actor.name,
            verb=verb,
            subject_kind=on._meta.label_lower,
            subject_id=on.pk,
            place=place or "/",
            facts={name: exact(value) for name, value in facts.items()},
        )
    )


def head() -> int:
    """The number of the last committed entry, 0 in an empty ledger."""
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _seal(entries: list[Entry]) -> None:
    """Number and chain the entries. Last step before commit: the lock is held for a moment only."""
    if not entries:
        return
    last, previous = last_of_ledger(_LAST) or (0, GENESIS)
    for number, entry in enumerate(entries, start=last + 1):
        entry.id = number
        entry.hash = previous = entry.sealed(previous)
    _insert(entries)


def _insert(entries: list[Entry]) -> None:
    """With every write of the house, so the statement is not put together anew each time."""
    waiting = iter(entries)
    with connection.cursor() as cursor:
        while some := list(islice(waiting, _BATCH)):
            values = [
                field.get_db_prep_save(getattr(entry, field.attname), connection) for entry in some for field in _FIELDS
            ]
            cursor.execute(_INSERT + ", ".join([_ROW] * len(some)), values)


async def ahead() -> int:
    """`head()` for asynchronous callers."""
    return await sync_to_async(head)()
