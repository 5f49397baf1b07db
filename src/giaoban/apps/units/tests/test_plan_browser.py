"""A keeper's whole walk with a plan in a real browser: draft, add changes, look, carry out, take back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def add(page: Page, kind: str, **boxes: str) -> None:
    """Open one kind of change, fill its boxes and add it."""
    form = page.locator(f"details:has(#{kind}-code)")
    form.locator("summary").click()
    for box, value in boxes.items():
        form.locator(f"#{kind}-{box}").fill(value)
    form.get_by_role("button", name="Thêm", exact=True).click()


def drafted(page: Page) -> None:
    page.goto("/units/plans/")
    page.get_by_role("link", name="Lập phương án").first.click()
    page.get_by_label("Tên phương án").fill("Sắp xếp quận nội thành")
    page.get_by_label("Từ ngày").fill("24-8-2020")
    page.get_by_label("Căn cứ").fill("Nghị quyết 1/2020")
    page.get_by_role("button", name="Lập phương án").click()
    page.wait_for_url(re.compile(r"/units/plans/\d+/$"))


def test_a_keeper_drafts_looks_at_both_trees_carries_out_and_takes_back(own_server, open_page, sign_in, axe):
    page = open_page(own_server.url)
    sign_in(page, "binh")
    drafted(page)
    expect(page.get_by_text("Chưa có thay đổi nào")).to_be_visible()
    expect(page.get_by_role("button", name="Thực hiện phương án")).to_have_count(0)

    add(page, "merge", code="Cầu Giấy", other="Đống Đa")
    add(page, "rename", code="01-DD", name="Đảng bộ quận Đống Giấy", short="Đống Giấy")

    before, after = page.locator("section[aria-labelledby=before]"), page.locator("section[aria-labelledby=after]")
    expect(before).to_contain_text("hợp nhất vào Đống Đa")
    expect(after).to_contain_text("nhận Cầu Giấy")
    expect(after).to_contain_text("tên cũ: Đảng bộ quận Đống Đa")
    expect(page.locator("section[aria-labelledby=changes] tbody tr")).to_have_count(2)
    axe(page)

    page.get_by_role("button", name="Thực hiện phương án").click()
    expect(page.get_by_text("Đã thực hiện phương án")).to_be_visible()
    page.goto("/units/01-DD/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ quận Đống Giấy")
    expect(page.get_by_text("Đảng bộ phường Dịch Vọng")).to_be_visible()

    page.goto("/units/plans/")
    page.get_by_role("link", name="Sắp xếp quận nội thành").click()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác; cây tổ chức")).to_be_visible()
    page.goto("/units/01-CG/")
    expect(page.get_by_text("Đảng bộ phường Dịch Vọng")).to_be_visible()
    page.goto("/units/01-DD/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ quận Đống Đa")


def test_a_fault_stands_at_its_change_and_goes_with_it(own_server, open_page, sign_in):
    page = open_page(own_server.url)
    sign_in(page, "binh")
    drafted(page)
    add(page, "merge", code="01-CG", other="01-KHONG")

    changes = page.locator("section[aria-labelledby=changes]")
    expect(changes).to_contain_text("Không có đơn vị mã «01-KHONG»")
    expect(page.get_by_role("button", name="Thực hiện phương án")).to_have_count(0)

    changes.get_by_role("button", name="Bỏ thay đổi 1").click()
    expect(page.get_by_text("Chưa có thay đổi nào")).to_be_visible()
    page.get_by_role("button", name="Bỏ phương án").click()
    expect(page.get_by_text("Đã bỏ phương án; cây tổ chức")).to_be_visible()
