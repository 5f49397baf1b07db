"""The fixture `world`: the small organisation most tests happen in."""

from __future__ import annotations

import pytest

from giaoban.apps.units import queries as units
from giaoban.apps.units.queries import comparing
from giaoban.site.demo.small import World, build_small


@pytest.fixture
def world(db: None) -> World:
    """A small organisation on Monday, 24 August 2020, nine in the morning; see giaoban.site.demo.small.World."""
    units.forget_trees()
    comparing.forget_history()
    return build_small()
