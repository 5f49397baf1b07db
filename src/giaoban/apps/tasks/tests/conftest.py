"""Counting queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def queries_of() -> Callable[[Callable[[], object]], int]:
    """How many queries something takes."""

    def count(ask: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as seen:
            ask()
        return len(seen)

    return count
