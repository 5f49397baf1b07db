"""An office's own words come from its files."""

import pytest

from giaoban.core.reading import DEFAULT, read
from giaoban.core.reading.lexicon import BadLexicon
from giaoban.files import lexicon_in, limits
from giaoban.files.text_in import TextTooLarge


def test_without_files_the_words_of_the_house_are_used():
    assert lexicon_in.lexicon([]) is DEFAULT


def test_words_of_several_files_are_added_together(tmp_path):
    (tmp_path / "a.txt").write_text("[countable]\ncụm thi đua\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("[papers]\nquy trình\tcodes=QTr\n", encoding="utf-8")
    lexicon = lexicon_in.lexicon([tmp_path / "a.txt", tmp_path / "b.txt"])

    facts = read(text="cầu Bến Thủy 3 cụm thi đua theo 07-QTr/ĐU", lexicon=lexicon).facts

    assert [fact.quote for fact in facts] == ["3", "07-QTr/ĐU"]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(lexicon_in.LexiconMissing, match=r"none\.txt"):
        lexicon_in.lexicon([tmp_path / "none.txt"])


def test_a_bad_line_is_named_with_its_file(tmp_path):
    (tmp_path / "office.txt").write_text("[scopes]\ntoàn cụm\n[nowhere]\n", encoding="utf-8")

    with pytest.raises(BadLexicon, match=r"«office\.txt», dòng 3"):
        lexicon_in.lexicon([tmp_path / "office.txt"])


def test_a_file_out_of_all_proportion_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "LEXICON_BYTES", 10)
    (tmp_path / "large.txt").write_text("[scopes]\ntoàn cụm\n", encoding="utf-8")

    with pytest.raises(TextTooLarge, match=r"large\.txt"):
        lexicon_in.lexicon([tmp_path / "large.txt"])
