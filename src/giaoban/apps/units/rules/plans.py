"""Decisions on plans to reorganise: how a change is typed, when a plan may be touched, what refuses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import models

from giaoban.apps.units import rules
from giaoban.base.access import Actor
from giaoban.core.moves import Moves
from giaoban.core.orgtree import plans
from giaoban.core.orgtree.plans import Change, Kind
from giaoban.core.refusal import Fault, Refusal
from giaoban.core.refusal import Kind as Sort
from giaoban.core.text_vi.numbers import read_scaled, write_scaled

MAX_TITLE, MAX_BASIS = 200, 300
COLUMN_NAMES = {  # as a file of changes is headed, and as faults name a cell of it
    "kind": "thay đổi",
    "code": "mã",
    "other": "đơn vị kia",
    "level": "cấp",
    "name": "tên mới",
    "short_name": "tên ngắn",
    "share": "tỷ lệ",
    "reports": "báo cáo đang dở",
}
SHARE_PLACES = 4  # a percentage with four decimals is parts per million exactly


class PlanState(models.TextChoices):
    """Trạng thái phương án."""

    DRAFT = "draft", "đang soạn"
    COMMITTED = "committed", "đã thực hiện"
    DROPPED = "dropped", "đã bỏ"
    REVERTED = "reverted", "đã hoàn tác"


class ChangeKind(models.TextChoices):
    """Loại thay đổi, as core.orgtree.plans knows them."""

    FOUND = "found", "thành lập"
    RENAME = "rename", "đổi tên"
    MOVE = "move", "điều chuyển"
    MERGE = "merge", "hợp nhất"
    SPLIT = "split", "chia tách"
    TRANSFER = "transfer", "chuyển giao một phần"
    LEVEL = "level", "đổi cấp"
    CLOSE = "close", "giải thể"


class OpenReports(models.TextChoices):
    """Báo cáo đang dở: what is done with reports a unit still has in hand when it ends."""

    CARRY = "carry", "đơn vị kế thừa làm tiếp"
    FINAL = "final", "chốt như đã nộp"


MOVES = Moves(
    table={
        "change": (frozenset({"draft"}), "draft"),
        "commit": (frozenset({"draft"}), "committed"),
        "drop": (frozenset({"draft"}), "dropped"),
        "revert": (frozenset({"committed"}), "reverted"),
    },
    verb_labels={
        "change": "Sửa phương án",
        "commit": "Thực hiện phương án",
        "drop": "Bỏ phương án",
        "revert": "Hoàn tác",
    },
    state_labels={state.value: str(state.label) for state in PlanState},
)


@dataclass(frozen=True)
class TypedChange:
    """One change as it was typed: units by their codes. `other` is a superior, a successor or an heir by the kind.

    `reports` says what happens to reports in hand of a unit that ends; empty means they are carried on.
    """

    kind: str
    code: str
    other: str = ""
    level: str = ""
    name: str = ""
    short_name: str = ""
    share_ppm: int | None = None
    reports: str = ""
    number: int = 0
    line: int = 0

    @property
    def place(self) -> str:
        """What a fault calls the change."""
        return f"dòng {self.line}" if self.line else f"thay đổi {self.number}"

    def at(self, column: str) -> str:
        """What a fault calls one cell of the change: the column too, when it stands in a file."""
        return f"{self.place}, cột «{COLUMN_NAMES[column]}»" if self.line else self.place

    @property
    def is_end(self) -> bool:
        """Whether its unit ends by it."""
        return self.kind in plans.ENDING

    @property
    def share(self) -> str:
        """The share as offices write it, empty when nobody stated one."""
        return written_share(self.share_ppm)


def written_share(share_ppm: int | None) -> str:
    """Parts per million as a percentage without needless zeros; empty for None.

    >>> written_share(375_000), written_share(120_000), written_share(None)
    ('37,5%', '12%', '')
    """
    if share_ppm is None:
        return ""
    whole, _, decimals = write_scaled(share_ppm, places=SHARE_PLACES).partition(",")
    return f"{whole},{decimals.rstrip('0')}".rstrip(",") + "%"


def read_share(text: str) -> int | None:
    """Parts per million from a percentage; None for an empty box. Raises the refusals of core.text_vi.numbers.

    >>> read_share("37,5%"), read_share("12"), read_share("")
    (375000, 120000, None)
    """
    bare = text.strip().removesuffix("%").strip()
    return read_scaled(bare, places=SHARE_PLACES) if bare else None


def own_faults(changes: Sequence[TypedChange]) -> Iterator[Fault]:
    """What is wrong with changes by themselves: no code, no name for what needs one, what no column holds."""
    for change in changes:
        if change.kind not in ChangeKind.values:
            kinds = ", ".join(str(label) for label in ChangeKind.labels)
            says = "«{kind}» không phải một loại thay đổi; hãy dùng một trong các loại: {kinds}."
            yield Fault(change.at("kind"), says, {"kind": change.kind, "kinds": kinds})
        if not change.code:
            yield Fault(change.at("code"), "Thiếu mã đơn vị; hãy điền mã.")
        if change.kind in {ChangeKind.FOUND, ChangeKind.RENAME} and not change.name:
            yield Fault(change.at("name"), "Đơn vị «{code}» thiếu tên mới; hãy điền tên.", {"code": change.code})
        if change.kind == ChangeKind.FOUND:
            yield from rules.own_faults([_as_new(change)])
        elif len(change.name) > rules.MAX_NAME or len(change.short_name) > rules.MAX_SHORT_NAME:
            says = "Tên mới của đơn vị «{code}» dài quá; hãy rút gọn."
            yield Fault(change.place, says, {"code": change.code})


def _as_new(change: TypedChange) -> rules.NewUnit:
    return rules.NewUnit(
        code=change.code,
        name=change.name,
        short_name=change.short_name,
        level=change.level,
        from_day=date.min,
        at=change.place,
    )


@dataclass(frozen=True)
class Bound:
    """Typed changes with their units found: `numbers` of every code, negative ones for units to be founded."""

    changes: tuple[Change, ...]
    numbers: Mapping[str, int]
    faults: tuple[Fault, ...]


def bound(changes: Sequence[TypedChange], *, known: Mapping[str, int], taken: frozenset[str]) -> Bound:
    """Find the units of a plan. `known` are the codes the actor may change; `taken` those that exist at all."""
    numbers = dict(known)
    faults: list[Fault] = []
    for change in changes:
        if change.kind != ChangeKind.FOUND or not change.code:
            continue
        if change.code in taken or numbers.get(change.code, 0) < 0:
            says = "Mã «{code}» đã có; hãy dùng mã khác cho đơn vị mới."
            faults.append(Fault(change.at("code"), says, {"code": change.code}))
        else:
            numbers[change.code] = -1 - len(numbers)
    found: list[Change] = []
    for change in changes:
        absent = [name for name in ("code", "other") if (code := getattr(change, name)) and code not in numbers]
        for name in absent:
            says = "Không có đơn vị mã «{code}» trong phần cây đồng chí được giữ; hãy sửa mã ấy."
            faults.append(Fault(change.at(name), says, {"code": getattr(change, name)[: rules.MAX_CODE]}))
        if change.kind in ChangeKind.values and change.code and not absent:
            found.append(_as_core(change, numbers))
    return Bound(tuple(found), numbers, tuple(faults))


_CELLS = {"unit": "code", "other": "other", "level": "level", "share": "share"}


def _as_core(change: TypedChange, numbers: Mapping[str, int]) -> Change:
    return Change(
        place=change.place,
        kind=Kind(change.kind),
        unit=numbers[change.code],
        other=numbers[change.other] if change.other else None,
        level=change.level,
        order=change.code,
        share=change.share_ppm,
        cells={cell: change.at(column) for cell, column in _CELLS.items()} if change.line else {},
    )


@dataclass(frozen=True)
class Tie:
    """What another feature has at a unit, or on the tree since a day; `says` is a sentence with `{named}` values."""

    unit: int
    says: str
    values: dict[str, object]
    is_blocking: bool = False

    def __str__(self) -> str:
        return self.says.format(**self.values)


class TiesBefore(Protocol):
    """What stands at units that a plan ends (`ended`) or gives another level, from the plan's day on.

    `heirs` names, for each that ends and is taken over whole, the one unit that does; negative when it is yet to be
    founded.
    """

    def __call__(self, *, units: Set[int], ended: Set[int], heirs: Mapping[int, int], day: date) -> Sequence[Tie]: ...


class TiesSince(Protocol):
    """What has been built on the tree below these units since a day, so that it cannot be taken back."""

    def __call__(self, *, units: Set[int], since: date) -> Sequence[Tie]: ...


class TiesBack(Protocol):
    """Undo what the feature did because the plan came into force, within the verb that takes the plan back."""

    def __call__(self, *, actor: Actor, plan_id: int, at: datetime) -> None: ...


@dataclass(frozen=True)
class Ties:
    """How one feature answers; the site lists them. `back` is done before `since` is asked, and undone with it."""

    before: TiesBefore
    since: TiesSince
    back: TiesBack | None = None


class NotAPlan(Refusal):
    says = "Phương án chưa lập được: có {count} chỗ phải sửa, nêu ở từng ô."


class NothingPlanned(Refusal):
    says = "Phương án chưa có thay đổi nào; hãy thêm ít nhất một thay đổi."


class PlanHasFaults(Refusal):
    kind = Sort.CONFLICT
    says = "Phương án còn {count} chỗ phải sửa nên chưa thực hiện; cây tổ chức chưa đổi gì."


class PlanChanged(Refusal):
    kind = Sort.CONFLICT
    says = "Phương án «{title}» vừa được người khác sửa; hãy xem lại hình trước và sau rồi thực hiện."


class TooManyChanges(Refusal):
    kind = Sort.TOO_LARGE
    says = "Phương án có {count} thay đổi, nhiều hơn {most} thay đổi cho phép; hãy chia thành nhiều phương án."


class StillDependedOn(Refusal):
    kind = Sort.CONFLICT
    says = (
        "Không hoàn tác được «{title}» vì {count} việc đã dựa vào cây tổ chức mới; hãy xử lý từng việc dưới đây trước."
    )


class NotAPlanFile(Refusal):
    says = "Tệp {name} có {count} ô không đọc được nên chưa nạp gì; hãy sửa từng ô nêu dưới đây rồi nạp lại."


MAX_CHANGES = 20_000


def head_faults(*, title: str, basis: str) -> Iterator[Fault]:
    """What is wrong with a plan's head, each at its box."""
    if not title:
        yield Fault("title", "Thiếu tên phương án; hãy đặt tên.")
    for place, text, most in (("title", title, MAX_TITLE), ("basis", basis, MAX_BASIS)):
        if len(text) > most:
            yield Fault(
                place, "Dài {length} ký tự, nhiều hơn {most}; hãy rút gọn.", {"length": len(text), "most": most}
            )
