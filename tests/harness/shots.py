"""`make shots`: pictures of every page that can be reached by links, at three widths and in print, into var/shots.

`make shots ARGS="--world giaoban.demo --as hanoi --password … /rollups/"` takes another world, person or start.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.harness import server
from tests.harness.browser import ARGUMENTS, chromium
from tests.harness.small_world import PASSWORD

WIDTHS = (360, 1024, 1600)
MOST_PAGES = 40
_SKIPPED = re.compile(r"^/(?:sign-out|static|live)/|\.(?:pdf|docx|xlsx|csv|ics)$")


def asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("addresses", nargs="*", default=["/"], help="where to begin (default: /)")
    words.add_argument("--world", default="tests.harness.small_world", help="python -m WORLD fills the database")
    words.add_argument("--as", dest="person", default="an", help="who signs in")
    words.add_argument("--password", default=PASSWORD)
    words.add_argument("--into", type=Path, default=server.ROOT / "var" / "shots")
    return words.parse_args()


def kind_of(address: str) -> str:
    """Addresses that differ in numbers and unit codes alone are one page: «/reports/N/»."""
    return re.sub(r"(?<=/)(?:[^/]*\d[^/]*|[A-Z]+)(?=/|$)", "N", urlsplit(address).path)


def pages(page: Page, begin: list[str]) -> Iterator[tuple[str, str]]:
    """(kind, address) of one page of each kind, found by following links."""
    waiting, seen = list(begin), set()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind in seen or _SKIPPED.search(kind):
            continue
        seen.add(kind)
        answer = page.goto(address)
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        waiting += page.eval_on_selector_all(
            "a[href]", "links => links.filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"
        )
        yield kind, address


def picture(page: Page, kind: str, address: str, into: Path) -> None:
    name = kind.strip("/").replace("/", "-") or "desk"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        page.screenshot(path=into / f"{name}-{width}.png", full_page=True)
    page.pdf(path=into / f"{name}.pdf", format="A4", prefer_css_page_size=True)


def take(browser: Browser, url: str, words: argparse.Namespace) -> int:
    page = browser.new_context(base_url=url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh").new_page()
    page.goto("/sign-in/")
    picture(page, "/sign-in/", "/sign-in/", words.into)
    page.locator("input[name=login]").fill(words.person)
    page.locator("input[name=password]").fill(words.password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    found = list(pages(page, words.addresses))
    for kind, address in found:
        picture(page, kind, address, words.into)
    return len(found) + 1


def main() -> None:
    words = asked()
    executable = chromium()
    if executable is None:
        raise SystemExit("no Chromium is installed; scripts/machine installs one")
    words.into.mkdir(parents=True, exist_ok=True)
    shelf = Path(tempfile.mkdtemp(prefix="giaoban-shots-"))
    try:
        serving = server.start(server.prepared((words.world,), shelf))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            taken = take(browser, serving.url, words)
            browser.close()
        serving.stop()
        trouble = serving.trouble()
    finally:
        shutil.rmtree(shelf, ignore_errors=True)
    print(f"{taken} pages in {words.into}")
    if trouble:
        raise SystemExit(trouble)


if __name__ == "__main__":
    main()
