"""The scene of these tests: the small organisation with a board."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from giaoban.apps.rollups import queries
from giaoban.apps.rollups.tests.scene import define, define_all


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def held(world):
    """How many of the committees above base have held their congress."""
    return define(world, "dai-hoi")


@pytest.fixture
def measures(world):
    """One measure of every rule."""
    return define_all(world)
