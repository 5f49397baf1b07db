"""A Word file becomes a filled form, and each figure keeps the sentence it was read from."""

from __future__ import annotations

import base64
import io

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import box, choose, leave, take_up

pytestmark = pytest.mark.browser
MOST_CLICKS = 6
SENTENCES = (
    "ĐẢNG BỘ QUẬN CẦU GIẤY",
    "Báo cáo kết quả tổ chức đại hội đại biểu Đảng bộ quận",
    "Đại hội có 250 đại biểu được triệu tập.",
    "Dự phiên khai mạc có 248 đại biểu có mặt.",
    "Kết quả có 39 đồng chí trúng cử.",
    "Trong số đó có 9 cấp ủy viên nữ.",
    "Ban Chấp hành khóa mới có 5 cấp ủy viên dưới 40 tuổi.",
)
READ = {"summoned": "250", "attended": "248", "elected": "39", "women": "9", "under_40": "5"}


@pytest.fixture
def word_file() -> str:
    """A Word file of these sentences, in base64."""
    paper = docx.Document()
    for sentence in SENTENCES:
        paper.add_paragraph(sentence)
    kept = io.BytesIO()
    paper.save(kept)
    return base64.b64encode(kept.getvalue()).decode()


def drop(page: Page, onto: str, word_file: str) -> None:
    """Let go of the file over a part of the page."""
    carried = page.evaluate_handle(
        """(encoded) => {
          const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
          const carried = new DataTransfer();
          carried.items.add(new File([bytes], "bao-cao-cau-giay.docx"));
          return carried;
        }""",
        word_file,
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event(onto, event, {"dataTransfer": carried})


def test_a_dropped_word_file_is_a_submitted_report_in_six_clicks(enter, word_file):
    lan = enter("lan")
    take_up(lan)
    clicks = 0

    def click(what: Locator) -> None:
        nonlocal clicks
        clicks += 1
        what.click()

    click(lan.locator(".actions").get_by_role("link", name="Đọc từ văn bản"))
    clicks += 1  # the file is taken in the folder and let go over the page
    drop(lan, "form[data-controller~=drop]", word_file)
    click(lan.get_by_role("button", name="Ghi tất cả đề xuất chắc chắn"))
    expect(lan.get_by_text("Đã ghi 5 số liệu vào báo cáo.")).to_be_visible()
    click(lan.locator(".actions").get_by_role("link", name="Về biểu mẫu"))
    for field, figure in READ.items():
        expect(box(lan, field)).to_have_value(figure)
    lan.get_by_role("button", name="Câu đã đọc ra «Đại biểu có mặt»").focus()
    lan.keyboard.press("Enter")
    expect(lan.locator("#quote-f-attended")).to_contain_text("248 đại biểu có mặt")
    lan.keyboard.press("Escape")

    clicks += 1  # what no sentence gives: a word from a list, and a day that is typed
    choose(lan, "held", "Có")
    box(lan, "held_day").focus()
    lan.keyboard.type("11-8-2020")
    leave(lan, "held_day")
    click(lan.get_by_role("button", name="Nộp báo cáo"))

    expect(lan.get_by_text("Đã nộp báo cáo.")).to_be_visible()
    assert clicks <= MOST_CLICKS
