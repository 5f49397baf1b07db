"""The page about forms says what the code does."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[5] / "docs" / "algorithms" / "forms.md"


def test_the_worked_tables_of_the_forms_page_come_out_as_printed():
    result = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)

    assert result.attempted > 10
    assert result.failed == 0
