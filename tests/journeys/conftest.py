"""People at work in the small world: each has a browser of their own, and each test a world of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.harness.server import Server


@pytest.fixture
def enter(
    own_server: Server, open_page: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> Callable[..., Page]:
    """`enter("lan")`: this person's browser, signed in and at the desk."""

    def at_the_desk(username: str, **context: Any) -> Page:
        page = open_page(own_server.url, **context)
        sign_in(page, username)
        return page

    return at_the_desk
