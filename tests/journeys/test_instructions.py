"""A superior's notice becomes a list of tasks: pasted, corrected, decided on, and seen by the unit above."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NOTICE = "\n".join(
    (
        "THÀNH ỦY HÀ NỘI",
        "Số 88-TB/TU",
        "Hà Nội, ngày 21 tháng 8 năm 2020",
        "THÔNG BÁO",
        "Kết luận của Thường trực Thành ủy về tiến độ đại hội",
        "Thường trực Thành ủy yêu cầu các cấp ủy thực hiện những nhiệm vụ sau:",
        "1. Quận ủy Cầu Giấy rà soát hồ sơ nhân sự trước ngày 31-8-2020.",
        "2. Các ban đảng tuyên truyền kết quả đại hội từ nay đến hết tháng 9-2020.",
        "3. Văn phòng tổng hợp ý kiến góp ý vào dự thảo văn kiện.",
    )
)


def test_a_pasted_notice_becomes_tasks_that_the_unit_above_sees_too(enter, expected_errors):
    expected_errors.append("422")  # the day that is refused
    lan = enter("lan")
    lan.get_by_role("link", name="Nhiệm vụ", exact=True).click()
    lan.get_by_role("link", name="Văn bản chỉ đạo").click()
    expect(lan.get_by_text("Chưa có việc nào được giữ")).to_be_visible()
    lan.get_by_role("link", name="Nhận văn bản chỉ đạo").click()
    lan.get_by_label("hoặc dán văn bản").fill(NOTICE)
    lan.get_by_role("button", name="Đọc và tách việc").click()
    expect(lan.locator("mark")).to_have_count(3)

    lan.get_by_role("button", name="Bỏ việc 2").click()
    expect(lan.get_by_text("Đã bỏ việc này.")).to_be_visible()
    lan.get_by_label("Hạn").last.fill("20-8-2020")
    lan.get_by_role("button", name="Giữ việc 3").click()
    expect(lan.get_by_role("alert")).to_contain_text("sớm hơn ngày ra văn bản")
    expect(lan.get_by_label("Hạn").last).to_have_value("20-8-2020")
    lan.get_by_label("Hạn").last.fill("5-9-2020")
    lan.get_by_role("button", name="Giữ tất cả").click()
    expect(lan.get_by_text("Đã giữ mọi việc còn lại")).to_be_visible()

    binh = enter("binh")
    binh.get_by_role("link", name="Nhiệm vụ", exact=True).click()
    expect(binh.get_by_text("2 việc đã giữ")).to_be_visible()
    binh.get_by_role("link", name="Văn bản chỉ đạo").click()
    rows = binh.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("trước 31-8-2020 sắp đến hạn")
    expect(rows.last).to_contain_text("5-9-2020")
    rows.first.get_by_role("link", name="88-TB/TU").click()
    expect(binh.get_by_role("button", name="Giữ tất cả")).to_have_count(0)

    binh.go_back()
    rows.first.get_by_role("link", name="Giao việc").click()
    expect(binh.get_by_label("Nội dung nhiệm vụ")).to_have_value(NOTICE.splitlines()[6].removeprefix("1. "))
    expect(binh.get_by_label("Thời hạn")).to_have_value("30-8-2020")
    expect(binh.get_by_label("Số, ký hiệu")).to_have_value("88-TB/TU")
