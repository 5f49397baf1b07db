"""A unit's figures of a round, official and live, with those of the units directly below: what a signer looks at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from giaoban.apps.forms.access import READ
from giaoban.apps.forms.models import Form, Round
from giaoban.apps.rollups.models import SignOff
from giaoban.apps.rollups.queries import rows
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.rollups.rules import Consolidated, FiguresMoved, Part, Signed, consolidated
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Unit
from giaoban.apps.units.queries import UnitName
from giaoban.base.access import Actor
from giaoban.core.refusal import NotFound
from giaoban.core.rollup import Layout, Matrix, Slots, SlotState, Total

MOST_NAMED = 24  # units whose reports are missing, and as many whose reports wait, that a signer is shown by name
_LOOKS = 5  # the ledger goes on while figures are read; so often they are read again


States = NDArray[np.uint8]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Standing:
    """The figures of a unit as of the ledger number `head`; what `official` and `live` say of the unit's subtree."""

    head: int
    official: Consolidated
    live: Total
    live_own: Total
    live_below: Mapping[int, Total]  # by unit directly below
    names: Mapping[int, UnitName]
    layout: Layout
    slots: Slots
    due_at: datetime | None  # the last deadline of the units that owe
    missing: tuple[int, ...]  # the first units that have handed nothing in, in the tree's order
    waiting: tuple[int, ...]  # the first units whose report waits to be accepted


def round_of_form(*, actor: Actor, form: str, period: str) -> Round:
    """The round of a form, by code, for the period with this code; its newest version's. Raises NotFound."""
    asked = Form.objects.allowed(actor, READ).one(code=form)
    found = Round.objects.filter(form_version__form=asked, period__code=period).order_by("-form_version__number")
    row = found.select_related("period", "form_version__form").first()
    if row is None:
        raise NotFound()
    return row


def standing(*, round_: Round, unit: Unit) -> Standing:
    """The unit's figures as they stand now. Raises NotInTree when it has no place in the round's tree."""
    with picture([round_]) as now:
        matrix = now.matrices[round_.pk]
        total, below = matrix.table(unit.pk, official=True)
        live, live_below = matrix.table(unit.pk)
        own = None if matrix.slots.slot(unit.pk) is None else matrix.own(unit.pk, official=True)
        live_own = matrix.own(unit.pk)
        silent = _units_where(matrix, unit.pk, lambda states: states < SlotState.SUBMITTED)
        submitted = _units_where(matrix, unit.pk, lambda states: states == SlotState.SUBMITTED)
        due_at = _due(round_, matrix.slots, unit.pk)
    named = silent[:MOST_NAMED], submitted[:MOST_NAMED]
    names = units.names({*(one for one, _ in live_below), *named[0], *named[1]})
    version = round_.form_version
    return Standing(
        head=now.head,
        official=Consolidated(
            form=version.form.code,
            version=version.number,
            period=round_.period.code,
            unit=unit.pk,
            code=unit.code,
            name=unit.name,
            total=total,
            own=own,
            parts=tuple(Part(one, names[one].code, names[one].name, found) for one, found in below if found.expected),
            waiting=len(submitted),
        ),
        live=live,
        live_own=live_own,
        live_below=dict(live_below),
        names=names,
        layout=matrix.layout,
        slots=matrix.slots,
        due_at=due_at,
        missing=named[0],
        waiting=named[1],
    )


def steady(*, round_: Round, unit: Unit) -> Standing:
    """The unit's figures exactly as of the ledger number they name: nothing was committed while they were read.

    Raises rules.FiguresMoved when the ledger would not stand still.
    """
    for _ in range(_LOOKS):
        found = standing(round_=round_, unit=unit)
        if rows.newest().number == found.head:
            return found
    raise FiguresMoved(unit=unit.name)


def last_signed(*, round_: Round, unit: Unit) -> SignOff | None:
    """The sign-off that stands for a unit's figures of a round. One query."""
    return SignOff.objects.filter(round=round_, unit=unit).order_by("number").last()


def as_signed(row: SignOff | None) -> Signed | None:
    """A sign-off as the rules ask for it."""
    return None if row is None else Signed(row.number, consolidated(row.figures))


def _units_where(matrix: Matrix, unit: int, wanted: Callable[[States], Bools]) -> tuple[int, ...]:
    """The units at or below a unit whose slots are in a wanted state, in the tree's order."""
    run = slice(matrix.slots.lo(unit), matrix.slots.hi(unit))
    return tuple(matrix.slots.units[run][wanted(matrix.states[run])].tolist())


def _due(round_: Round, slots: Slots, unit: int) -> datetime | None:
    """The last deadline of the levels of those that owe at or below the unit."""
    first = slots.tree.position(unit)
    places = slice(first, first + slots.tree.size(unit))
    owes = np.diff(slots.los, append=len(slots))[places].tolist()
    told = [round_.deadlines.get(level) for level in set(compress(slots.tree.levels[places], owes))]
    return max((datetime.fromisoformat(one) for one in told if one), default=None)
