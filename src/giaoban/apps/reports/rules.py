"""The life of a report, as a table, and its refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext

from giaoban.core.formlang import FormSpec
from giaoban.core.formlang.inputs import clean
from giaoban.core.moves import Moves
from giaoban.core.refusal import Fault, Kind, Refusal


class State(models.TextChoices):
    """Trạng thái: in whose hands the report is."""

    DRAFT = "draft", "đang soạn"
    SUBMITTED = "submitted", "đã nộp"
    RETURNED = "returned", "bị trả lại"
    ACCEPTED = "accepted", "đã nhận"


IN_HAND = (State.DRAFT, State.RETURNED)  # the reporter may write
COUNTED = (State.SUBMITTED, State.ACCEPTED)  # live totals
OFFICIAL = (State.ACCEPTED,)
MAX_REASON = 500
MAX_PROSE = 200_000
MAX_ATTACHMENT_BYTES = 50_000_000
PROSE = "@prose"  # stands for the text of a report among its fields; no field code begins with «@»

MOVES = Moves(
    table={
        "fill": (frozenset({"draft"}), "draft"),
        "refill": (frozenset({"returned"}), "returned"),
        "submit": (frozenset({"draft", "returned"}), "submitted"),
        "withdraw": (frozenset({"submitted"}), "draft"),
        "send_back": (frozenset({"submitted"}), "returned"),
        "accept": (frozenset({"submitted"}), "accepted"),
        "reopen": (frozenset({"accepted"}), "returned"),
    },
    verb_labels={
        "fill": "Ghi báo cáo",
        "refill": "Ghi báo cáo",
        "submit": "Nộp báo cáo",
        "withdraw": "Rút lại",
        "send_back": "Trả lại",
        "accept": "Nhận",
        "reopen": "Mở lại",
    },
    state_labels={state.value: str(state.label) for state in State},
)

NOT_BEGUN_LABEL = "chưa mở"
DEEDS = {  # ledger verb -> what a person reads after the doer's name
    "reports.opened": "mở báo cáo",
    "reports.filled": "lưu",
    "reports.nothing_declared": "ghi «không phát sinh»",
    "reports.submitted": "nộp",
    "reports.withdrawn": "rút lại",
    "reports.accepted": "nhận",
    "reports.sent_back": "trả lại",
    "reports.reopened": "mở lại",
    "reports.file_attached": "đính kèm",
    "reports.file_taken_off": "gỡ tệp",
    "reports.imported": "nhập từ hồ sơ khác",
}
OF_WRITING = ("reports.filled", "reports.nothing_declared")  # these tell a revision and its changes
OF_FILES = ("reports.file_attached", "reports.file_taken_off")
TOLD_ON_DESK = (
    "reports.submitted",
    "reports.withdrawn",
    "reports.accepted",
    "reports.sent_back",
    "reports.reopened",
)


def next_state(verb: str, state: str) -> str:
    """The state a verb leads to; raises core.moves.WrongMoment when it is not its moment.

    >>> next_state("submit", "draft")
    'submitted'
    """
    return MOVES.next_state(verb, state)


def kept_state(state: str) -> str:
    """The state a report stays in while its reporter writes; raises WrongMoment out of the reporter's hands."""
    return next_state("refill" if state == State.RETURNED else "fill", state)


class NotReady(Refusal):
    says = "Báo cáo chưa nộp được: {first}. Hãy sửa {count} chỗ được đánh dấu rồi nộp lại."


class NotFigures(Refusal):
    says = "Số liệu chưa lưu được: {first}. Hãy sửa {count} chỗ được đánh dấu rồi lưu lại."


class FileTooLarge(Refusal):
    kind = Kind.TOO_LARGE
    says = "Tệp {name} lớn hơn {limit} MB cho phép; hãy nén hoặc chia nhỏ tệp."


class EmptyFile(Refusal):
    says = "Tệp {name} không có nội dung; hãy kiểm tra rồi chọn lại tệp."


class NoFile(Refusal):
    says = "Chưa chọn tệp nào; hãy chọn tệp rồi đính kèm lại."


class NoReason(Refusal):
    says = "Cần ghi lý do để đơn vị biết phải sửa gì."


class ReasonTooLong(Refusal):
    says = "Lý do dài {length} ký tự, nhiều hơn {most} ký tự cho phép; hãy viết ngắn lại."


class ProseTooLong(Refusal):
    says = "Phần lời dài {length} ký tự, nhiều hơn {most} ký tự cho phép; hãy đính kèm thành tệp."


class ChangedSinceRead(Refusal):
    kind = Kind.CONFLICT
    says = "Báo cáo của {unit} đã được sửa sau khi đồng chí mở trang; hãy xem lại số liệu mới rồi quyết định."


class NotOwed(Refusal):
    kind = Kind.CONFLICT
    says = "{unit} không phải nộp biểu mẫu {form} trong kỳ {period}."


class HasFigures(Refusal):
    kind = Kind.CONFLICT
    says = "Báo cáo đã có số liệu nên không ghi «không phát sinh» được; hãy xóa số liệu trước."


class SomebodyElseSaved(Refusal):
    """Two people wrote the same report: both values are shown and nothing is lost."""

    kind = Kind.CONFLICT
    says = "Báo cáo vừa được người khác lưu (bản {revision}); hãy chọn giá trị đúng ở từng chỗ khác nhau rồi lưu lại."

    def __init__(self, *, revision: int, differences: tuple[Difference, ...]) -> None:
        self.revision = revision
        self.differences = differences
        super().__init__(
            revision=revision,
            faults=[
                Fault(one.field, "Trên máy chủ: {theirs}; đồng chí nhập: {yours}.", one.__dict__) for one in differences
            ],
        )


@dataclass(frozen=True)
class Difference:
    """One field two people filled differently. Exact values; None is empty."""

    field: str
    theirs: Any
    yours: Any


def differences(*, theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The fields on which two versions of a report differ, in the order of their codes.

    >>> differences(theirs={"held": 5}, yours={"held": 6, "total": 9})
    (Difference(field='held', theirs=5, yours=6), Difference(field='total', theirs=None, yours=9))
    """
    return tuple(
        Difference(code, theirs.get(code), yours.get(code))
        for code in sorted(theirs.keys() | yours.keys())
        if theirs.get(code) != yours.get(code)
    )


def picks(*, base: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> Mapping[str, str]:
    """Which side alone changed each differing field since `base`; «» when both did, so that a person must choose.

    >>> picks(base={"a": 1, "b": 1, "c": 1}, theirs={"a": 2, "b": 1, "c": 2}, yours={"a": 1, "b": 2, "c": 3})
    {'a': 'theirs', 'b': 'yours', 'c': ''}
    """
    found = {}
    for one in differences(theirs=theirs, yours=yours):
        before = base.get(one.field)
        found[one.field] = "theirs" if one.yours == before else "yours" if one.theirs == before else ""
    return found


def is_late(*, due_at: datetime, submitted_at: datetime | None, at: datetime) -> bool:
    """Whether the report came, or is still to come, after its deadline; handing in at the very moment is in time."""
    return (submitted_at or at) > due_at


def span(first: datetime, second: datetime) -> str:
    """How far two moments are apart, in the largest whole unit, as one says it.

    >>> moment = datetime(2020, 8, 24, 9, 0)
    >>> span(moment, datetime(2020, 8, 24, 9, 54)), span(datetime(2020, 8, 22, 8, 0), moment)
    ('54 phút', '2 ngày')
    """
    minutes = int(abs(second - first).total_seconds()) // 60
    if minutes < 60:
        return gettext("{n} phút").format(n=minutes)
    if minutes < 24 * 60:
        return gettext("{n} giờ").format(n=minutes // 60)
    return gettext("{n} ngày").format(n=minutes // (24 * 60))


def warnings(spec: FormSpec, figures: Mapping[str, Any], *, is_nothing: bool) -> tuple[str, ...]:
    """Sentences a reviewer should read before accepting; they keep nobody from submitting."""
    if is_nothing:
        return ()
    return tuple(problem.message for problem in spec.problems(figures) if problem.level == "warn")


def blocking(spec: FormSpec, figures: Mapping[str, Any], *, is_nothing: bool) -> list[Fault]:
    """What keeps a report from being submitted: missing figures and broken checks, in the form's order.

    «Không phát sinh» answers every figure at once, so nothing can be missing or wrong in it.
    """
    if is_nothing:
        return []
    return [
        Fault(problem.place, "{message}", {"message": problem.message})
        for problem in spec.problems(figures)
        if problem.level == "block"
    ]


def fitting_reason(reason: str) -> str:
    """The reason without blanks at its ends. Raises NoReason, ReasonTooLong."""
    words = clean(reason)
    if not words:
        raise NoReason()
    if len(words) > MAX_REASON:
        raise ReasonTooLong(length=len(words), most=MAX_REASON)
    return words


def fitting_prose(prose: str) -> str:
    """The text with composed letters, Unix line ends and no control characters. Raises ProseTooLong."""
    words = clean(prose)
    if len(words) > MAX_PROSE:
        raise ProseTooLong(length=len(words), most=MAX_PROSE)
    return words


def check_size(*, name: str, size: int) -> None:
    """Raises EmptyFile or FileTooLarge when a file of `size` bytes cannot be attached."""
    if size == 0:
        raise EmptyFile(name=name)
    if size > MAX_ATTACHMENT_BYTES:
        raise FileTooLarge(name=name, limit=MAX_ATTACHMENT_BYTES // 1_000_000)
