"""The lives of a briefing, of its sites, its agenda and its requests to speak, each as a table."""

from __future__ import annotations

from django.db import models

from giaoban.core.moves import Moves
from giaoban.core.refusal import Kind as No
from giaoban.core.refusal import Refusal


class State(models.TextChoices):
    """Trạng thái cuộc giao ban: how far it has come."""

    DRAFT = "draft", "đang chuẩn bị"
    CALLED = "called", "đã triệu tập"
    IN_SESSION = "in_session", "đang họp"
    ADJOURNED = "adjourned", "đang nghỉ"
    CLOSED = "closed", "đã bế mạc"
    CANCELLED = "cancelled", "đã hủy"


class Reply(models.TextChoices):
    """Trả lời giấy mời: what a site has answered."""

    INVITED = "invited", "chưa trả lời"
    ACCEPTED = "accepted", "dự họp"
    DECLINED = "declined", "vắng"
    SUBSTITUTE = "substitute", "cử người dự thay"


class ItemKind(models.TextChoices):
    """Loại mục: what is done in an item of the agenda."""

    REPORT = "report", "báo cáo"
    DISCUSSION = "discussion", "thảo luận"
    CONCLUSION = "conclusion", "kết luận"
    BREAK = "break", "nghỉ"


class ItemState(models.TextChoices):
    """Trạng thái mục: whether its turn has come."""

    WAITING = "waiting", "chưa đến"
    CURRENT = "current", "đang làm"
    DONE = "done", "đã xong"


class Speech(models.TextChoices):
    """Trạng thái đăng ký phát biểu: whether the site has spoken."""

    ASKED = "asked", "đăng ký"
    CALLED = "called", "được mời"
    SPEAKING = "speaking", "đang phát biểu"
    DONE = "done", "đã phát biểu"
    WITHDRAWN = "withdrawn", "đã rút"


BEFORE = (State.DRAFT, State.CALLED)  # what is still being prepared
LIVE = (State.IN_SESSION, State.ADJOURNED)
OVER = (State.CLOSED, State.CANCELLED)
COMING = (Reply.ACCEPTED, Reply.SUBSTITUTE)
IN_LINE = (Speech.ASKED, Speech.CALLED)  # waits to speak
OPEN_SPEECH = (*IN_LINE, Speech.SPEAKING)

MOVES = Moves(
    table={
        "call": (frozenset({"draft"}), "called"),
        "open": (frozenset({"called"}), "in_session"),
        "adjourn": (frozenset({"in_session"}), "adjourned"),
        "resume": (frozenset({"adjourned"}), "in_session"),
        "close": (frozenset({"in_session", "adjourned"}), "closed"),
        "cancel": (frozenset({"draft", "called"}), "cancelled"),
    },
    verb_labels={
        "call": "Gửi giấy mời",
        "open": "Khai mạc",
        "adjourn": "Tạm nghỉ",
        "resume": "Họp tiếp",
        "close": "Bế mạc",
        "cancel": "Hủy cuộc này",
    },
    state_labels={state.value: str(state.label) for state in State},
)

ITEM_MOVES = Moves(
    table={
        "begin": (frozenset({"waiting", "done"}), "current"),
        "finish": (frozenset({"current"}), "done"),
        "put_back": (frozenset({"current"}), "waiting"),
    },
    verb_labels={"begin": "Chuyển đến mục", "finish": "Xong mục", "put_back": "Để lại sau"},
    state_labels={state.value: str(state.label) for state in ItemState},
)

SPEECH_MOVES = Moves(
    table={
        "call": (frozenset({"asked"}), "called"),
        "begin": (frozenset({"asked", "called"}), "speaking"),
        "end": (frozenset({"speaking"}), "done"),
        "withdraw": (frozenset({"asked", "called"}), "withdrawn"),
    },
    verb_labels={"call": "Mời phát biểu", "begin": "Bắt đầu phát biểu", "end": "Kết thúc phát biểu", "withdraw": "Rút"},
    state_labels={state.value: str(state.label) for state in Speech},
)


class ClosedBriefing(Refusal):
    kind = No.CONFLICT
    says = "Cuộc giao ban đã bế mạc lúc {at} nên không ghi thêm được; hãy ghi vào cuộc sau."


class CancelledBriefing(Refusal):
    kind = No.CONFLICT
    says = "Cuộc giao ban đã hủy nên không ghi thêm được; hãy lập cuộc khác của kỳ này."


class NotInSession(Refusal):
    kind = No.CONFLICT
    says = "Cuộc giao ban đang ở trạng thái «{state}» nên chưa làm được việc này; hãy khai mạc trước."


class AlreadyBegun(Refusal):
    kind = No.CONFLICT
    says = "Cuộc giao ban đã khai mạc nên không sửa phần chuẩn bị được nữa; hãy ghi ý kiến vào biên bản."


class ChangedSinceRead(Refusal):
    kind = No.CONFLICT
    says = "Nội dung này đã được sửa sau khi đồng chí mở trang; hãy xem bản mới rồi sửa tiếp."


def next_state(verb: str, state: str) -> str:
    """The state a verb of the briefing leads to; raises core.moves.WrongMoment when it is not its moment.

    >>> next_state("open", "called")
    'in_session'
    """
    return MOVES.next_state(verb, state)


def check_writable(state: str, closed: str) -> None:
    """Raises ClosedBriefing, CancelledBriefing; `closed` is the moment it was closed, as pages write it.

    >>> check_writable("in_session", "")
    """
    if state == State.CLOSED:
        raise ClosedBriefing(at=closed)
    if state == State.CANCELLED:
        raise CancelledBriefing()


def check_in_session(state: str, closed: str) -> None:
    """Raises ClosedBriefing, NotInSession outside of the session itself; a break is part of it."""
    check_writable(state, closed)
    if state not in LIVE:
        raise NotInSession(state=State(state).label)


def check_preparing(state: str, closed: str) -> None:
    """Raises ClosedBriefing, AlreadyBegun once the session is under way."""
    check_writable(state, closed)
    if state not in BEFORE:
        raise AlreadyBegun()
