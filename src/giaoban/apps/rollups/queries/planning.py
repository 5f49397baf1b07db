"""What the columns and slots of a round's matrix mean: its form's fields, its day's tree, and who owes on that day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from threading import Lock

from giaoban.apps.forms.models import Duty, DutyException, FormVersion, Round
from giaoban.apps.rollups.queries import rows
from giaoban.apps.units import queries as units
from giaoban.core.orgtree import OrgTree
from giaoban.core.rollup import Block, Layout, Matrix, Row, Slots
from giaoban.files.matrix import Mapped

NAME = "round-"  # with the number of the round: the name of its matrix
KEPT_SLOTS = 8  # of one process; rounds with the same tree and the same duty share theirs

AT_ONCE = 16_384  # reports turned from their order into that of the columns together

_VERSION = 2  # of what is in a matrix; another one means building anew


@dataclass(frozen=True)
class Plan:
    """What the columns and slots of a round's matrix mean."""

    round_id: int
    form_id: int
    day: date
    layout: Layout
    slots: Slots
    key: bytes

    @property
    def name(self) -> str:
        return f"{NAME}{self.round_id}"

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.layout), len(self.slots)

    def blocks(self, told: Iterable[rows.Told]) -> Iterator[Block]:
        """As `rows`, many at once: for filling a matrix from all reports."""
        slot_of = dict(zip(self.slots.units.tolist(), range(len(self.slots)), strict=True)).get
        placed = ((slot, one) for one in told if (slot := slot_of(one.unit)) is not None)
        while some := list(islice(placed, AT_ONCE)):
            yield rows.encoded_many(self.layout, some)

    def rows(self, told: Iterable[rows.Told]) -> Iterator[Row]:
        """The reports as rows, without those of units that owe none. Raises rules.UnreadableReport."""
        tree = self.slots.tree
        for one in told:
            slot = self.slots.slot(one.unit) if one.unit in tree else None
            if slot is not None:
                yield rows.encoded(self.layout, slot, one)

    def matrix(self, mapped: Mapped) -> Matrix:
        return Matrix(self.layout, self.slots, mapped.cells)


@dataclass(frozen=True)
class _Owing:
    """Who owes a form on a day: the units of some levels, but for exceptions."""

    levels: frozenset[str]
    exceptions: frozenset[tuple[int, bool]]


_slots: dict[tuple[str, _Owing], Slots] = {}
_lock = Lock()


def plans(rounds: Collection[Round]) -> dict[int, Plan]:
    """The plans of some rounds, by round. Four queries for any number of rounds, when the trees are at hand."""
    if not rounds:
        return {}
    trees = units.trees_on({one.day for one in rounds})
    versions = FormVersion.objects.in_bulk({one.form_version_id for one in rounds})
    layouts = {pk: Layout(version.spec.columns()) for pk, version in versions.items()}
    owing = _owing([(versions[one.form_version_id].form_id, one.day) for one in rounds])
    found = {}
    for one in rounds:
        layout, form_id = layouts[one.form_version_id], versions[one.form_version_id].form_id
        slots = _slots_of(trees[one.day], owing[form_id, one.day])
        digest = sha256(repr((_VERSION, one.pk, layout.columns, slots.signature)).encode()).digest()
        found[one.pk] = Plan(one.pk, form_id, one.day, layout, slots, digest)
    return found


def _slots_of(tree: OrgTree, owing: _Owing) -> Slots:
    key = tree.signature, owing
    with _lock:
        slots = _slots.pop(key, None) or Slots.by_level(tree, owing.levels, sorted(owing.exceptions))
        _slots[key] = slots
        while len(_slots) > KEPT_SLOTS:
            _slots.pop(next(iter(_slots)))
    return slots


def forget_slots() -> None:
    """Let go of the slots this process has kept."""
    with _lock:
        _slots.clear()


def _owing(asked: Collection[tuple[int, date]]) -> Mapping[tuple[int, date], _Owing]:
    """By form and day. Two queries for any number of them."""
    forms = {form for form, _ in asked}
    duties = list(Duty.objects.filter(form__in=forms).values_list("form_id", "level__code", "from_day", "until_day"))
    dated = DutyException.objects.filter(form__in=forms).order_by("from_day")
    exceptions = list(dated.values_list("form_id", "unit_id", "owes", "from_day", "until_day"))
    return {
        (form, day): _Owing(
            frozenset(level for of, level, since, until in duties if of == form and _is_on(day, since, until)),
            frozenset(
                (unit, owes) for of, unit, owes, since, until in exceptions if of == form and _is_on(day, since, until)
            ),
        )
        for form, day in asked
    }


def _is_on(day: date, from_day: date, until_day: date | None) -> bool:
    return from_day <= day and (until_day is None or day < until_day)
