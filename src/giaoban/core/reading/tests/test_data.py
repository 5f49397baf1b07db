"""The files of words beside the reader."""

from importlib.resources import files

import pytest

from giaoban.core.reading.lexicon import TABLES, house_tables
from giaoban.core.text_vi.canonical import canonical

FOLDER = files("giaoban.core.reading").joinpath("data")
LISTS = sorted(path.name.removesuffix(".txt") for path in FOLDER.iterdir() if path.name.endswith(".txt"))


def text(name):
    return FOLDER.joinpath(f"{name}.txt").read_text(encoding="utf-8")


def test_every_file_is_a_table_and_every_table_a_file():
    assert set(LISTS) == set(TABLES)


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_spelled_as_the_reader_spells_every_text(name):
    assert canonical(text(name)).text == text(name)


@pytest.mark.parametrize("name", LISTS)
def test_no_word_stands_twice_in_a_list_with_one_meaning(name):
    rows = [(entry.word, *sorted(entry.values.items()), entry.from_day) for entry in house_tables()[name]]

    assert sorted(map(str, rows)) == sorted(set(map(str, rows)))


@pytest.mark.parametrize("name", ["surnames", "ranks", "honorifics", "namesakes", "places", "awards", "title_ends"])
def test_no_word_of_a_name_list_has_two_meanings(name):
    words = [entry.word for entry in house_tables()[name]]

    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("name", LISTS)
def test_the_head_of_each_list_says_what_stands_in_it(name):
    assert text(name).startswith("# ")
