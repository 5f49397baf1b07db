"""What only one of the two databases can do, nobody else asks which one it is; and reading very many rows.

SQLite (WAL, immediate transactions) has one writer at a time; PostgreSQL has many, so ledger numbers need a lock
to become visible in commit order.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import Error, connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

from giaoban.core.refusal import Kind, Refusal

if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField  # takes no type parameters at run time

_LEDGER_LOCK = 0x6769616F  # any constant: the one advisory lock this application takes
_READ_ONLY = "25006"  # PostgreSQL's code for a write on a replica, or within a transaction that may only read


class DatabaseClosed(Refusal):
    kind: ClassVar[Kind] = Kind.FORBIDDEN
    says = "Không mở được cơ sở dữ liệu {place} ({reason}); hãy kiểm tra máy chủ cơ sở dữ liệu và GIAOBAN_DATABASE."


class ReadOnly(Refusal):
    kind: ClassVar[Kind] = Kind.FORBIDDEN
    says = "Cơ sở dữ liệu {place} chỉ cho đọc, nên chưa ghi gì; hãy đặt GIAOBAN_DATABASE tới máy chủ chính rồi làm lại."


class PathField(_Text):
    """A unit's place in the current tree, «/1/57/»: compared byte by byte, so that a subtree is one range.

    PostgreSQL sorts text by language unless told otherwise; a range over a language order is not a prefix.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else "BINARY"
        return parameters


def open_database() -> None:
    """Connect, unless that was done. Raises DatabaseClosed, which names the place and what the database said."""
    try:
        connection.ensure_connection()
    except Error as closed:
        lines = str(closed).strip().splitlines() or [type(closed).__name__]
        raise DatabaseClosed(place=_place(), reason=lines[-1].strip()) from closed


@contextmanager
def may_write() -> Iterator[None]:
    """What is written inside and refused because this database may only be read, as a replica, raises ReadOnly."""
    try:
        yield
    except Error as refused:
        told = refused.__cause__
        says = getattr(told, "sqlstate", None) or getattr(told, "sqlite_errorname", None) or ""
        if says == _READ_ONLY or says.startswith("SQLITE_READONLY"):
            raise ReadOnly(place=_place()) from refused
        raise


def _place() -> str:
    """Where the database is, as an administrator knows it; without what must not be shown."""
    known = connection.settings_dict
    host = f"{known['HOST']}:{known['PORT']}".strip(":") if connection.vendor == "postgresql" else ""
    return f"{host}/{known['NAME']}" if host else str(known["NAME"])


def last_of_ledger(sql: str) -> tuple[Any, ...] | None:
    """Hold the ledger until commit, so that numbers become visible in the order they were given; then ask for its end.

    Without the lock a reader of `id > last` misses rows that commit late. SQLite's immediate transaction is that lock.
    `sql` takes no parameters. Both go in one message, since others wait meanwhile; yet they are two statements, and
    the second sees what was committed until the first was done.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT pg_advisory_xact_lock({_LEDGER_LOCK}); {sql}")
            cursor.nextset()
        else:
            cursor.execute(sql)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def may_be_undone() -> bool:
    """Whether a transaction is open, so that what is read now may contain what others will never see.

    The transaction that wraps a test, to be undone after it, does not count: within the test it is the outside.
    """
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


class NoSnapshot(RuntimeError):
    """A snapshot was asked for inside a transaction, which may be undone: a bug."""


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one moment, that of the first reading; nobody who writes has to wait for it.

    A write inside is refused by the database. Raises NoSnapshot inside a transaction.
    """
    if may_be_undone():
        raise NoSnapshot
    if connection.in_atomic_block:  # the transaction that wraps a test sees one moment anyhow
        yield
        return
    is_many = connection.vendor == "postgresql"
    begin = ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"] if is_many else ["PRAGMA query_only = 1", "BEGIN"]
    end = ["ROLLBACK"] if is_many else ["ROLLBACK", "PRAGMA query_only = 0"]
    with connection.cursor() as cursor:
        for statement in begin:
            cursor.execute(statement)
        try:
            yield
        finally:
            for statement in end:
                cursor.execute(statement)


@contextmanager
def many_rows() -> Iterator[None]:
    """While very many rows are read, Python looks for no circles among what is kept of them.

    There are none, and looking again and again takes longer the more rows are kept. What others leave meanwhile is
    found afterwards.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


def learn_sizes(*rows: type[models.Model]) -> None:
    """Tell the planner how large these tables have become, after a bulk load in this very transaction.

    PostgreSQL would learn it minutes later by itself; until then it plans for empty tables. SQLite has no need.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(row._meta.db_table for row in rows))


def prefix_end(path: str) -> str:
    """The first text after every text that starts with `path` (a path ends in «/», and «0» follows «/»).

    >>> prefix_end("/1/57/")
    '/1/570'
    """
    return path[:-1] + "0"
