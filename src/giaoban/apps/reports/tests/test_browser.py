"""The form and the queue as people meet them: in a real browser, by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def begin_report(page: Page, sign_in, username: str) -> None:
    """Sign in and take up the congress report from the desk."""
    sign_in(page, username)
    page.goto("/")
    page.get_by_role("button", name="Tiến độ đại hội").first.click()
    page.wait_for_url(re.compile(r"/reports/\d+/"))


def leave(page: Page, box: str, text: str) -> None:
    """Type into a box and leave it, as with the Tab key; wait until the server has looked at it."""
    with page.expect_response(lambda answer: "/check/" in answer.url):
        page.locator(f"#{box}").fill(text)
        page.locator(f"#{box}").press("Tab")


def test_a_wrong_value_is_told_at_its_field_and_gone_when_mended(own_server, open_page, sign_in):
    page = open_page(own_server.url)
    begin_report(page, sign_in, "lan")

    leave(page, "f-summoned", "250")
    leave(page, "f-attended", "251")
    expect(page.locator("#f-attended-told")).to_contain_text("nhiều hơn số được triệu tập")
    leave(page, "f-attended", "248")

    expect(page.locator("#f-attended-told .entry-fault")).to_have_count(0)
    expect(page.locator("#f-summoned-told .entry-fault")).to_have_count(0)
    expect(page.locator("#f-attendance")).to_have_text("99,20")


def test_unsaved_saved_and_handed_in_are_always_visible(own_server, open_page, sign_in):
    page = open_page(own_server.url)
    begin_report(page, sign_in, "dung")

    page.locator("#f-held").select_option("no")
    expect(page.locator(".save-state")).to_have_text("Chưa lưu")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.get_by_text("Đã lưu bản nháp")).to_be_visible()
    expect(page.locator(".save-state")).to_contain_text("lưu")
    page.locator("#prose").press("Control+Enter")

    expect(page.get_by_text("Đã nộp báo cáo")).to_be_visible()
    expect(page.locator(".chip-submitted")).to_be_visible()


def test_a_refused_save_still_holds_what_was_typed(own_server, open_page, sign_in, expected_errors):
    expected_errors.append("422")
    page = open_page(own_server.url)
    begin_report(page, sign_in, "lan")

    page.locator("#prose").fill("Một đoạn dài.")
    leave(page, "f-women", "chín")
    page.get_by_role("button", name="Lưu nháp").click()

    expect(page.locator("#f-women")).to_have_value("chín")
    expect(page.locator("#prose")).to_have_value("Một đoạn dài.")
    expect(page.locator(".save-state")).to_have_text("Chưa lưu")


def test_a_reviewer_works_through_the_queue_by_keyboard(own_server, open_page, sign_in):
    clerk = open_page(own_server.url)
    begin_report(clerk, sign_in, "lan")
    clerk.locator("#f-held").select_option("no")
    clerk.locator("#prose").press("Control+Enter")
    expect(clerk.locator(".chip-submitted")).to_be_visible()

    page = open_page(own_server.url)
    sign_in(page, "binh")
    page.goto("/review/")
    page.keyboard.press("j")
    page.keyboard.press("n")

    expect(page.get_by_text("Đã nhận báo cáo")).to_be_visible()
    expect(page.get_by_text("Không có báo cáo nào chờ duyệt")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1600])
def test_every_page_can_be_used_by_all(own_server, open_page, sign_in, axe, width: int):
    page = open_page(own_server.url, width=width)
    begin_report(page, sign_in, "lan")
    report = page.url.removeprefix(own_server.url)

    for address in (report, f"{report}history/", "/", "/reports/", "/review/", "/owing/"):
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
