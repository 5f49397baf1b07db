"""The data set's files: whole or not at all, and known again."""

import json
from array import array

import numpy as np
import pyarrow.parquet as pq
import pytest

from giaoban.core.orgtree import OrgTree
from giaoban.core.rollup import Column
from giaoban.files.lake import opening, refusals, tables, writing
from giaoban.files.lake.rows import Stretch

TREE = OrgTree(units=array("q", [1, 5, 9]), parents=array("i", [-1, 0, 1]), levels=["a", "b", "c"])
COLUMNS = (Column("x", "value", "sum"), Column("y", "tot", "tally"))


def written(folder, *, stop=None):
    with writing.data_set(folder) as made:
        made.put_tree(TREE, day="2020-08-23")
        if stop is not None:
            raise stop
        made.finish(as_of=7, seal="ab", facts={})
        writing.publish(made, folder)


def stretch(values, answered):
    size = len(values)
    return Stretch(
        columns=COLUMNS,
        reports=np.arange(size),
        units=np.arange(size) + 100,
        states=np.zeros(size, np.int8),
        nothing=np.zeros(size, np.bool_),
        values=np.array(values, np.int64),
        answered=np.array(answered, np.bool_),
    )


def test_what_is_whole_is_there_and_says_what_it_is_as_of(tmp_path):
    written(tmp_path / "a")

    told = opening.manifest(tmp_path / "a")

    assert told["as_of"] == {"number": 7, "hash": "ab"}
    assert (told["rows"]["trees"], told["rows"]["closure"]) == (3, 6)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), refusals.NotADataSet(folder="x")], ids=["stopped", "refused"])
def test_what_is_broken_off_leaves_nothing_behind(tmp_path, stop):
    with pytest.raises(type(stop)):
        written(tmp_path / "a", stop=stop)

    assert list(tmp_path.iterdir()) == []


def test_what_lies_there_is_never_written_over(tmp_path):
    written(tmp_path / "a")
    before = (tmp_path / "a" / tables.MANIFEST).read_bytes()

    with pytest.raises(refusals.FolderTaken, match="dời thư mục"):
        written(tmp_path / "a")

    assert (tmp_path / "a" / tables.MANIFEST).read_bytes() == before


def test_an_empty_folder_is_free_and_one_that_was_taken_meanwhile_is_not(tmp_path):
    (tmp_path / "a").mkdir()
    written(tmp_path / "a")

    with writing.data_set(tmp_path / "b") as made:
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "theirs").touch()
        with pytest.raises(refusals.FolderTaken):
            writing.publish(made, tmp_path / "b")
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["theirs"]


def test_where_nothing_can_be_written_that_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(refusals.FolderClosed, match="chọn nơi khác"):
        written(tmp_path / "file" / "a")


def test_a_file_that_was_cut_or_a_folder_that_is_none_is_told(tmp_path):
    written(tmp_path / "a")
    part = next((tmp_path / "a" / "trees").rglob("*.parquet"))
    part.write_bytes(part.read_bytes()[:-1])

    with pytest.raises(refusals.FileChanged, match=r"trees/day=2020-08-23/part-0\.parquet"):
        opening.manifest(tmp_path / "a")
    with pytest.raises(refusals.NotADataSet):
        opening.manifest(tmp_path / "nowhere")


def test_a_data_set_of_a_later_version_is_not_guessed_at(tmp_path):
    written(tmp_path / "a")
    path = tmp_path / "a" / tables.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 99}))

    with pytest.raises(refusals.OtherVersion, match="99"):
        opening.manifest(tmp_path / "a")


def test_a_row_is_an_answer_and_what_is_missing_has_none(tmp_path):
    with writing.data_set(tmp_path / "a") as made:
        with made.part("facts", form="F", period="P") as facts, made.part("reports", form="F", period="P") as reports:
            leaving = writing.Facts(facts, reports, as_of=7)
            leaving.put(stretch([[5, 0], [0, 1], [0, 0]], [[True, False], [True, True], [False, False]]))
        assert (made.rows("facts"), made.rows("reports")) == (3, 3)
        told = pq.read_table(made.staging / "facts").to_pylist()

    assert [(row["unit"], row["field"], row["part"], row["value"]) for row in told] == [
        (100, "x", "value", 5), (101, "x", "value", 0), (101, "y", "tot", 1),
    ]  # fmt: skip


def test_a_long_table_is_cut_into_files_that_several_machines_can_read(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "ROWS_IN_A_FILE", 4)
    with writing.data_set(tmp_path / "a") as made:
        with made.part("duty", form="F", period="P") as part:
            for _ in range(3):
                part.put(unit=[1, 2, 3])
        assert [(one.path.rpartition("/")[2], one.rows) for one in made.files] == [
            ("part-0.parquet", 6), ("part-1.parquet", 3),
        ]  # fmt: skip


def test_what_is_not_installed_is_named_with_the_way_to_it():
    with pytest.raises(refusals.NotInstalled, match=r"requirements/analytics\.txt"):
        refusals.need("json", "no_such_library", extra="analytics")
