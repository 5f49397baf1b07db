"""The demo world, built once for all the tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from giaoban.apps.rollups import queries as rollups
from giaoban.apps.units import queries as units
from giaoban.site.demo import world as demo


@pytest.fixture(scope="package")
def _nation(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """One transaction around all tests of this folder that run in a row, rolled back at their end."""
    with django_db_blocker.unblock():
        units.forget_trees()
        rollups.forget()
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            demo.build()
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
            units.forget_trees()
            rollups.forget()


@pytest.fixture
def nation(_nation: None, db: None) -> None:
    """The demo nation; what a test changes in it is rolled back."""
