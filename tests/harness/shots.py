"""`make shots`: every page of the demo at three widths and as printed on A4, into var/shots.

`make shots ARGS=--readme` takes the pictures of the README into docs/pictures instead; names of pages take only those.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from giaoban.site.demo.accounts import PASSWORD
from tests.browser import pages
from tests.browser.pages import Shown
from tests.harness import server
from tests.harness.browser import ARGUMENTS, chromium

SHOTS, PICTURES = server.ROOT / "var" / "shots", server.ROOT / "docs" / "pictures"
README = (
    "board", "figure", "form", "queue", "matrix", "narrative", "instruction", "tasks-timeline", "tasks-week",
    "briefing", "room", "briefing-wall", "plan",
)  # fmt: skip
A4 = {"width": 794, "height": 1123}  # at 96 points an inch
PICTURE = {"width": 1400, "height": 840}
_GREY = ("--disable-lcd-text", "--font-render-hinting=none")  # letters alike on every screen, and smaller files
_PRESENT = ("Hà Nội", "Nghệ An", "Quảng Ninh", "Thanh Hóa", "Đà Nẵng", "Hồ Chí Minh")
_ASKING = (("Hà Nội", "Sáu đảng bộ cấp trên cơ sở chưa đại hội"), ("Nghệ An", "Chuẩn bị đại hội tỉnh"))
_SAID = "Hoàn thành báo cáo kết quả đại hội cấp trên cơ sở để rút kinh nghiệm."
_TEXT = (
    "ĐẢNG BỘ QUẬN CẦU GIẤY\nBáo cáo nhanh kết quả đại hội\n"
    "Đại hội đại biểu Đảng bộ quận khai mạc ngày 11-8-2020, có 250 đại biểu được triệu tập.\n"
    "Dự phiên khai mạc có 248 đại biểu có mặt.\n"
    "Đại hội bầu Ban Chấp hành khóa mới; kết quả có 39 đồng chí trúng cử.\n"
    "Trong số đó có 9 cấp ủy viên nữ.\nBan Chấp hành có 5 cấp ủy viên dưới 40 tuổi."
)


class Album:
    """One signed-in browser for each person, on one served world."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.known: dict[str, Page] = {}

    def page(self, shown: Shown) -> Page:
        """The page as its person sees it, with what it needs to show something."""
        if shown.who not in self.known:
            context = self.browser.new_context(
                base_url=self.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
            )
            self.known[shown.who] = context.new_page()
            if shown.who:
                sign_in(self.known[shown.who], shown.who)
        page = self.known[shown.who]
        page.goto(shown.address)
        if shown.name == "narrative" and page.locator("mark.fact").count() == 0:
            page.locator("textarea[name=text]").fill(_TEXT)
            page.get_by_role("button", name="Đọc văn bản").click()
            page.locator("mark.fact").first.wait_for()
        if shown.name == "room":
            hold(page)
        page.evaluate("document.fonts.ready")
        return page


def hold(page: Page) -> None:
    """Open the session of a briefing that was called, with an item on the table and a site that speaks."""
    if page.get_by_role("button", name="Khai mạc").count() == 0:
        return
    page.get_by_role("button", name="Khai mạc").click()
    page.get_by_role("button", name="Vào mục").click()
    page.locator(".room-item.is-current").wait_for()
    for site in _PRESENT:
        page.get_by_role("button", name=f"điểm danh {site}", exact=True).click()
        page.locator(".seat.is-here", has_text=site).wait_for()
    for site, subject in _ASKING:
        page.locator("summary", has_text="Ghi đăng ký").click()
        page.get_by_label("Điểm cầu giơ tay").select_option(label=site)
        page.get_by_label("Về việc", exact=True).fill(subject)
        page.get_by_role("button", name="Ghi vào hàng chờ").click()
        page.locator(".turn", has_text=site).wait_for()
    page.get_by_role("button", name=f"Cho nói {_ASKING[0][0]}").first.click()
    page.locator(".room-speaking").wait_for()
    form = page.locator("#writing-conclusion")
    form.get_by_label("Nội dung kết luận").fill(_SAID)
    form.get_by_label("Loại").select_option("directive")
    form.get_by_label("Đơn vị chủ trì").fill("Hà Nội")
    form.get_by_label("Thời hạn").fill("15-9-2020")
    form.get_by_role("button", name="Ghi kết luận").click()
    page.locator(".conclusion").wait_for()
    page.evaluate("scrollTo(0, 0)")


def sign_in(page: Page, username: str) -> None:
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def everywhere(album: Album, wanted: Iterable[Shown]) -> int:
    """Each page at each width and in print."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    count = 0
    for shown in wanted:
        page = album.page(shown)
        for width, height in pages.WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=SHOTS / f"{shown.name}-{width}.png", full_page=True)
        page.set_viewport_size(A4)
        page.emulate_media(media="print")
        page.screenshot(path=SHOTS / f"{shown.name}-print.png", full_page=True)
        page.pdf(path=SHOTS / f"{shown.name}.pdf", format="A4", prefer_css_page_size=True)
        page.emulate_media(media="screen")
        count += 1
    return count


def readme(album: Album, wanted: Iterable[Shown]) -> int:
    """The pictures of the README."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    count = 0
    for shown in wanted:
        if shown.name in README:
            page = album.page(shown)
            page.set_viewport_size(PICTURE)
            page.screenshot(path=PICTURES / f"{shown.name}.png")
            count += 1
    return count


def taken(names: list[str], take: Callable[[Album, Iterable[Shown]], int]) -> tuple[int, str]:
    """How many pages were taken, and what the server complained about."""
    executable = chromium()
    if executable is None:
        raise SystemExit("no Chromium is installed; scripts/machine installs one")
    shelf = Path(tempfile.mkdtemp(prefix="giaoban-shots-"))
    try:
        serving = server.start(server.prepared(pages.DEMO, shelf))
        wanted = [one for one in pages.pages(serving.folder) if not names or one.name in names]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=[*ARGUMENTS, *_GREY])
            count = take(Album(browser, serving.url), wanted)
            browser.close()
        serving.stop()
        return count, serving.trouble()
    finally:
        shutil.rmtree(shelf, ignore_errors=True)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("names", nargs="*", help="only these pages")
    words.add_argument("--readme", action="store_true", help="the pictures of the README, into docs/pictures")
    asked = words.parse_args()
    count, trouble = taken(asked.names, readme if asked.readme else everywhere)
    print(f"{count} pages in {PICTURES if asked.readme else SHOTS}")
    if trouble:
        raise SystemExit(trouble)


if __name__ == "__main__":
    main()
