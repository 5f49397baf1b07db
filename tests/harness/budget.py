"""Query budgets: a page costs the same at 10 and at 1,000 rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

_MACHINERY = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET ")


@contextmanager
def budget(connection: BaseDatabaseWrapper, most: int) -> Iterator[None]:
    """Fail when the block sends more than `most` statements, transaction control not counted."""
    with CaptureQueriesContext(connection) as captured:
        yield
    sent = [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(_MACHINERY)]
    listed = "\n".join(f"{number}. {sql[:200]}" for number, sql in enumerate(sent, start=1))
    assert len(sent) <= most, f"{len(sent)} queries, budget {most}:\n{listed}"
