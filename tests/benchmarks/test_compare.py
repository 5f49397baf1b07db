"""The comparison holds every contestant against our answer, cell by cell, and its pictures are the same every time."""

import os
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pytest
from benchmarks.compare import CONTESTANTS, ratios
from benchmarks.compare_world import Differs, Proof
from benchmarks.measurement import Measurement

from tests.harness import postgresql

UNITS = np.array([30, 10, 20])
COLUMNS = [(np.array([7, 9, 2]), np.array([1, 2, 1])), (np.array([5, 5, 0]), np.array([1, 1, 0]))]
HAS_PACKAGES = all(map(find_spec, ("pandas", "pyarrow", "duckdb", "polars")))
HAS_POSTGRESQL = postgresql.binaries() is not None


def proven(*contestants):
    """Who proved to give our answer on a few hundred reports, and with how many cells."""
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "benchmarks.compare", "0.001", "--once", *contestants]
    ran = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return dict(re.findall(r"^(\w+): ([\d,]+) sums and counts are ours$", ran.stderr, re.MULTILINE))


@pytest.fixture
def proof(tmp_path):
    Proof.write(tmp_path, UNITS, COLUMNS)
    return Proof(tmp_path)


def test_databases_give_our_sums_at_every_unit():
    cells = proven("json_sqlite", *(["reference", "json_postgresql"] if HAS_POSTGRESQL else []))

    assert cells["json_sqlite"] == cells["ours"]
    if HAS_POSTGRESQL:
        assert cells["json_postgresql"] == cells["ours"]
        assert cells["reference"] == cells["json_postgresql_each"] == cells["json_sqlite_each"]


@pytest.mark.skipif(not HAS_PACKAGES, reason="requirements/bench.txt is not installed")
def test_frames_and_columnar_files_give_our_sums_at_every_unit():
    cells = proven("pandas", "duckdb", "polars")

    assert cells["pandas"] == cells["duckdb"] == cells["polars"] == cells["ours"]


def test_our_own_answer_in_another_order_is_complete(proof):
    proof.hold(np.array([1, 0, 0, 0]), np.array([10, 10, 20, 30]), np.array([5, 9, 2, 7]), np.array([1, 2, 1, 1]))
    proof.hold(1, np.array([30]), np.array([5]), np.array([1]))

    assert proof.complete() == 5


@pytest.mark.parametrize(
    ("units", "totals", "answered"),
    [
        ([10, 20, 30], [9, 2, 8], [2, 1, 1]),  # another sum
        ([10, 20, 30], [9, 2, 7], [2, 1, 0]),  # another count
        ([10, 20, 40], [9, 2, 7], [2, 1, 1]),  # a unit that is not there
    ],
)
def test_any_cell_that_differs_ends_the_run(proof, units, totals, answered):
    with pytest.raises(Differs, match="1 cells differ"):
        proof.hold(0, np.array(units), np.array(totals), np.array(answered))


def test_a_cell_that_is_missing_or_there_twice_ends_the_run(proof):
    proof.hold(0, np.array([10]), np.array([9]), np.array([2]))

    with pytest.raises(Differs, match="2 units are missing in field 0"):
        proof.complete()
    with pytest.raises(Differs, match="twice"):
        proof.hold(0, np.array([10]), np.array([9]), np.array([2]))


def test_each_is_held_against_ours_from_where_it_begins():
    took = {"ours": 0.5, "ours_rebuild": 20.0, "reference": 400.0, "polars": 0.25}

    told = list(ratios(1_000, [Measurement(f"rollup.{name}_s", "s", [one]) for name, one in took.items()]))

    assert told[2:] == ["reference / ours_rebuild: 20.00", "polars / ours: 0.50"]
    assert told[0] == "ours: 5000.0 ns for each of 100,000 cells"


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="requirements/bench.txt is not installed")
def test_pictures_are_the_same_every_time_and_name_everybody(tmp_path):
    from benchmarks import plots

    names = [*plots.FROM_ROWS, *plots.FROM_FILES, "reference_build", "reference_query"]
    took = {size: {name: size * (at + 1) / 1e4 for at, name in enumerate(names)} for size in (2_800, 28_000)}

    drawn = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        plots.draw(took, folder)
        drawn.append([(folder / f"rollup-{name}.svg").read_text() for name in ("comparison", "growth")])

    assert drawn[0] == drawn[1]
    for picture in drawn[0]:
        assert all(label in picture for label in (*plots.FROM_ROWS.values(), *plots.FROM_FILES.values()))
        assert str(tmp_path) not in picture


@pytest.mark.parametrize("where", CONTESTANTS.values())
def test_a_contestant_is_where_the_table_says(where):
    module, work = where.split(".")

    assert callable(getattr(import_module(f"benchmarks.{module}"), work))
