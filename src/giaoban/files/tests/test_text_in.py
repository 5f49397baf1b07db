"""Plain text arrives in several encodings; anything else is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.refusal import Kind, Refusal
from giaoban.files import limits, text_in

WORDS = "Đến hết ngày 23-8-2020, cả nước"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_with_or_without_its_mark_is_read(encoding):
    assert text_in.decode(data=WORDS.encode(encoding), name="a.txt") == WORDS


def test_windows_vietnamese_is_read():
    words = "Báo cáo cu\u0309a Đoàn"  # the old code page writes some tones as characters of their own

    assert text_in.decode(data=words.encode("cp1258"), name="cũ.txt") == words


def test_a_few_broken_bytes_do_not_lose_the_text():
    data = (WORDS * 20).encode() + b" l\xff"

    assert text_in.decode(data=data, name="a.txt").startswith(WORDS)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, bytes(range(1, 9)) * 40, b"\xff\xfeA"])
def test_what_is_no_text_is_refused_by_name(data):
    with pytest.raises(text_in.NotText, match=r"ảnh\.bin"):
        text_in.decode(data=data, name="ảnh.bin")


def test_a_text_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "UPLOAD_BYTES", 10)

    with pytest.raises(text_in.TextTooLarge) as refused:
        text_in.decode(data=b"a" * 11, name="dài.txt")
    assert refused.value.kind is Kind.TOO_LARGE


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_refusal(data):
    try:
        text_in.decode(data=data, name="a.txt")
    except Refusal as refusal:
        said = str(refusal)
    else:
        said = "a.txt"
    assert "a.txt" in said
