"""Guards for development and tests: no write outside a service, no query while a template renders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection

_WRITE = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|COPY)\s+"?(\w+)',
    re.IGNORECASE,
)
_allowed: ContextVar[bool] = ContextVar("giaoban_writing", default=False)


class WriteOutsideService(RuntimeError):
    """Rows were about to be written outside a service: a bug."""


class QueryWhileRendering(RuntimeError):
    """A template asked the database: a bug; the view must fetch before it renders."""


def written_table(sql: str) -> str | None:
    """The business table a statement writes to, None for reads and for tables that need no ledger.

    >>> written_table('UPDATE "reports_report" SET "state" = %s')
    'reports_report'
    >>> written_table('SELECT * FROM "reports_report"')
    """
    match = _WRITE.match(sql)
    if match is None or match[1] in settings.LEDGER_EXEMPT_TABLES:
        return None
    return match[1]


@contextmanager
def writing() -> Iterator[None]:
    """Allow writes: what @service opens, and what a test opens to spoil a row on purpose."""
    token = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(token)


def _refuse_stray_write(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    if not _allowed.get() and written_table(sql) is not None:
        raise WriteOutsideService(sql[:200])
    return execute(sql, params, many, context)


def _refuse_query(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    raise QueryWhileRendering(sql[:200])


@contextmanager
def no_stray_writes() -> Iterator[None]:
    with connection.execute_wrapper(_refuse_stray_write):
        yield


@contextmanager
def no_queries() -> Iterator[None]:
    with connection.execute_wrapper(_refuse_query):
        yield
