"""The word lists beside the reader."""

from importlib.resources import files

import pytest

from giaoban.core.reading.data import words
from giaoban.core.text_vi.canonical import canonical

LISTS = sorted(
    path.name.removesuffix(".txt")
    for path in files("giaoban.core.reading").joinpath("data").iterdir()
    if path.name.endswith(".txt")
)
ONE_A_LINE = ("awards", "speakers", "honorifics", "namesakes", "places", "ranks", "surnames", "title_ends")


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_spelled_as_the_reader_spells_every_text(name):
    for row in words(name):
        assert canonical("\t".join(row)).text == "\t".join(row)


@pytest.mark.parametrize("name", ONE_A_LINE)
def test_no_word_stands_twice_in_a_list(name):
    first = [row[0] for row in words(name)]

    assert sorted(first) == sorted(set(first))


@pytest.mark.parametrize("name", LISTS)
def test_the_head_of_each_list_says_what_stands_in_it(name):
    text = files("giaoban.core.reading").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")

    assert text.startswith("# ")
