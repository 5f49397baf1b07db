"""What clerks do on the pages of a report, by mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

FORM = "Tiến độ đại hội đảng bộ cấp trên cơ sở"
WHOLE = {  # a congress as it is reported, by field
    "held_day": "11-8-2020",
    "summoned": "250",
    "attended": "248",
    "to_elect": "39",
    "elected": "39",
    "women": "9",
    "under_40": "5",
}


def box(page: Page, field: str) -> Locator:
    """The box of a field on the form."""
    return page.locator(f"[name=f-{field}]")


def told(page: Page, field: str) -> Locator:
    """What is said at a field."""
    return page.locator(f"#f-{field}-told")


def leave(page: Page, field: str) -> None:
    """Leave a box, and wait until the house has looked at what was typed."""
    with page.expect_response(lambda answer: "/check/" in answer.url and f"field={field}" in answer.url):
        page.keyboard.press("Tab")


def write(page: Page, field: str, text: str) -> None:
    """Type into a box and leave it."""
    box(page, field).click()
    box(page, field).fill(text)
    leave(page, field)


def choose(page: Page, field: str, label: str) -> None:
    """Choose in a list, and wait until the house has looked at it."""
    with page.expect_response(lambda answer: "/check/" in answer.url and f"field={field}" in answer.url):
        box(page, field).select_option(label=label)


def take_up(page: Page, form: str = FORM) -> None:
    """From the desk to the form that is owed."""
    page.get_by_role("region", name="Phải làm").get_by_text(form, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(form)


def fill(page: Page, **instead: str) -> None:
    """Fill what the form still wants; a field named here with another figure."""
    if box(page, "held").locator("option:checked").inner_text() != "Có":
        choose(page, "held", "Có")
    for field, text in (WHOLE | instead).items():
        if box(page, field).input_value() != text:
            write(page, field, text)


def submit(page: Page) -> None:
    """Hand the report in by Ctrl+Enter."""
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã nộp báo cáo.")).to_be_visible()
