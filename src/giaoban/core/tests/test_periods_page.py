import doctest
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[4] / "docs" / "algorithms" / "periods.md"


@pytest.mark.skipif(not PAGE.exists(), reason="installed without its documents")
def test_the_page_on_periods_tells_the_truth():
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=flags, encoding="utf-8")
    assert tried > 10
    assert failed == 0
