"""The working week of a report: filled, handed in, sent back, corrected, received; and who did what."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import box, choose, fill, submit, take_up, told, write

pytestmark = pytest.mark.browser
REASON = "Đề nghị xem lại số đại biểu có mặt."


def test_a_report_goes_there_and_back_and_is_received(enter):
    lan, binh = enter("lan"), enter("binh")
    expect(lan.get_by_role("region", name="Phải làm")).to_contain_text("Tuần 17–23/8/2020")

    take_up(lan)
    choose(lan, "held", "Có")
    write(lan, "summoned", "250")
    write(lan, "attended", "2x8")
    expect(told(lan, "attended").locator(".entry-fault")).to_be_visible()
    expect(box(lan, "attended")).to_have_value("2x8")
    write(lan, "attended", "260")
    expect(lan.locator(".entry-told", has_text="Số đại biểu có mặt nhiều hơn số được triệu tập.").first).to_be_visible()
    write(lan, "attended", "248")
    expect(told(lan, "attended").locator(".entry-fault")).to_have_count(0)
    expect(lan.locator(".save-state")).to_have_text("Chưa lưu")
    lan.get_by_role("button", name="Lưu nháp").click()
    expect(lan.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    expect(box(lan, "attended")).to_have_value("248")
    fill(lan)
    submit(lan)
    report = lan.url

    binh.goto("/review/")
    row = binh.get_by_role("row", name="Cầu Giấy")
    expect(row).to_contain_text("250")
    row.locator("summary", has_text="Trả lại").click()
    row.get_by_label("Đơn vị cần sửa gì?").fill(REASON)
    row.get_by_role("button", name="Trả lại đơn vị").click()
    expect(binh.get_by_text("Đã trả lại báo cáo.")).to_be_visible()

    lan.goto("/")
    expect(lan.get_by_role("region", name="Phải làm")).to_contain_text(REASON)
    take_up(lan)
    expect(lan.get_by_text(REASON)).to_be_visible()
    write(lan, "attended", "247")
    submit(lan)

    binh.goto("/review/")
    binh.keyboard.press("j")
    binh.keyboard.press("n")
    expect(binh.get_by_text("Đã nhận báo cáo.")).to_be_visible()

    lan.goto(report)
    expect(lan.locator("#state")).to_contain_text("đã nhận")
    lan.get_by_role("link", name="Lịch sử").click()
    story = lan.locator(".story")
    expect(story).to_contain_text(REASON)
    expect(story.get_by_role("row", name="Đại biểu có mặt").first).to_contain_text("247")
    expect(story.locator("li", has_text="Quách Thanh Bình")).to_have_count(2)


def test_two_people_at_one_report_choose_between_their_values(enter, expected_errors):
    expected_errors.append("409")
    first, second = enter("lan"), enter("lan")
    take_up(first)
    second.goto(first.url)

    write(first, "summoned", "250")
    write(first, "women", "9")
    first.get_by_role("button", name="Lưu nháp").click()
    expect(first.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    write(second, "summoned", "251")
    write(second, "under_40", "5")
    second.get_by_role("button", name="Lưu nháp").click()

    expect(second.get_by_role("heading", level=1)).to_have_text("Hai người cùng sửa báo cáo này")
    differing = second.get_by_role("group", name="Đại biểu được triệu tập")
    expect(differing).to_contain_text("250")
    expect(differing).to_contain_text("251")
    differing.get_by_label("251").check()
    second.get_by_role("button", name="Lưu các giá trị đã chọn").click()
    expect(second.get_by_text("Đã lưu bản nháp.")).to_be_visible()

    first.reload()
    for page in (first, second):
        expect(box(page, "summoned")).to_have_value("251")
        expect(box(page, "women")).to_have_value("9")
        expect(box(page, "under_40")).to_have_value("5")
