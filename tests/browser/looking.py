"""What a page is held to at every width: nothing beyond the edge, nothing cut, not heavy, bare in print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

HEAVIEST = 150_000  # bytes of HTML, style sheets and scripts as transferred; fonts and pictures not counted
_QUESTIONS = Path(__file__).with_name("looking.js").read_text()


def faults(page: Page) -> list[str]:
    """What is wrong to the eye at the present width."""
    return [told for question in ("beyond", "menusBeyond", "cut", "overlapping") for told in _ask(page, question)]


def weight(page: Page) -> int:
    """Bytes of HTML, style sheets and scripts, whether or not the browser had them already."""
    return int(_ask(page, "weight"))


def frame_in_print(page: Page) -> list[str]:
    """Parts of the frame that would be printed."""
    page.emulate_media(media="print")
    found: list[str] = _ask(page, "frame")
    page.emulate_media(media="screen")
    return found


def _ask(page: Page, question: str) -> Any:
    return page.evaluate(f"{_QUESTIONS.strip()}.{question}()")
