"""Readers of the demo world: one server for all, one signed-in context for each person."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import pages
from tests.harness.server import Server
from tests.harness.shots import sign_in


@pytest.fixture(scope="session")
def demo(serve: Callable[[tuple[str, ...]], Server]) -> Server:
    """The demo world, served; no test changes it."""
    return serve(pages.DEMO)


@pytest.fixture(scope="session")
def _contexts(browser: Browser, demo: Server) -> Iterator[Callable[[str], BrowserContext]]:
    known: dict[str, BrowserContext] = {}

    def of(username: str) -> BrowserContext:
        if username not in known:
            known[username] = browser.new_context(
                base_url=demo.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
            )
            if username:
                page = known[username].new_page()
                sign_in(page, username)
                page.close()
        return known[username]

    yield of
    for context in known.values():
        context.close()


@pytest.fixture
def visit(_contexts: Callable[[str], BrowserContext], demo: Server) -> Iterator[Callable[..., Page]]:
    """`visit("hanoi", "/review/", width=360)`: a page as this person sees it; an error in it fails the test."""
    opened: list[Page] = []
    errors: list[str] = []
    demo.trouble()

    def page_of(username: str, address: str, *, width: int = 1600, status: int = 200) -> Page:
        page = _contexts(username).new_page()
        opened.append(page)
        page.set_default_timeout(10_000)
        page.set_viewport_size({"width": width, "height": pages.WIDTHS[width]})
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield page_of
    for page in opened:
        page.close()
    assert not errors, "\n".join(["errors in the page:", *errors])
    assert not (trouble := demo.trouble()), f"the server complained:\n{trouble}"
