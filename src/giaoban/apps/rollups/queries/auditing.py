"""Is what is kept for totals what the reports say? Every cell is held against the rows, read anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups.queries import keeping
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.rollups.queries.planning import NAME
from giaoban.core.rollup import Matrix, partials

LOOKS = 3  # a difference is one that is still there after so many looks: reports change while they are compared


@dataclass(frozen=True)
class Audit:
    """What an audit of a round found, as of the ledger number `head`: the units whose kept figures are not theirs."""

    head: int
    compared: int  # reporting units
    units: tuple[int, ...]
    fields: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return not self.units


def audit(*, round_: Round) -> Audit:
    """Hold a round's matrix against its reports, cell by cell. Raises rules.UnreadableReport."""
    with picture([round_]) as now:
        wanted = now.kept[round_.pk].plan
    fresh = keeping.in_memory(wanted)  # read while others go on
    wrong: set[int] = set()
    for look in range(LOOKS):
        with picture([round_]) as now:
            kept = now.kept[round_.pk]
            head = kept.mapped.status().sequence
            if fresh.plan.key != kept.plan.key or not keeping.follow_alone(fresh, head):
                fresh = keeping.in_memory(kept.plan)
            slots = _differing(kept.matrix, fresh.matrix)
            fields = _fields(kept.matrix, fresh.matrix, slots)
        wrong = slots if look == 0 else wrong & slots
        if not wrong:
            break
    found = sorted(wrong)
    units = kept.plan.slots.units
    return Audit(head.number, len(units), tuple(int(units[slot]) for slot in found), fields if found else ())


def _differing(kept: Matrix, fresh: Matrix) -> set[int]:
    differs = kept.states != fresh.states
    for at in range(len(kept.layout)):
        differs |= (kept.values[at] != fresh.values[at]) | (kept.answered[at] != fresh.answered[at])
        if kept.widths[at] < fresh.widths[at]:  # then its sums are not known to be exact
            differs |= fresh.values[at] != 0
    differs |= partials.wrong_slots(kept.cells, fresh.cells)
    return set(np.flatnonzero(differs).tolist())


def _fields(kept: Matrix, fresh: Matrix, slots: set[int]) -> tuple[str, ...]:
    """The fields in which those slots differ."""
    some = sorted(slots)
    differs = (kept.values[:, some] != fresh.values[:, some]) | (kept.answered[:, some] != fresh.answered[:, some])
    wrong = differs.any(axis=1) | (kept.widths < fresh.widths) | partials.wrong_columns(kept.cells, fresh.cells)
    return tuple(dict.fromkeys(kept.layout.columns[at].field for at in np.flatnonzero(wrong).tolist()))


def rounds_on_shelf() -> list[Round]:
    """The rounds whose matrices this host keeps, oldest first."""
    kept = [int(name.removeprefix(NAME)) for name in keeping.shelf().names() if name.startswith(NAME)]
    return list(Round.objects.filter(pk__in=kept).select_related("form_version__form", "period").order_by("id"))
