"""The life of a task, as a table, and what may stand in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models

from giaoban.apps.tasks.rules.assignment import LaterThanWhole, PastDeadline
from giaoban.apps.tasks.rules.deadlines import Deadline
from giaoban.core.formlang.inputs import clean
from giaoban.core.moves import Moves
from giaoban.core.refusal import Kind as No
from giaoban.core.refusal import Refusal
from giaoban.core.text_vi.dates import write_day

MAX_REASON = 500
MAX_WORDS = 2_000
MAX_FILE_BYTES = 50_000_000


class State(models.TextChoices):
    """Trạng thái: in whose hands the task is."""

    ASSIGNED = "assigned", "mới giao"
    ONGOING = "ongoing", "đang thực hiện"
    HANDED_IN = "handed_in", "đã nộp kết quả"
    RETURNED = "returned", "bị trả lại"
    ACCEPTED = "accepted", "đã nhận kết quả"
    CLOSED = "closed", "đã kết thúc"
    WITHDRAWN = "withdrawn", "đã thôi giao"


OPEN = (State.ASSIGNED, State.ONGOING, State.RETURNED)  # the lead unit still owes something
DONE = (State.ACCEPTED, State.CLOSED)
LIVING = (*OPEN, State.HANDED_IN)  # not yet decided for good
SETTLED = (*DONE, State.WITHDRAWN)  # a sub-task in one of these no longer holds its parent up


class Asked(models.TextChoices):
    """Trạng thái xin gia hạn: what became of it."""

    ASKED = "asked", "chờ quyết định"
    GRANTED = "granted", "được gia hạn"
    REFUSED = "refused", "không gia hạn"


MOVES = Moves(
    table={
        "take": (frozenset({"assigned"}), "ongoing"),
        "hand_in": (frozenset({"ongoing", "returned"}), "handed_in"),
        "accept": (frozenset({"handed_in"}), "accepted"),
        "send_back": (frozenset({"handed_in"}), "returned"),
        "close": (frozenset({"accepted"}), "closed"),
        "reopen": (frozenset({"accepted", "closed"}), "returned"),
        "withdraw": (frozenset({"assigned", "ongoing", "returned"}), "withdrawn"),
    },
    verb_labels={
        "take": "Nhận việc",
        "hand_in": "Nộp kết quả",
        "accept": "Nhận kết quả",
        "send_back": "Trả lại",
        "close": "Kết thúc",
        "reopen": "Mở lại",
        "withdraw": "Thôi giao",
    },
    state_labels={state.value: str(state.label) for state in State},
)

DEEDS = {  # ledger verb -> what a person reads after the doer's name
    "tasks.assigned": "giao",
    "tasks.taken": "nhận việc",
    "tasks.noted": "ghi tiến độ",
    "tasks.extension_asked": "xin gia hạn",
    "tasks.extension_granted": "gia hạn",
    "tasks.extension_refused": "không gia hạn",
    "tasks.handed_in": "nộp kết quả",
    "tasks.accepted": "nhận kết quả",
    "tasks.sent_back": "trả lại",
    "tasks.closed": "kết thúc",
    "tasks.reopened": "mở lại",
    "tasks.withdrawn": "thôi giao",
    "tasks.reassigned": "giao lại",
    "tasks.amended": "sửa nội dung giao",
    "tasks.carried_over": "đưa sang đơn vị kế thừa",
    "tasks.given_back": "trả về đơn vị cũ",
}


@dataclass(frozen=True)
class Evidence:
    """A file as it was given, to be kept with a note."""

    name: str
    data: bytes
    media_type: str


def next_state(verb: str, state: str) -> str:
    """The state a verb leads to; raises core.moves.WrongMoment when it is not its moment.

    >>> next_state("hand_in", "ongoing")
    'handed_in'
    """
    return MOVES.next_state(verb, state)


class NoReason(Refusal):
    says = "Cần ghi lý do để đơn vị biết vì sao."


class TooLong(Refusal):
    says = "Nội dung dài {length} ký tự, nhiều hơn {most} ký tự cho phép; hãy viết ngắn lại hoặc đính kèm thành tệp."


class NothingSaid(Refusal):
    says = "Ghi nhận tiến độ chưa có nội dung; hãy ghi việc đã làm, mức hoàn thành hoặc đính kèm minh chứng."


class NoProduct(Refusal):
    says = "Chưa có kết quả để nộp; hãy mô tả sản phẩm đã làm được hoặc đính kèm tệp sản phẩm."


class NotAPercent(Refusal):
    says = "«{typed}» không phải là mức hoàn thành; hãy ghi số từ 0 đến 100."


class PartsOpen(Refusal):
    kind = No.CONFLICT
    says = "Còn {count} việc con chưa xong nên chưa làm được; hãy nhận kết quả hoặc thôi giao các việc con trước."


class NotInHand(Refusal):
    kind = No.CONFLICT
    says = "Nhiệm vụ đang ở trạng thái «{state}» nên không ghi thêm được; hãy mở lại trước."


class AlreadyAsked(Refusal):
    kind = No.CONFLICT
    says = "Nhiệm vụ đang có một đề nghị gia hạn chờ quyết định; hãy chờ cơ quan giao trả lời."


class AlreadyDecided(Refusal):
    kind = No.CONFLICT
    says = "Đề nghị gia hạn này đã được quyết định; hãy tải lại trang."


class NotLater(Refusal):
    says = "Hạn mới {day} không muộn hơn hạn đang có {due}; hãy chọn ngày sau hạn đang có."


class ChangedSinceRead(Refusal):
    kind = No.CONFLICT
    says = "Nhiệm vụ đã được sửa sau khi đồng chí mở trang; hãy xem lại nội dung mới rồi làm tiếp."


class FileTooLarge(Refusal):
    kind = No.TOO_LARGE
    says = "Tệp {name} lớn hơn {limit} MB cho phép; hãy nén hoặc chia nhỏ tệp."


class EmptyFile(Refusal):
    says = "Tệp {name} không có nội dung; hãy kiểm tra rồi chọn lại tệp."


def check_open(state: str) -> None:
    """Raises NotInHand when the lead unit owes nothing any more.

    >>> check_open("ongoing")
    """
    if state not in OPEN:
        raise NotInHand(state=State(state).label)


def check_parts(waiting: int) -> None:
    """Raises PartsOpen while sub-tasks wait: a whole is no further than its parts."""
    if waiting:
        raise PartsOpen(count=waiting)


def check_later(due: Deadline, *, than: Deadline, whole: Deadline | None, on: date) -> None:
    """Raises NotLater, or LaterThanWhole when a sub-task would outlast the whole, or PastDeadline."""
    if due.day <= than.day:
        raise NotLater(day=due.label(), due=than.label())
    if due.day < on:
        raise PastDeadline(day=write_day(due.day), today=write_day(on))
    if whole is not None and due.day > whole.day:
        raise LaterThanWhole(due=whole.label())


def fitting_reason(reason: str) -> str:
    """The reason without blanks at its ends. Raises NoReason, TooLong."""
    words = fitting(reason, most=MAX_REASON)
    if not words:
        raise NoReason()
    return words


def fitting(text: str, *, most: int = MAX_WORDS) -> str:
    """The text with composed letters and no control characters. Raises TooLong.

    >>> fitting("  đã gửi dự thảo ")
    'đã gửi dự thảo'
    """
    words = clean(text).strip()
    if len(words) > most:
        raise TooLong(length=len(words), most=most)
    return words


def fitting_percent(typed: str) -> int | None:
    """A share of the work in per cent; None for an empty box. Raises NotAPercent.

    >>> fitting_percent(" 60% "), fitting_percent("")
    (60, None)
    """
    bare = typed.strip().removesuffix("%").strip()
    if not bare:
        return None
    if not (bare.isascii() and bare.isdecimal() and len(bare) <= 3 and int(bare) <= 100):
        raise NotAPercent(typed=typed.strip()[:20])
    return int(bare)


def check_file(*, name: str, size: int) -> None:
    """Raises EmptyFile or FileTooLarge when a file of `size` bytes cannot be kept."""
    if size == 0:
        raise EmptyFile(name=name)
    if size > MAX_FILE_BYTES:
        raise FileTooLarge(name=name, limit=MAX_FILE_BYTES // 1_000_000)
