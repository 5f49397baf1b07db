"""What is assigned, and what an assignment must not lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from giaoban.apps.tasks.rules.deadlines import Deadline
from giaoban.core.refusal import Fault, Refusal
from giaoban.core.refusal import Kind as No
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.folding import words as folded_words

MAX_TITLE, MAX_PRODUCT, MAX_LABEL, MAX_SYMBOL, MAX_NAME, MAX_POST, MAX_ORIGIN = 400, 500, 300, 60, 120, 160, 80
LIGHTEST, HEAVIEST, USUAL = 1, 5, 3
MOST_UNITS = 20
MAX_CODE = 40


class Kind(models.TextChoices):
    """Loại: a task, or a scheme that is written and submitted."""

    TASK = "task", "nhiệm vụ"
    SCHEME = "scheme", "đề án"


class SourceKind(models.TextChoices):
    """Nguồn giao: what the task was taken from."""

    CONCLUSION = "conclusion", "kết luận"
    PAPER = "paper", "văn bản"
    PLAN = "plan", "chương trình, kế hoạch"
    OTHER = "other", "nguồn khác"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the task comes from: what it is called, and for a document its symbol and date."""

    kind: str = SourceKind.OTHER
    label: str = ""
    symbol: str = ""
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """A task as it is handed out.

    `assigner` and `topic` are codes. `assigning_unit_id` is the unit on whose behalf it is assigned: when None, the
    nearest unit at or above the lead at which the actor decides. `origin` names the row it was made from
    («briefings.conclusion:71») and is used once. An officer with an account needs no name and post.
    """

    title: str
    lead_unit_id: int | None
    due: Deadline | None
    assigner: str
    product: str = ""
    kind: str = Kind.TASK
    topic: str = ""
    source: Source = field(default_factory=Source)
    officer_id: int | None = None
    officer_name: str = ""
    post: str = ""
    coordinating: tuple[int, ...] = ()
    weight: int = USUAL
    assigning_unit_id: int | None = None
    origin: str = ""


class Lacking(Refusal):
    """Something an assignment lacks or has wrong; `place` is its box."""

    place = ""


class NoTitle(Lacking):
    place = "title"
    says = "Chưa ghi nội dung nhiệm vụ; hãy ghi việc phải làm."


class NoLead(Lacking):
    place = "lead"
    says = "Nhiệm vụ chưa có đơn vị chủ trì; hãy chọn một đơn vị chịu trách nhiệm."


class NoDeadline(Lacking):
    place = "due"
    says = "Nhiệm vụ chưa có thời hạn; hãy ghi hạn như 15-9-2020, tháng 9-2020 hoặc quý III/2020."


class PastDeadline(Lacking):
    place = "due"
    says = "Thời hạn {day} đã qua; hãy chọn ngày từ {today} trở đi."


class NoAssigner(Lacking):
    place = "assigner"
    says = "Chưa chọn cơ quan giao; hãy chọn cơ quan đã giao nhiệm vụ."


class NotAWeight(Lacking):
    place = "weight"
    says = "Mức quan trọng là số từ {least} đến {most}; hãy chọn lại."


class WordsTooLong(Lacking):
    says = "Ô này dài {length} ký tự, nhiều hơn {most} ký tự cho phép; hãy viết ngắn lại."

    def __init__(self, *, place: str, length: int, most: int) -> None:
        self.place = place
        super().__init__(length=length, most=most)


class TooManyUnits(Lacking):
    place = "coordinating"
    says = "Có {count} đơn vị phối hợp, nhiều hơn {most} đơn vị cho phép; hãy giao cho một đơn vị chủ trì chia việc."


class LaterThanWhole(Lacking):
    place = "due"
    says = (
        "Hạn của việc con không được muộn hơn hạn của nhiệm vụ là {due}; hãy chọn ngày sớm hơn hoặc xin gia hạn trước."
    )


class OfficerElsewhere(Lacking):
    place = "officer"
    says = "{name} không giữ chức trách nào ở {unit}; hãy chọn người của đơn vị chủ trì."


class NotATask(Refusal):
    says = "Chưa giao được nhiệm vụ: còn {count} chỗ phải sửa; hãy sửa từng chỗ nêu dưới đây."


class AlreadyAssigned(Refusal):
    kind = No.CONFLICT
    says = "Nội dung này đã được giao thành nhiệm vụ «{title}»; không giao lần nữa."


class NoSuchChoice(Refusal):
    says = "Không có «{code}» trong danh mục; hãy chọn lại trong danh sách."


class NoName(Lacking):
    place = "name"
    says = "Chưa ghi tên; hãy ghi tên như trong văn bản."


class CodeTaken(Refusal):
    kind = No.CONFLICT
    says = "Danh mục đã có «{name}»; không cần thêm lần nữa."


def lacking(task: Assignment, *, on: date, whole: Deadline | None = None) -> Iterator[Lacking]:
    """Everything the assignment lacks, in the order of its boxes; `whole` is the deadline of the task it is part of.

    >>> wrong = Assignment(title="Rà soát", lead_unit_id=None, due=Deadline(date(2020, 8, 1)), assigner="bct")
    >>> [type(one).__name__ for one in lacking(wrong, on=date(2020, 8, 24))]
    ['NoLead', 'PastDeadline']
    """
    if not task.title:
        yield NoTitle()
    if not task.assigner:
        yield NoAssigner()
    if task.lead_unit_id is None:
        yield NoLead()
    if task.due is None:
        yield NoDeadline()
    elif task.due.day < on:
        yield PastDeadline(day=write_day(task.due.day), today=write_day(on))
    elif whole is not None and task.due.day > whole.day:
        yield LaterThanWhole(due=whole.label())
    if not LIGHTEST <= task.weight <= HEAVIEST:
        yield NotAWeight(least=LIGHTEST, most=HEAVIEST)
    if len(task.coordinating) > MOST_UNITS:
        yield TooManyUnits(count=len(task.coordinating), most=MOST_UNITS)
    yield from _too_long(task)


def _too_long(task: Assignment) -> Iterator[WordsTooLong]:
    for place, text, most in (
        ("title", task.title, MAX_TITLE),
        ("product", task.product, MAX_PRODUCT),
        ("source_label", task.source.label, MAX_LABEL),
        ("source_symbol", task.source.symbol, MAX_SYMBOL),
        ("officer", task.officer_name, MAX_NAME),
        ("post", task.post, MAX_POST),
        ("origin", task.origin, MAX_ORIGIN),
    ):
        if len(text) > most:
            yield WordsTooLong(place=place, length=len(text), most=most)


def refuse(found: Iterator[Lacking], *, many: type[Refusal] = NotATask) -> None:
    """Raise what is lacking: the one sentence itself when it is alone, `many` with a fault for each box otherwise."""
    wrong = list(found)
    if not wrong:
        return
    faults = [Fault(one.place, one.says, dict(one.values)) for one in wrong]
    if len(wrong) == 1:
        wrong[0].faults = tuple(faults)
        raise wrong[0]
    raise many(count=len(wrong), faults=faults)


def list_entry(name: str, code: str = "") -> tuple[str, str]:
    """The name and the code of an entry of a list; without a code it is made from the name. Raises NoName,
    WordsTooLong.

    >>> list_entry(" Ban Bí thư ")
    ('Ban Bí thư', 'ban-bi-thu')
    """
    words = " ".join(name.split())
    key = code or "-".join(folded_words(words))[:MAX_CODE].strip("-")
    if not key:
        raise NoName()
    if len(words) > MAX_NAME:
        raise WordsTooLong(place="name", length=len(words), most=MAX_NAME)
    return words, key
