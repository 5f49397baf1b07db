"""A briefing as people meet it: in a real browser, from its form to the notice of what was concluded."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def hand_out_in_the_name_of(page: Page, name: str) -> None:
    page.goto("/tasks/lists/")
    if page.get_by_text(name, exact=True).count() == 0:
        page.locator("#assigner-name").fill(name)
        page.get_by_role("button", name="Thêm cơ quan giao").click()


def begin_series(page: Page) -> None:
    hand_out_in_the_name_of(page, "Ban Thường vụ")
    page.goto("/briefings/series/new/")
    page.get_by_label("Tên chuỗi").fill("Giao ban tuần")
    page.get_by_label("Giao việc thay mặt").select_option("ban-thuong-vu")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/briefings/")


def prepare(page: Page) -> str:
    """Hà Nội's reviewer prepares this week's briefing through the form; returns its address."""
    begin_series(page)
    page.keyboard.press("a")
    page.wait_for_url("**/briefings/new/")
    page.get_by_role("link", name="Giao ban tuần").click()
    page.get_by_label("Họ tên chủ trì").fill("Nguyễn Văn Chủ")
    page.get_by_label("Đống Đa", exact=True).uncheck()
    page.get_by_label("Số phút của mục 2").fill("25")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/briefings/\d+/$"))
    return page.url


def test_a_briefing_walks_from_preparing_to_its_notice(own_server, open_page, sign_in):
    above = open_page(own_server.url)
    sign_in(above, "binh")
    address = prepare(above)
    expect(above.locator(".briefing-main")).to_contain_text("60 phút")
    expect(above.locator(".sites li")).to_have_count(3)
    above.keyboard.press("s")
    expect(above.get_by_text("Đã gửi giấy mời đến các điểm cầu.")).to_be_visible()

    unit = open_page(own_server.url)
    sign_in(unit, "lan")
    unit.goto(f"{address}invitation/")
    unit.get_by_label("Cử người dự thay").check()
    unit.get_by_label("Người dự thay (họ tên, chức vụ)").fill("Vi Thị Mai, Phó Trưởng ban")
    unit.get_by_role("button", name="Gửi trả lời").click()
    expect(unit.get_by_text("Đã trả lời giấy mời.")).to_be_visible()

    above.goto(f"{address}pack/")
    above.get_by_role("button", name="Đóng và gửi tài liệu").click()
    expect(above.get_by_text("Đã đóng và gửi tài liệu giao ban.")).to_be_visible()
    expect(above.locator(".site.is-substitute")).to_contain_text("Cầu Giấy")
    above.get_by_role("button", name="Khai mạc").click()
    above.goto(f"{address}minutes/")
    above.get_by_label("Nội dung kết luận").fill("Gửi báo cáo kết quả đại hội của quận.")
    above.get_by_label("Loại").select_option("directive")
    above.get_by_label("Đơn vị chủ trì").fill("Cầu Giấy")
    above.get_by_label("Thời hạn").fill("đến hết tháng 9-2020")
    above.keyboard.press("Control+Enter")
    expect(above.locator(".conclusion.is-directive")).to_contain_text("mới giao")
    above.goto(address)
    above.get_by_role("button", name="Bế mạc").click()
    expect(above.locator(".chip-signed")).to_be_visible()

    unit.goto(f"{address}notice/")
    expect(unit.locator(".notice-paper")).to_contain_text("Một là, Gửi báo cáo kết quả đại hội của quận.")
    unit.goto(f"{address}tasks/")
    unit.get_by_role("link", name="Gửi báo cáo kết quả đại hội").click()
    unit.wait_for_url(re.compile(r"/tasks/\d+/$"))


def test_a_refused_conclusion_keeps_what_was_typed(own_server, open_page, sign_in, expected_errors):
    expected_errors.append("422")
    page = open_page(own_server.url)
    sign_in(page, "binh")
    address = prepare(page)
    page.keyboard.press("s")
    page.get_by_role("button", name="Khai mạc").click()
    page.goto(f"{address}minutes/")
    page.get_by_label("Nội dung kết luận").fill("Việc chưa có hạn")
    page.get_by_label("Loại").select_option("directive")
    page.get_by_label("Đơn vị chủ trì").fill("Cầu Giấy")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".conclude .field-fault")).to_contain_text("chưa có thời hạn")
    expect(page.get_by_label("Nội dung kết luận")).to_have_value("Việc chưa có hạn")


@pytest.mark.parametrize("width", [360, 1600])
def test_every_page_can_be_used_by_all(own_server, open_page, sign_in, axe, width: int):
    page = open_page(own_server.url, width=width)
    sign_in(page, "binh")
    briefing = prepare(page).removeprefix(own_server.url)
    page.get_by_role("button", name="Gửi giấy mời").click()

    before = ("/briefings/", "/briefings/new/", "/briefings/series/new/", briefing, f"{briefing}plan/")
    for address in (*before, f"{briefing}invitation/", f"{briefing}pack/"):
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto(briefing)
    page.get_by_role("button", name="Khai mạc").click()
    for part in ("minutes/", "notice/", "tasks/"):
        page.goto(f"{briefing}{part}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), part
