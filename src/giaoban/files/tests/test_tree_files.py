"""Saved trees are those that were built, or they are built again."""

from array import array
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.orgtree import OrgTree, Placed
from giaoban.files import tree_files

DAY = date(2020, 8, 24)


def tree_of(parents):
    """Unit n hangs under one of the units before it, or is a root."""
    placed = [
        Placed(unit=at * 7 + 1, parent=above * 7 + 1 if at and above is not None else None, level=f"cấp {at % 3}",
               from_day=DAY, until_day=None)
        for at, above in enumerate(above if above is None or not at else above % at for at, above in enumerate(parents))
    ]  # fmt: skip
    return OrgTree.on(DAY, placed)


def unwanted():
    raise AssertionError("built again")


@given(parents=st.lists(st.none() | st.integers(0, 40), max_size=40))
def test_a_saved_tree_is_the_tree(tmp_path_factory, parents):
    tree = tree_of(parents)
    saved = tree_files.Saved(tmp_path_factory.mktemp("trees"), seal="ab" * 32)

    assert saved.tree(DAY, lambda: tree) is tree
    again = saved.tree(DAY, unwanted)

    assert again == tree
    assert (list(again.sizes), list(again.depths), again.levels) == (list(tree.sizes), list(tree.depths), tree.levels)
    assert (
        again.signature
        == OrgTree(
            units=array("q", again.units), parents=array("i", again.parent_positions), levels=again.levels
        ).signature
    )


def test_days_are_saved_too(tmp_path):
    saved = tree_files.Saved(tmp_path, seal="ab" * 32)

    assert saved.days(lambda: [DAY]) == saved.days(unwanted) == [DAY]
    assert tree_files.Saved(tmp_path, seal="cd" * 32).days(list) == []


def test_what_may_not_be_saved_is_not(tmp_path):
    saved = tree_files.Saved(tmp_path, seal="ab" * 32, may_save=False)

    saved.tree(DAY, lambda: tree_of([None]))
    saved.days(lambda: [DAY])

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: b"", lambda data: b"[]\n",
                                   lambda data: data[:-1] + bytes([data[-1] ^ 1]),
                                   lambda data: data.replace(b"tree 2", b"tree 0"),
                                   lambda data: b"\xff" * len(data)])  # fmt: skip
def test_what_is_not_a_whole_tree_is_built_again(tmp_path, spoil):
    tree = tree_of([None, 0, 0, 1])
    saved = tree_files.Saved(tmp_path, seal="ab" * 32)
    saved.tree(DAY, lambda: tree)
    (path,) = tmp_path.glob("*.tree")
    path.write_bytes(spoil(path.read_bytes()))

    with pytest.raises(tree_files.Spoilt):
        tree_files.read(path)
    assert saved.tree(DAY, lambda: tree) is tree
    assert tree_files.read(path) == tree


def test_the_number_of_saved_trees_is_bounded(tmp_path):
    tree = tree_of([None])
    saved = tree_files.Saved(tmp_path, seal="ab" * 32)
    for year in range(1990, 1990 + tree_files.MOST_FILES + 5):
        saved.tree(date(year, 1, 1), lambda: tree)

    assert len(list(tmp_path.iterdir())) == tree_files.MOST_FILES
