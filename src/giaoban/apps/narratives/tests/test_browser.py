"""Prose beside its form as a person meets it: by mouse, by keyboard, on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
TEXT = (
    "Báo cáo kết quả đại hội đảng bộ quận\n08:00 24/8/2020\n"
    "Đại hội có 250 đại biểu được triệu tập. Dự phiên khai mạc có 248 đại biểu có mặt.\n"
    "Kết quả có 39 đồng chí trúng cử, đạt yêu cầu. Trong số đó có 9 cấp ủy viên nữ.\n"
    "Có 27/39 đồng chí trình độ thạc sĩ trở lên, đạt 72%. Mã hồ sơ ĐH7751A đã gửi.\n"
)


@pytest.fixture
def reading(own_server, open_page, sign_in):
    """`reading(width, height)`: Cầu Giấy's congress report beside a text that was read for it."""

    def opened(width: int = 1600, height: int = 900, text: str = TEXT) -> Page:
        page = open_page(own_server.url, width=width, height=height)
        sign_in(page, "lan")
        page.goto("/")
        page.get_by_role("button", name="Tiến độ đại hội").first.click()
        page.wait_for_url("**/reports/**")
        page.goto(page.url.replace("/reports/", "/narratives/"))
        page.locator("#text").fill(text)
        page.get_by_role("button", name="Đọc văn bản").click()
        expect(page.locator(".offered").first).to_be_attached()
        return page

    return opened


def test_a_field_that_is_pointed_at_lights_up_its_sentence(reading):
    page = reading()

    page.locator("#fact-attended").hover()

    expect(page.locator(".said.is-marked")).to_have_text("Dự phiên khai mạc có 248 đại biểu có mặt.")
    expect(page.locator("mark.is-marked")).to_have_text("248")


def test_proposals_are_decided_by_the_keyboard(reading):
    page = reading()

    page.keyboard.press("j")
    expect(page.locator("#fact-summoned > .offer [data-key=a]")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_text("Đã ghi 1 số liệu vào báo cáo.")).to_be_visible()
    expect(page.locator("#fact-summoned .offered-now")).to_contain_text("250")
    expect(page.locator("#fact-attended > .offer [data-key=a]")).to_be_focused()
    page.keyboard.press("x")

    expect(page.locator("#fact-attended > .offer .chip")).to_have_text("đã bỏ")
    expect(page.locator("#fact-attended .offered-now")).to_contain_text("–")


def test_a_corrected_number_is_written_by_the_enter_key(reading):
    page = reading()

    box = page.locator("#fact-elected > .offer input")
    box.fill("38")
    box.press("Enter")

    expect(page.locator("#fact-elected .offered-now")).to_contain_text("38")
    expect(page.locator("#fact-elected > .offer .chip")).to_have_text("đã sửa rồi dùng")


def test_a_kind_of_facts_can_be_switched_off(reading):
    page = reading()
    day = page.locator(".prose .fact--date").first
    colour = "(node) => getComputedStyle(node).borderBottomColor"
    assert day.evaluate(colour) != "rgba(0, 0, 0, 0)"

    page.locator("[data-kind=date]").uncheck()

    assert day.evaluate(colour) == "rgba(0, 0, 0, 0)"


def test_a_finding_leads_to_its_place_also_where_the_prose_is_away(reading):
    page = reading(360, 740)
    expect(page.locator("#part-prose")).to_be_hidden()

    page.locator(".odd-quote a").first.click()

    expect(page.locator("#part-prose")).to_be_visible()
    expect(page.locator(".said:target")).to_contain_text("27/39")
    expect(page.locator(".said:target")).to_be_in_viewport()


def test_a_long_text_is_scrolled_to_the_sentence_of_the_field(reading):
    filler = "Cấp ủy đã họp và thống nhất chủ trương.\n" * 120
    page = reading(text=filler + TEXT)
    expect(page.locator("mark[data-field~=women]")).not_to_be_in_viewport()

    page.locator("#fact-women").hover()

    expect(page.locator("mark[data-field~=women]")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1024, 768), (1600, 900)])
def test_nothing_is_cut_off_and_nobody_is_shut_out(reading, axe, width, height):
    page = reading(width, height)

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
