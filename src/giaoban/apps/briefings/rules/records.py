"""What a briefing leaves: notes, answers, conclusions, open points, and the seal over all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from giaoban.apps.tasks.rules import Deadline
from giaoban.core.refusal import Kind as No
from giaoban.core.refusal import Refusal

MAX_CONCLUSION, MAX_PRODUCT, MAX_NOTE, MAX_QUESTION = 2_000, 500, 20_000, 500
_ORDINALS = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")


class ConclusionKind(models.TextChoices):
    """Loại kết luận: what it obliges to; a lesson obliges nobody, however it is numbered."""

    INFORMATION = "information", "thông báo"
    DECISION = "decision", "quyết định"
    DIRECTIVE = "directive", "giao việc"
    LESSON = "lesson", "kinh nghiệm"


class Choice(models.TextChoices):
    """Ý kiến: what a site answers to a question."""

    YES = "yes", "đồng ý"
    NO = "no", "không đồng ý"
    ABSTAIN = "abstain", "ý kiến khác"


@dataclass(frozen=True, kw_only=True)
class Concluded:
    """A conclusion as it is written. A directive needs `lead_unit_id` and `due`; `assigner` and `topic` are codes."""

    kind: str
    words: str
    lead_unit_id: int | None = None
    coordinating: tuple[int, ...] = ()
    due: Deadline | None = None
    product: str = ""
    topic: str = ""
    item_id: int | None = None


def with_item(said: Concluded, item_id: int) -> Concluded:
    """The same conclusion, under an item."""
    return replace(said, item_id=item_id)


class NoWords(Refusal):
    says = "Kết luận chưa có nội dung; hãy ghi điều chủ trì đã kết luận."


class NotADirective(Refusal):
    says = "Chỉ kết luận loại «giao việc» mới thành nhiệm vụ; hãy đổi loại kết luận trước."


class AlreadyATask(Refusal):
    kind = No.CONFLICT
    says = "Kết luận này đã giao thành nhiệm vụ; hãy đổi loại, đơn vị chủ trì hoặc thời hạn ở trang nhiệm vụ."


class NoQuorum(Refusal):
    kind = No.CONFLICT
    says = "Mới có {answered}/{entitled} điểm cầu trả lời, chưa đủ {quorum}; hãy chờ thêm hoặc lấy ý kiến lại."


class NotEntitled(Refusal):
    kind = No.FORBIDDEN
    says = "Điểm cầu {site} không có trong danh sách lấy ý kiến của câu hỏi này."


class QuestionClosed(Refusal):
    kind = No.CONFLICT
    says = "Câu hỏi này đã khép lại; không trả lời thêm được."


class QuestionOpen(Refusal):
    kind = No.CONFLICT
    says = "Còn câu hỏi «{text}» đang lấy ý kiến; hãy khép lại trước khi bế mạc."


def marker(ordinal: int) -> str:
    """How a numbered conclusion begins.

    >>> marker(1), marker(12)
    ('Một là', 'Thứ 12')
    """
    return f"{_ORDINALS[ordinal - 1]} là" if 1 <= ordinal <= len(_ORDINALS) else f"Thứ {ordinal}"


def origin(conclusion_id: int) -> str:
    """What a task made from a conclusion says of where it comes from.

    >>> origin(71)
    'briefings.conclusion:71'
    """
    return f"briefings.conclusion:{conclusion_id}"


def calendar_origin(briefing_id: int) -> str:
    """What an entry of the calendar says of the briefing it follows.

    >>> calendar_origin(7)
    'briefings.briefing:7'
    """
    return f"briefings.briefing:{briefing_id}"


def conclusion_of(origin_: str) -> int | None:
    """The number of the conclusion a task's origin names; None for any other.

    >>> conclusion_of("briefings.conclusion:71"), conclusion_of("")
    (71, None)
    """
    feature, _, number = origin_.partition(":")
    return int(number) if feature == "briefings.conclusion" and number.isdecimal() else None


def usual_quorum(entitled: int) -> int:
    """More than half of those entitled.

    >>> usual_quorum(67), usual_quorum(68)
    (34, 35)
    """
    return entitled // 2 + 1


def check_quorum(*, answered: int, entitled: int, quorum: int) -> None:
    """Raises NoQuorum while too few have answered for the answer to count."""
    if answered < quorum:
        raise NoQuorum(answered=answered, entitled=entitled, quorum=quorum)


def sealed(record: Mapping[str, Any]) -> str:
    """The hash of a frozen record, the same for the same content however it was put together.

    >>> sealed({"a": 1, "b": [2]}) == sealed({"b": [2], "a": 1})
    True
    """
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class NoPoint(Refusal):
    says = "Chưa ghi nội dung; hãy ghi một câu về việc để ngỏ."
