"""The same week by keyboard alone, with the focus in sight at every step."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.harness.server import Server
from tests.harness.small_world import PASSWORD
from tests.journeys.steps import WHOLE, leave

pytestmark = pytest.mark.browser
MOST_STEPS = 80
_FOCUS = """() => {
  const node = document.activeElement;
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  const isDrawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
  return {
    isSeen: isDrawn && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    name: node.name || "",
    words: node.textContent.trim().replace(/\\s+/g, " "),
    isChosen: node.closest("[data-queue-item]") !== null,
    drawn: node.outerHTML.slice(0, 120),
  };
}"""


class Keyboard:
    """A person with no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        self.page.wait_for_load_state()
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def to(self, *, name: str = "", words: str = "") -> None:
        """Tab until the box of this name, or the thing with these words, has the focus."""
        for _ in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(_FOCUS)
            assert here["isSeen"], f"the focus is not in sight at {here['drawn']}"
            if (name and here["name"] == name) or (words and here["words"].startswith(words)):
                return
        pytest.fail(f"no way to {name or words} by Tab")

    def to_item(self, words: str) -> None:
        """Press j until the work of this unit is chosen."""
        self.page.wait_for_load_state()
        for _ in range(MOST_STEPS):
            self.page.keyboard.press("j")
            here = self.page.evaluate(_FOCUS)
            if here["isChosen"] and words in here["words"]:  # where nothing is chosen, the page has all the words
                return
        pytest.fail(f"no way to {words} by j")

    def sign_in(self, username: str) -> None:
        self.page.goto("/sign-in/")
        self.type(username)
        self.to(name="password")
        self.type(PASSWORD)
        self.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")


@pytest.fixture
def keyboard(own_server: Server, open_page):
    return lambda: Keyboard(open_page(own_server.url))


def test_the_whole_week_without_a_mouse(keyboard):
    lan, binh = keyboard(), keyboard()
    lan.sign_in("lan")
    lan.press("Tab", "Enter")
    expect(lan.page.locator("#main")).to_be_focused()

    lan.press("j", "m")
    expect(lan.page.locator("#report-form")).to_be_visible()
    lan.to(name="f-held")
    lan.press("ArrowDown")
    for field, text in WHOLE.items():
        lan.to(name=f"f-{field}")
        lan.type(text)
        if field == "attended":
            leave(lan.page, field)
            lan.press("Shift+Tab")
    lan.press("Control+Enter")
    expect(lan.page.get_by_text("Đã nộp báo cáo.")).to_be_visible()

    binh.sign_in("binh")
    binh.to_item("Cầu Giấy")
    binh.press("t")
    expect(binh.page.locator("[name=reason]")).to_be_visible()  # keys pressed before the page is there are lost
    binh.to(name="reason")
    binh.type("Đề nghị xem lại số đại biểu.")
    binh.press("Control+Enter")
    expect(binh.page.get_by_text("Đã trả lại báo cáo.")).to_be_visible()

    lan.press("g", "d")
    expect(lan.page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")
    lan.press("j", "m")
    expect(lan.page.locator("#report-form")).to_be_visible()
    lan.to(name="f-attended")
    lan.press("Control+a")
    lan.type("247")
    lan.press("Control+Enter")
    expect(lan.page.get_by_text("Đã nộp báo cáo.")).to_be_visible()

    binh.press("g", "b")
    expect(binh.page.get_by_role("heading", level=1)).to_have_text("Báo cáo")
    binh.press("g", "d")
    expect(binh.page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")
    binh.to_item("Cầu Giấy")
    binh.press("n")
    expect(binh.page.get_by_text("Đã nhận báo cáo.")).to_be_visible()
