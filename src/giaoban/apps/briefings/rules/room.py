"""The live room: what may be done while a briefing is in session, and what each event of it changes on screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from giaoban.core.refusal import Kind as No
from giaoban.core.refusal import Refusal

LOST_AFTER = timedelta(seconds=75)  # three signs of life missed: the line of a site is taken for cut
SIGN_EVERY_SECONDS = 20
MOST_PAGES = 2_000

PARTS = (
    "head", "agenda", "now", "screen", "question", "conclusions", "writing", "notes", "sites", "speeches", "bar"
)  # fmt: skip
_ALL = " ".join(PARTS)
_CHANGES = {  # verb -> the parts of the room that look different after it
    "briefings.opened": _ALL,
    "briefings.adjourned": _ALL,
    "briefings.resumed": _ALL,
    "briefings.closed": _ALL,
    "briefings.cancelled": _ALL,
    "briefings.item_begun": "agenda now writing notes bar",
    "briefings.item_put_back": "agenda now writing notes bar",
    "briefings.item_finished": "agenda now writing notes bar",
    "briefings.site_joined": "sites head",
    "briefings.site_departed": "sites head",
    "briefings.speech_asked": "speeches sites bar",
    "briefings.speech_withdrawn": "speeches sites bar",
    "briefings.speech_called": "speeches sites bar",
    "briefings.speech_begun": "speeches sites bar now",
    "briefings.speech_ended": "speeches sites bar now",
    "briefings.document_attached": "screen",
    "briefings.document_shared": "screen",
    "briefings.document_closed": "screen",
    "briefings.question_asked": "question sites bar",
    "briefings.answer_given": "question sites",
    "briefings.question_closed": "question sites bar",
    "briefings.question_taken_back": "question sites bar",
    "briefings.note_written": "notes",
    "briefings.note_revised": "notes",
    "briefings.concluded": "conclusions",
    "briefings.conclusion_amended": "conclusions",
    "briefings.task_made": "conclusions",
}


class Attendance(models.TextChoices):
    """Điểm danh: how a site is there."""

    HERE = "here", "có mặt"
    LOST = "lost", "mất kết nối"
    GONE = "gone", "đã rời"
    AWAY = "away", "chưa vào"


class AlreadyInLine(Refusal):
    kind = No.CONFLICT
    says = "Điểm cầu {site} đã đăng ký phát biểu và chưa phát biểu xong; hãy chờ đến lượt hoặc rút rồi đăng ký lại."


class TooFewPresent(Refusal):
    kind = No.CONFLICT
    says = "Có {present}/{entitled} điểm cầu có mặt, chưa đủ {quorum} để lấy ý kiến; hãy điểm danh trước."


class NoQuestionText(Refusal):
    says = "Chưa ghi câu hỏi; hãy ghi một câu mà điểm cầu trả lời được «đồng ý» hoặc «không đồng ý»."


class NoChoice(Refusal):
    says = "Chưa chọn ý kiến; hãy chọn «đồng ý», «không đồng ý» hoặc «ý kiến khác»."


class NoNote(Refusal):
    says = "Ghi chép chưa có nội dung; hãy ghi ít nhất một câu."


class NotAPage(Refusal):
    says = "«{typed}» không phải số trang; hãy ghi số từ 1 đến {most}."


def parts_of(verb: str) -> str:
    """The parts of the room an event changes, as the page is told; nothing for what is not seen there.

    >>> parts_of("briefings.speech_asked"), parts_of("briefings.replied")
    ('speeches sites bar', '')
    """
    return _CHANGES.get(verb, "")


def participant(site_id: int) -> str:
    """How a site is called towards whoever holds sound and picture.

    >>> participant(12)
    'site-12'
    """
    return f"site-{site_id}"


def is_of(briefing_id: int, *, subject_kind: str, subject_id: int, facts: Mapping[str, Any]) -> bool:
    """Whether an entry of the ledger happened in this briefing.

    >>> is_of(7, subject_kind="briefings.briefing", subject_id=7, facts={})
    True
    >>> is_of(7, subject_kind="briefings.conclusion", subject_id=3, facts={"briefing": 8})
    False
    """
    if subject_kind == "briefings.briefing":
        return subject_id == briefing_id
    return facts.get("briefing") == briefing_id


def is_lost(*, last_seen_at: datetime | None, at: datetime) -> bool:
    """Whether the line of a site that was there is taken for cut; one marked by hand has none to be cut."""
    return last_seen_at is not None and at - last_seen_at > LOST_AFTER


def read_page(text: str) -> int:
    """The number of a page. Raises NotAPage.

    >>> read_page("3")
    3
    """
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_PAGES)) else 0
    if not 1 <= number <= MOST_PAGES:
        raise NotAPage(typed=text[:20], most=MOST_PAGES)
    return number


def check_present(*, present: int, entitled: int, quorum: int) -> None:
    """Raises TooFewPresent while too few sites are there for an answer ever to count."""
    if present < quorum:
        raise TooFewPresent(present=present, entitled=entitled, quorum=quorum)
