"""The whole chain in two browsers: report, pack, live room, directive, task, and the report that accounts for it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from giaoban.apps.briefings.tests.test_browser import prepare
from tests.harness import server
from tests.harness.server import Server
from tests.journeys.steps import fill, submit, take_up

pytestmark = pytest.mark.browser
DIRECTIVE = "Gửi danh sách cấp ủy viên trúng cử."


def call_together(above: Page) -> str:
    """Hà Nội receives the report, prepares the briefing, calls the sites and sends the pack; returns its address."""
    above.goto("/review/")
    above.keyboard.press("j")
    above.keyboard.press("n")
    expect(above.get_by_text("Đã nhận báo cáo.")).to_be_visible()
    address = prepare(above)
    call(above)
    above.goto(f"{address}pack/")
    above.get_by_role("button", name="Đóng và gửi tài liệu").click()
    expect(above.get_by_text("Đã đóng và gửi tài liệu giao ban.")).to_be_visible()
    return address


def call(above: Page) -> None:
    """Send the invitations."""
    above.keyboard.press("s")
    expect(above.get_by_text("Đã gửi giấy mời đến các điểm cầu.")).to_be_visible()


def part(page: Page, name: str) -> Locator:
    return page.locator(f"[data-part={name}]")


def speak(above: Page, unit: Page) -> None:
    """The site asks to speak, is called, speaks and is done; each sees it without asking."""
    unit.get_by_label("Phát biểu về việc").fill("Kết quả đại hội quận")
    unit.get_by_role("button", name="Đăng ký phát biểu").click()
    expect(part(above, "speeches")).to_contain_text("Kết quả đại hội quận")
    part(above, "speeches").get_by_role("button", name="Mời Cầu Giấy", exact=True).click()
    expect(part(unit, "bar")).to_contain_text("Đến lượt: xin chuẩn bị phát biểu")
    part(above, "speeches").get_by_role("button", name="Cho nói Cầu Giấy").click()
    expect(part(unit, "bar")).to_contain_text("Đang phát biểu")
    expect(part(above, "now")).to_contain_text("Cầu Giấy")
    unit.get_by_role("button", name="Kết thúc phát biểu").click()
    expect(part(above, "speeches")).to_contain_text("Chưa có điểm cầu nào đăng ký.")


def ask_all(above: Page, unit: Page) -> None:
    """A quick question is refused until enough sites are there, and is closed once enough have answered."""
    above.locator("summary", has_text="Lấy ý kiến").click()
    above.get_by_label("Câu hỏi cho mọi điểm cầu").fill("Đồng ý mốc số liệu 23-8-2020?")
    above.get_by_role("button", name="Hỏi ngay").click()
    expect(above.locator("#told")).to_contain_text("Có 1/2 điểm cầu có mặt, chưa đủ 2 để lấy ý kiến")
    above.get_by_role("button", name="điểm danh Ba Vì").click()
    expect(part(above, "head")).to_contain_text("3/3 điểm cầu có mặt")
    expect(above.get_by_label("Câu hỏi cho mọi điểm cầu")).to_have_value("Đồng ý mốc số liệu 23-8-2020?")
    above.locator("summary", has_text="Lấy ý kiến").click()
    above.get_by_role("button", name="Hỏi ngay").click()
    unit.get_by_role("button", name="đồng ý", exact=True).click()
    expect(part(above, "question")).to_contain_text("1/2 điểm cầu đã trả lời")
    above.get_by_role("button", name="Chốt ý kiến").click()
    expect(above.locator("#told")).to_contain_text("Mới có 1/2 điểm cầu trả lời, chưa đủ 2")
    above.get_by_role("button", name="Thôi lấy ý kiến").click()
    expect(part(unit, "question")).to_contain_text("Không có kết quả")


def conclude(above: Page, unit: Page) -> None:
    """A directive without a deadline is refused and keeps its words; whole, it is on every screen and is a task."""
    form = above.locator("#writing-conclusion")
    form.get_by_label("Nội dung kết luận").fill(DIRECTIVE)
    form.get_by_label("Loại").select_option("directive")
    form.get_by_label("Đơn vị chủ trì").fill("Cầu Giấy")
    above.keyboard.press("Control+Enter")
    expect(above.locator("#told")).to_contain_text("chưa có thời hạn")
    form.get_by_label("Thời hạn").fill("28-8-2020")
    form.get_by_label("Sản phẩm phải có").fill("Danh sách")
    above.keyboard.press("Control+Enter")
    expect(part(unit, "conclusions")).to_contain_text(DIRECTIVE)
    expect(part(unit, "conclusions")).to_contain_text("nhiệm vụ: mới giao")
    expect(form.get_by_label("Nội dung kết luận")).to_have_value("")


def test_from_the_report_over_the_briefing_to_the_next_report(own_server: Server, enter, expected_errors):
    expected_errors += ["409", "422"]
    unit, above = enter("lan"), enter("binh")
    take_up(unit)
    fill(unit)
    submit(unit)

    address = call_together(above)
    unit.goto(f"{address}room/")
    expect(part(unit, "now")).to_contain_text("Chưa khai mạc")
    door = unit.get_by_role("link", name="Vào truyền hình")
    expect(door).to_have_attribute("href", re.compile(r"^https://truyen-hinh\.example/\d+/site-\d+$"))
    above.goto(f"{address}room/")
    above.get_by_role("button", name="Khai mạc").click()
    expect(part(unit, "head")).to_contain_text("đang họp")
    part(above, "bar").get_by_role("button", name="Vào mục: Kết quả công tác trong kỳ").click()
    expect(part(unit, "now")).to_contain_text("Kết quả công tác trong kỳ")
    expect(part(above, "head")).to_contain_text("2/3 điểm cầu có mặt")

    speak(above, unit)
    ask_all(above, unit)
    conclude(above, unit)
    part(above, "bar").get_by_role("button", name="Bế mạc").click()
    expect(part(unit, "now")).to_contain_text("Đã bế mạc")
    unit.get_by_role("link", name="Xem biên bản").click()
    expect(unit.locator(".paper")).to_contain_text("Hồ sơ đóng dấu lúc")
    expect(unit.locator(".paper")).to_contain_text("Kết quả đại hội quận")

    unit.goto("/")
    unit.locator("#slot-tasks-mine").filter(has_text="1 nhiệm vụ").click()
    unit.get_by_role("link", name=DIRECTIVE).click()
    unit.wait_for_url(re.compile(r"/tasks/\d+/$"))
    centre = enter("an")
    centre.goto("/forms/DH-TCS/")
    centre.get_by_label("Kỳ").fill("2020-W35")
    centre.get_by_role("button", name="Mở lượt thu").click()
    expect(centre.get_by_role("row", name="Tuần 24–30/8/2020")).to_be_visible()
    unit.goto("/")
    expect(unit.get_by_role("region", name="Phải làm")).to_contain_text("Tuần 24–30/8/2020")
    take_up(unit)
    unit.locator("#slot-tasks-of_report").filter(has_text="1 nhiệm vụ").click()
    expect(unit.locator("#panel-tasks").get_by_role("link", name=DIRECTIVE)).to_be_visible()


def test_a_line_that_was_cut_brings_what_was_missed_and_a_reloaded_page_is_where_it_was(
    own_server: Server, enter, expected_errors
):
    expected_errors += ["ERR_", "Failed to"]
    unit, above = enter("lan"), enter("binh")
    address = prepare(above)
    call(above)
    above.goto(f"{address}room/")
    above.get_by_role("button", name="Khai mạc").click()
    unit.goto(f"{address}room/")
    expect(unit.locator("[data-line=on]")).to_be_visible()
    unit.get_by_label("Phát biểu về việc").fill("đang viết dở")

    port = int(own_server.url.rsplit(":", 1)[1])
    own_server.stop()
    expect(unit.locator("[data-line=off]")).to_contain_text("mất kết nối")
    again = server.start(own_server.folder, port=port)
    own_server.process = again.process
    above.reload()
    part(above, "bar").get_by_role("button", name="Vào mục: Kết quả công tác trong kỳ").click()

    expect(part(unit, "now")).to_contain_text("Kết quả công tác trong kỳ")
    expect(unit.locator("[data-line=on]")).to_be_visible()
    expect(unit.get_by_label("Phát biểu về việc")).to_have_value("đang viết dở")
    unit.reload()
    expect(part(unit, "now")).to_contain_text("Kết quả công tác trong kỳ")


def test_two_secretaries_write_at_once_and_both_are_kept(own_server: Server, enter, expected_errors):
    expected_errors.append("409")
    first, second = enter("binh"), enter("binh")
    address = prepare(first)
    call(first)
    first.goto(f"{address}room/")
    first.get_by_role("button", name="Khai mạc").click()
    second.goto(f"{address}room/")
    for page, words in ((first, "Ghi chép của người thứ nhất"), (second, "Ghi chép của người thứ hai")):
        page.locator("#note-words").fill(words)
    for page in (first, second):
        page.get_by_role("button", name="Ghi chép", exact=True).click()
    for page in (first, second):
        expect(part(page, "notes")).to_contain_text("người thứ nhất")
        expect(part(page, "notes")).to_contain_text("người thứ hai")

    for page in (first, second):
        note = page.locator(".room-note", has_text="người thứ nhất")
        note.locator("summary", has_text="Sửa").first.click()
        note.get_by_label("Nội dung ghi chép").fill(f"Sửa bởi {'một' if page is first else 'hai'}")
    first.get_by_role("button", name="Lưu ghi chép").first.click()
    expect(part(second, "notes")).to_contain_text("Sửa bởi một")
    mine = second.get_by_label("Nội dung ghi chép").filter(visible=True)
    expect(mine).to_have_value("Sửa bởi hai")
    second.get_by_role("button", name="Lưu ghi chép").filter(visible=True).click()
    expect(second.locator("#told")).to_contain_text("đã được sửa sau khi đồng chí mở trang")
    second.get_by_role("button", name="Lưu ghi chép").filter(visible=True).click()
    expect(part(first, "notes")).to_contain_text("Sửa bởi hai")
    expect(part(first, "notes")).to_contain_text("đã sửa 2 lần")
