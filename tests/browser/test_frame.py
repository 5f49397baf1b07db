"""The frame: finding a unit, the matrix, the language, the tools that stand on every page."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
_VIETNAMESE = re.compile("[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
_FRAME_WORDS = """() => [".rail", ".search", ".top-language", ".top-me form", ".skip", "#keys",
    "main .page-head .actions", "main h2", "main > * > table th[scope=col]"]
  .flatMap((wanted) => [...document.querySelectorAll(wanted)])
  .flatMap((node) => [node.textContent, ...[...node.querySelectorAll("[aria-label], [placeholder]")]
    .map((one) => one.getAttribute("aria-label") ?? one.getAttribute("placeholder"))])
  .map((words) => words.trim().replace(/\\s+/g, " ")).filter(Boolean)"""
CATALOGUES = list(settings.LOCALE_PATHS[0].glob("en/**/*.mo"))
NAMES = ("Tiếng Việt",)


def test_a_cell_of_the_matrix_opens_its_report(visit):
    page = visit("hanoi", "/rollups/completeness/?form=DH-TCS&unit=01")

    page.get_by_role("row", name="Ba Đình").locator("a.cell").last.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Tiến độ đại hội đảng bộ cấp trên cơ sở")
    expect(page.locator("#state")).to_contain_text("Ba Đình")


def test_a_unit_is_found_by_its_name_without_marks(visit):
    page = visit("hanoi", "/")

    page.keyboard.press("/")
    page.keyboard.type("cau giay")
    page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name="Cầu Giấy").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Cầu Giấy")


def test_the_first_tab_leads_past_the_frame(visit):
    page = visit("hanoi", "/reports/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_the_keys_are_listed_and_the_list_closes(visit):
    page = visit("hanoi", "/")

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#keys")).to_be_hidden()


@pytest.mark.skipif(
    not any(settings.LOCALE_PATHS[0].glob("en/**/*.mo")), reason="the English catalogue is not compiled"
)
@pytest.mark.parametrize("address", ["/", "/reports/", "/review/", "/owing/", "/rollups/", "/forms/", "/units/?q=x"])
def test_the_frame_speaks_english_and_goes_back(visit, address):
    page = visit("nguoixem", address)
    page.get_by_title("English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    left = [words for words in page.evaluate(_FRAME_WORDS) if _VIETNAMESE.search(without_names(words))]
    page.get_by_title("Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")

    assert not left


def without_names(words: str) -> str:
    for name in NAMES:
        words = words.replace(name, "")
    return words
