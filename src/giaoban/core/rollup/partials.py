"""Sums of stretches of slots: with them a total of many units is read off without looking at every figure.

They are worked out from the figures, never counted up, so working them out again changes nothing. Everything is taken
modulo 2**64: whoever asks knows that the sums asked for fit.
"""

from __future__ import annotations

import numpy as np

from giaoban.core.rollup.cells import STRETCH, Bools, Cells, Ints
from giaoban.core.rollup.slots import SlotState

_LIVE, _OFFICIAL = slice(0, 2), slice(2, 4)  # sums, then answers


def renew(cells: Cells, slots: Ints) -> None:
    """Work out anew the stretches these slots stand in."""
    for stretch in np.unique(slots // STRETCH).tolist():
        first = stretch * STRETCH
        cells.partials[:, :, stretch] = _sums(cells, first, first + STRETCH)


def between(cells: Cells, bounds: Ints, *, official: bool) -> tuple[Ints, Ints]:
    """Sums and answers of the slots between each bound and the next, [column, run]; the bounds rise."""
    asked = _OFFICIAL if official else _LIVE
    whole, rest = np.divmod(bounds, STRETCH)
    is_end = bounds == len(cells.states)  # the last stretch may be a short one
    whole, rest = np.where(is_end, cells.partials.shape[2], whole), np.where(is_end, 0, rest)
    before = np.zeros((2, len(cells.values), int(whole[-1]) + 1), np.int64)
    np.cumsum(cells.partials[asked, :, : whole[-1]], axis=2, out=before[:, :, 1:])
    found = before[:, :, whole]
    for at in np.flatnonzero(rest).tolist():
        found[:, :, at] += _sums(cells, int(bounds[at] - rest[at]), int(bounds[at]))[asked]
    sums, answers = np.diff(found, axis=2)
    return sums, answers


def wrong_slots(kept: Cells, fresh: Cells) -> Bools:
    """The slots of stretches whose sums the two do not agree on."""
    stretches = (kept.partials != fresh.partials).any(axis=(0, 1))
    return np.repeat(stretches, STRETCH)[: len(kept.states)]


def wrong_columns(kept: Cells, fresh: Cells) -> Bools:
    """The columns whose sums the two do not agree on."""
    found: Bools = (kept.partials != fresh.partials).any(axis=(0, 2))
    return found


def _sums(cells: Cells, lo: int, hi: int) -> Ints:
    """Of a few slots, [kind, column]."""
    values, answered, states = cells.values[:, lo:hi], cells.answered[:, lo:hi], cells.states[lo:hi]
    live = [values.sum(axis=1), answered.sum(axis=1)]
    accepted = states >= SlotState.ACCEPTED
    if not accepted.any():
        return np.array([*live, *np.zeros_like(live)])
    if accepted.sum() == (states >= SlotState.SUBMITTED).sum():
        return np.array([*live, *live])
    return np.array([*live, np.where(accepted, values, 0).sum(axis=1), (answered & accepted).sum(axis=1)])
