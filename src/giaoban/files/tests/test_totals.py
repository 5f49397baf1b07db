"""Stored totals are those of the matrix as it is now, or they are worked out again."""

import os

import numpy as np
import pytest

from giaoban.files.matrix import Totals, totals

KEY, ROWS, UNITS = b"k" * 32, 6, 700


@pytest.fixture
def path(tmp_path):
    return tmp_path / "round-1.totals"


def opened(path, *, key=KEY, rows=ROWS, units=UNITS):
    return Totals(path, key=key, rows=rows, units=units)


def row(stored, number, *, changes=1, value=None):
    """The row, worked out as all `value`; None when that must not be necessary."""

    def work_out():
        assert value is not None, "worked out again"
        return np.full(UNITS, value, np.int64), np.full(UNITS, 2, np.int64)

    values, answered = stored.row(number, changes=changes, work_out=work_out)
    assert set(answered.tolist()) == {2}
    (found,) = set(values.tolist())
    return found


def test_a_row_is_worked_out_once_for_every_process(path):
    assert row(opened(path), 3, value=-7) == -7

    assert row(opened(path), 3) == -7
    assert row(opened(path), 4, value=8) == 8


def test_an_amendment_makes_every_row_count_for_nothing(path):
    stored = opened(path)
    row(stored, 3, value=1), row(stored, 4, value=2)

    assert row(stored, 3, changes=2, value=5) == 5
    assert row(opened(path), 4, changes=2, value=6) == 6
    assert row(opened(path), 3, changes=2) == 5


def test_another_key_another_size_and_another_start_of_the_machine_begin_anew(path, monkeypatch):
    first = opened(path)
    assert row(first, 0, value=1) == 1
    assert row(opened(path, key=b"x" * 32), 0, value=2) == 2
    assert row(opened(path, rows=ROWS + 1), 0, value=3) == 3
    monkeypatch.setattr(totals, "this_boot", lambda: b"another start")
    assert row(opened(path, rows=ROWS + 1), 0, value=4) == 4
    assert row(first, 0, value=5) == 5  # its own file, which nobody else finds any more


@pytest.mark.parametrize("data", [b"", b"rubbish", os.urandom(4096)])
def test_rubbish_begins_anew(path, data):
    path.write_bytes(data)

    assert row(opened(path), 1, value=9) == 9


def test_only_what_was_asked_for_takes_room(path):
    rows = 400
    stored = Totals(path, key=KEY, rows=rows, units=UNITS)
    row(stored, 5, value=1)

    assert path.stat().st_blocks * 512 < path.stat().st_size / 10
