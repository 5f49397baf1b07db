"""Tasks as people meet them: in a real browser, from handing out to receiving, and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def hand_out(page: Page, title: str) -> str:
    """Hà Nội's reviewer hands a task to Cầu Giấy through the form; returns its address."""
    page.goto("/tasks/lists/")
    if page.get_by_text("Ban Thường vụ", exact=True).count() == 0:
        page.locator("#assigner-name").fill("Ban Thường vụ")
        page.get_by_role("button", name="Thêm cơ quan giao").click()
    page.goto("/tasks/")
    page.keyboard.press("a")
    page.wait_for_url("**/tasks/new/")
    page.get_by_label("Nội dung nhiệm vụ").fill(title)
    page.get_by_label("Đơn vị chủ trì").fill("Cầu Giấy")
    page.get_by_label("Thời hạn").fill("đến hết tháng 9-2020")
    page.get_by_label("Cơ quan giao").select_option("ban-thuong-vu")
    page.get_by_label("Sản phẩm phải có").fill("Dự thảo hướng dẫn")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/tasks/\d+/$"))
    return page.url


def test_a_task_walks_from_handing_out_to_receiving(own_server, open_page, sign_in):
    above = open_page(own_server.url)
    sign_in(above, "binh")
    address = hand_out(above, "Dự thảo hướng dẫn tổng kết")
    expect(above.locator(".state")).to_contain_text("hết tháng 9/2020")

    unit = open_page(own_server.url)
    sign_in(unit, "lan")
    unit.goto(address)
    unit.get_by_label("Người thực hiện").select_option(label="Tạ Ngọc Lan, Phó Trưởng ban Tổ chức")
    unit.get_by_role("button", name="Nhận việc").click()
    expect(unit.get_by_text("Đã nhận việc.")).to_be_visible()

    unit.get_by_label("Việc đã làm").fill("Đã lấy ý kiến các phòng.")
    unit.get_by_label("Mức hoàn thành").fill("60")
    unit.get_by_role("button", name="Ghi tiến độ").click()
    expect(unit.locator(".task-progress")).to_contain_text("60%")

    unit.keyboard.press("h")
    unit.get_by_label("Sản phẩm đã làm được").fill("Dự thảo gửi kèm tờ trình.")
    unit.locator(".hand-in").get_by_role("button", name="Nộp kết quả").click()
    expect(unit.locator(".chip-submitted")).to_be_visible()

    above.goto(address)
    above.keyboard.press("n")
    expect(above.get_by_text("Đã nhận kết quả.")).to_be_visible()
    expect(above.locator(".chip-accepted")).to_be_visible()


def test_a_refused_assignment_keeps_what_was_typed(own_server, open_page, sign_in, expected_errors):
    expected_errors.append("422")
    page = open_page(own_server.url)
    sign_in(page, "binh")
    page.goto("/tasks/new/")
    page.get_by_label("Nội dung nhiệm vụ").fill("Việc chưa có hạn")
    page.get_by_label("Đơn vị chủ trì").fill("Cầu Giấy")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#fault-due")).to_contain_text("chưa có thời hạn")
    expect(page.get_by_label("Nội dung nhiệm vụ")).to_have_value("Việc chưa có hạn")
    expect(page.locator(".save-state")).to_have_text("Chưa lưu")


def test_the_list_is_walked_by_keyboard_and_a_report_shows_its_tasks(own_server, open_page, sign_in):
    page = open_page(own_server.url)
    sign_in(page, "binh")
    address = hand_out(page, "Rà soát quy hoạch cấp ủy")
    page.goto("/tasks/")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.wait_for_url(address)

    unit = open_page(own_server.url)
    sign_in(unit, "lan")
    unit.goto("/")
    unit.get_by_role("button", name="Tiến độ đại hội").first.click()
    unit.wait_for_url(re.compile(r"/reports/\d+/"))
    panel = unit.locator("#panel-tasks")
    expect(panel).to_contain_text("Việc phải báo cáo trong kỳ này")


@pytest.mark.parametrize("width", [360, 1600])
def test_every_page_can_be_used_by_all(own_server, open_page, sign_in, axe, width: int):
    page = open_page(own_server.url, width=width)
    sign_in(page, "binh")
    task = hand_out(page, "Rà soát quy hoạch cấp ủy").removeprefix(own_server.url)

    lists = ("/tasks/", "/tasks/programme/?period=2020-09", "/tasks/timeline/", "/tasks/changed/", "/tasks/load/")
    for address in (*lists, "/tasks/lists/", "/tasks/new/", task, f"{task}edit/", f"{task}part/"):
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.parametrize(
    ("address", "panel"), [("/", "slot-tasks-mine"), ("/tasks/", "slot-narratives-drafts")], ids=["desk", "tasks"]
)
def test_the_focus_stays_when_a_panel_arrives_under_it(own_server, open_page, sign_in, address, panel):
    page = open_page(own_server.url)
    sign_in(page, "lan")
    waiting = []
    page.route("**/*", lambda route: waiting.append(route) if _is_fragment(route) else route.continue_())
    page.goto(address)
    page.locator(f".panel-slot #{panel}").focus()
    while not waiting:
        page.wait_for_timeout(20)
    waiting[0].continue_()
    page.locator(f"[hx-get] #{panel}").wait_for(state="detached")

    expect(page.locator(f"#{panel}")).to_be_focused()


def _is_fragment(route):
    return route.request.headers.get("hx-request") == "true"
