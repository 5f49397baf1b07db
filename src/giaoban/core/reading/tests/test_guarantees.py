"""The page about reading is run, so that it stays true."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[5] / "docs/algorithms/reading.md"


def test_the_worked_table_of_the_page_is_true():
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS

    result = doctest.testfile(str(PAGE), module_relative=False, optionflags=flags, encoding="utf-8")

    assert result.attempted > 0
    assert result.failed == 0
