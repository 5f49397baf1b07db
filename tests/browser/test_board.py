"""The board moves by itself, and every number on it leads down to the entry that made it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pages
from tests.harness import server
from tests.harness.server import Server
from tests.harness.shots import sign_in
from tests.journeys.steps import WHOLE, box, choose, submit, write

pytestmark = pytest.mark.browser
MEASURE = "dai-hoi-cap-tren-co-so"


@pytest.fixture
def own_demo(shelf: Path, tmp_path: Path) -> Iterator[Server]:
    """A demo world of the test's own."""
    own = server.start(shutil.copytree(server.prepared(pages.DEMO, shelf), tmp_path / "demo"))
    yield own
    own.stop()
    assert not (trouble := own.trouble()), f"the server complained:\n{trouble}"


@pytest.fixture
def enter(own_demo: Server, open_page: Callable[..., Page]) -> Callable[[str], Page]:
    """`enter("hanoi")`: this person's browser, signed in and at the desk."""

    def at_the_desk(username: str) -> Page:
        page = open_page(own_demo.url)
        sign_in(page, username)
        return page

    return at_the_desk


def hand_in(page: Page) -> None:
    """Cầu Giấy's report of this week: the congress is over, 247 of 250 came."""
    page.get_by_role("region", name="Phải làm").get_by_text("Tiến độ đại hội", exact=False).first.click()
    if box(page, "held").locator("option:checked").inner_text() != "Có":
        choose(page, "held", "Có")
    for field, text in (WHOLE | {"attended": "247"}).items():
        if box(page, field).input_value() != text:
            write(page, field, text)
    submit(page)


def test_the_board_changes_by_itself_and_leads_down_to_the_entry(enter):
    centre, district = enter("trunguong"), enter("caugiay")
    centre.goto("/rollups/")
    headline = centre.locator(f"[data-figure='headline-{MEASURE}']")
    expect(headline).to_contain_text("1.192")

    hand_in(district)
    expect(headline).to_contain_text("1.193")
    assert centre.evaluate("performance.getEntriesByType('navigation').length") == 1

    headline.click()
    drawer = centre.locator("#drawer")
    expect(drawer).to_be_visible()
    expect(drawer).to_contain_text("1.193")
    assert f"/rollups/figure/{MEASURE}/" in centre.url
    address = centre.url
    centre.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(headline).to_be_focused()
    assert centre.url.endswith("/rollups/")

    centre.goto(address)
    centre.locator("main").get_by_role("link", name="trả lời «có»").first.click()
    centre.goto(f"{centre.url.partition('?')[0].replace('/TW/', '/01-05/')}?group=yes")
    centre.locator("table.behind").get_by_role("link", name="Cầu Giấy").click()
    expect(centre.get_by_role("row", name="Đại biểu có mặt").first).to_contain_text("247")
    centre.get_by_role("link", name="Lịch sử").click()
    centre.locator(".story").get_by_role("link", name="sổ nhật ký").first.click()
    expect(centre.locator("main")).to_contain_text("Tạ Ngọc Liên")


def test_the_drawer_gives_the_focus_back_though_the_board_changed_meanwhile(enter):
    centre, district = enter("trunguong"), enter("caugiay")
    centre.goto("/rollups/")
    headline = centre.locator(f"[data-figure='headline-{MEASURE}']")
    headline.focus()
    centre.keyboard.press("Enter")
    expect(centre.locator("#drawer")).to_be_visible()

    hand_in(district)
    expect(headline).to_contain_text("1.193")
    centre.keyboard.press("Escape")

    expect(headline).to_be_focused()


def test_nothing_on_the_board_moves_when_a_figure_changes(enter):
    centre, district = enter("trunguong"), enter("caugiay")
    centre.goto("/rollups/")
    centre.evaluate("""() => { window.moved = 0; new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) window.moved += shift.value;
    }).observe({ type: "layout-shift" }); }""")

    hand_in(district)
    expect(centre.locator(f"[data-figure='headline-{MEASURE}']")).to_contain_text("1.193")

    assert centre.evaluate("window.moved") < 0.01
