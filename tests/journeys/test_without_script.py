"""The house without JavaScript: slower, and whole."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import FORM, WHOLE, box

pytestmark = pytest.mark.browser


def test_a_report_is_filled_handed_in_and_received_without_script(enter):
    lan, binh = enter("lan", java_script_enabled=False), enter("binh", java_script_enabled=False)

    lan.get_by_role("region", name="Phải làm").get_by_role("button", name=FORM).click()
    box(lan, "held").select_option(label="Có")
    for field, text in (WHOLE | {"attended": "260"}).items():
        box(lan, field).fill(text)
    lan.get_by_role("button", name="Nộp báo cáo").click()
    expect(lan.get_by_text("Chưa nộp được")).to_be_visible()
    expect(box(lan, "attended")).to_have_value("260")
    box(lan, "attended").fill("248")
    lan.get_by_role("button", name="Nộp báo cáo").click()
    expect(lan.get_by_text("Đã nộp báo cáo.")).to_be_visible()

    binh.goto("/review/")
    binh.get_by_role("row", name="Cầu Giấy").get_by_role("button", name="Nhận").click()
    expect(binh.get_by_text("Đã nhận báo cáo.")).to_be_visible()


def test_every_place_opens_without_script(enter):
    an = enter("an", java_script_enabled=False)
    places = an.locator(".rail-place")
    for number in range(places.count()):
        places.nth(number).click()
        expect(an.get_by_role("heading", level=1)).to_be_visible()
        expect(an.locator(".rail-place[aria-current=page]")).to_have_count(1)
