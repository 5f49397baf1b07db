"""Fixtures for tests that drive a real Chromium against the real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.harness import server
from tests.harness.server import Server
from tests.harness.small_world import PASSWORD

_CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_UNASKED = "/favicon.ico"  # asked for by the browser itself where a page names no icon
_IS_LOADED = "typeof axe === 'object'"
_ASKED = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # what passes is counted, not described
    "preload": False,  # of style sheets and sounds: one rule asks for sounds, and no page has any
}


def chromium() -> str | None:
    """The installed browser, None when there is none."""
    return next((path for name in _CHROMIUM if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all parallel workers of one run share."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "worlds"


@pytest.fixture(scope="session")
def world_command() -> tuple[str, ...]:
    """What `python -m ...` fills the database with before the server starts; a folder of tests may override it."""
    return ("tests.harness.small_world",)


@pytest.fixture(scope="session")
def serve(shelf: Path) -> Iterator[Callable[[tuple[str, ...]], Server]]:
    """One server for each world, shared by the tests of this worker and stopped at the end."""
    running: dict[tuple[str, ...], Server] = {}

    def of(world: tuple[str, ...]) -> Server:
        if world not in running:
            folder = shelf / f"shared-{os.environ.get('PYTEST_XDIST_WORKER', 'all')}-{len(running)}"
            shutil.copytree(server.prepared(world, shelf), folder)
            running[world] = server.start(folder)
        return running[world]

    yield of
    for each in running.values():
        each.stop()


@pytest.fixture
def shared_server(serve: Callable[[tuple[str, ...]], Server], world_command: tuple[str, ...]) -> Iterator[Server]:
    """The shared server of this world: for tests that read, or write what no other test reads."""
    shared = serve(world_command)
    shared.trouble()
    yield shared
    if trouble := shared.trouble():
        pytest.fail(f"the server complained:\n{trouble}")


@pytest.fixture
def own_server(shelf: Path, world_command: tuple[str, ...], tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own on a fresh copy of this world: for tests that change it, or stop the server."""
    folder = shutil.copytree(server.prepared(world_command, shelf), tmp_path / "world")
    own = server.start(folder)
    yield own
    own.stop()
    if trouble := own.trouble():
        pytest.fail(f"the server complained:\n{trouble}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    if executable is None:
        pytest.skip("no Chromium is installed; scripts/machine installs one")
    # Playwright keeps an event loop in this thread, which Django takes for an asynchronous caller
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def expected_errors() -> list[str]:
    """Parts of console errors a test means to provoke, such as «422» of a refusal."""
    return []


@pytest.fixture
def open_page(browser: Browser, expected_errors: list[str]) -> Iterator[Callable[..., Page]]:
    """`open_page(url, width=1600, height=900, **context)`: a page of its own person; errors in it fail the test."""
    contexts = []
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location.get("url", "").endswith(_UNASKED):
            errors.append(f"{message.text} ({message.location.get('url', '')})")

    def opened(url: str, *, width: int = 1600, height: int = 900, **wanted: Any) -> Page:
        context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": height},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            **wanted,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    unexpected = [error for error in errors if not any(part in error for part in expected_errors)]
    assert not unexpected, "\n".join(["errors in the page:", *unexpected])


@pytest.fixture
def page(open_page: Callable[..., Page], shared_server: Server) -> Page:
    """A page on the shared server, 1600 × 900."""
    return open_page(shared_server.url)


@pytest.fixture
def sign_in() -> Callable[[Page, str], None]:
    """`sign_in(page, "lan")`: through the form, like anybody; leads to the first page."""

    def through_the_form(page: Page, username: str) -> None:
        page.goto("/sign-in/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/sign-in/" not in url)

    return through_the_form


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails on any violation of WCAG 2.2 AA, naming rule and element."""

    def check(page: Page) -> None:
        if not page.evaluate(_IS_LOADED):
            page.evaluate(f"{AXE_SCRIPT};0")
        found = AxeResults(page.evaluate("asked => axe.run(asked)", _ASKED))
        assert not found.violations_count, found.generate_report()

    return check
