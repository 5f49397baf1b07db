"""Signing in one visit: from the headline to the official figures, refused once, signed, and told on the board."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_board import enter, own_demo  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser


def test_gaps_are_agreed_to_before_a_signature_counts_and_the_board_tells_of_it(enter, expected_errors):
    expected_errors.append("422")
    page = enter("hanoi")
    page.goto("/rollups/?unit=01")
    page.get_by_role("link", name="chưa ký").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Số chính thức")

    page.get_by_label("Vì sao ký khi chưa đủ?").fill("Mười đơn vị gửi sau giao ban")
    page.get_by_role("button", name="Ký số liệu").click()
    expect(page.get_by_role("alert")).to_contain_text("Mới nhận 40/50 báo cáo: 2 đơn vị chưa nộp")
    expect(page.get_by_label("Vì sao ký khi chưa đủ?")).to_have_value("Mười đơn vị gửi sau giao ban")

    page.get_by_label("Đồng ý ký chốt với 40/50 báo cáo").check()
    page.get_by_role("button", name="Ký số liệu").click()
    expect(page.locator("main")).to_contain_text("Đã ký chốt số liệu, lần 1.")
    expect(page.locator("main")).to_contain_text("vẫn đúng như lần ký 1")

    page.get_by_role("link", name="Bản đã ký").click()
    expect(page.locator("article")).to_contain_text("Con dấu khớp với nội dung")
    page.goto("/rollups/?unit=01")
    expect(page.get_by_role("link", name="đã ký 24-8").first).to_be_visible()
