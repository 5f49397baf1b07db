"""The weekly calendar as people meet it: entered on the page, told of a clash, and printed on one sheet."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from tests.browser.pages import DEMO
from tests.harness import shots

pytestmark = pytest.mark.browser


def enter(page: Page, hours: str, title: str) -> None:
    page.get_by_text("Ghi lịch", exact=True).click()
    page.get_by_label("Giờ hoặc buổi").fill(hours)
    page.get_by_label("Nội dung").fill(title)
    page.get_by_label("Chủ trì").fill("Tạ Ngọc Lan, Phó Trưởng ban")
    page.get_by_role("button", name="Ghi vào lịch").click()


def test_an_entry_is_written_on_the_page_and_a_clash_is_told_in_words(own_server, open_page, sign_in):
    page = open_page(own_server.url)
    sign_in(page, "lan")
    page.goto("/tasks/week/")
    enter(page, "8h–10h", "Họp Ban Thường vụ")
    expect(page.locator(".week-title")).to_contain_text("Họp Ban Thường vụ")

    enter(page, "9:30", "Tiếp công dân")
    expect(page.locator(".messages")).to_contain_text("trùng người chủ trì với «Họp Ban Thường vụ», 8:00–10:00")
    expect(page.locator(".week-clash")).to_have_count(2)

    page.get_by_role("link", name="Tiếp công dân").click()
    page.get_by_text("Hoãn", exact=True).click()
    page.get_by_label("Vì sao hoãn?").fill("Chuyển sang chiều")
    page.get_by_role("button", name="Hoãn mục lịch này").click()
    expect(page.locator(".is-cancelled")).to_contain_text("Chuyển sang chiều")
    expect(page.locator(".week-clash")).to_have_count(0)


def test_a_full_week_prints_on_one_sheet_lying_down(serve, open_page):
    page = open_page(serve(DEMO).url)
    shots.sign_in(page, "trunguong")
    for week in ("2020-W34", "2020-W35"):
        page.goto(f"/tasks/week/?unit=TW&week={week}")
        printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))

        width, height = printed[0].get_size()
        assert len(printed) == 1
        assert width > height
