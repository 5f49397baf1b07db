"""A saved page gives the article on it; furniture is left out, hostile pages are refused by name."""

import pytest

from giaoban.core.refusal import Kind
from giaoban.files import html_in, limits
from giaoban.files.tests.made import PARAGRAPH, SITE, page


def lines(written, *, encoding="utf-8"):
    return html_in.text(data=written.encode(encoding), name="a.html").split("\n")


def test_the_article_comes_with_its_title_and_dateline_and_without_the_furniture():
    read = lines(SITE)

    assert read[:2] == ["Tỉnh ủy Đông Hải giao ban tháng 8", "07:00' 25/8/2020"]
    assert PARAGRAPH in read
    assert "Kết quả kiểm tra" in read
    assert not {"Trang chủ", "Tin liên quan"} & set(read)
    assert not any("Bản quyền" in line for line in read)


def test_rows_of_tables_have_tabs_and_items_their_numbers():
    read = lines(SITE)

    assert {"Đơn vị\tChỉ tiêu", "Xã Đông\t12", "2. Kiểm tra cơ sở."} <= set(read)


def test_the_day_may_come_from_the_description_of_the_page():
    head = (
        '<meta charset="utf-8"><meta property="og:title" content="Giao ban tháng 8">'
        '<meta property="article:published_time" content="2020-08-25T07:00:00+07:00">'
    )

    read = lines(page(f"<article><p>{PARAGRAPH}</p><p>{PARAGRAPH} Lần hai.</p></article>", head=head))

    assert read[:3] == ["Giao ban tháng 8", "07:00 25/08/2020", PARAGRAPH]


def test_a_page_without_an_article_gives_all_its_lines():
    read = lines(page("<div>Xã Đông: 12</div><ul><li>Đạt</li></ul><script>x()</script>"))

    assert read == ["Xã Đông: 12", "- Đạt"]


def test_a_page_that_is_one_written_text_keeps_its_lines():
    assert lines(page(f"<p>Xã</p><pre>{PARAGRAPH}\n\nXã Tây\t12</pre>")) == ["Xã", PARAGRAPH, "Xã Tây\t12"]


@pytest.mark.parametrize("charset", ["", '<meta charset="iso-8859-1">', '<meta charset="x-user-defined">'])
def test_a_page_in_tcvn3_is_read_whatever_it_calls_itself(charset):
    from giaoban.core.text_vi import legacy

    old = page("<p>Ban ChÊp hµnh ®¶ng bé tØnh häp héi nghÞ</p>", head=charset)

    read = lines(old, encoding="latin-1")

    assert [legacy.modern(line) for line in read] == ["Ban Chấp hành đảng bộ tỉnh họp hội nghị"]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("windows-1258", "cp1258"),
        ("iso-8859-1", "utf-8"),
        ("utf-16", "utf-16"),
        ("no-such", "utf-8"),
    ],
)
def test_a_page_is_decoded_by_what_it_is_then_by_what_it_says(charset, encoding):
    assert lines(
        page("<p>Bản tin Đoàn</p>".replace("ả", "a\u0309"), head=f'<meta charset="{charset}">'), encoding=encoding
    ) == ["Ba\u0309n tin Đoàn"]


def test_entities_that_a_document_type_declares_are_not_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><html><body><p>x &b; y</p></body></html>'

    assert "hahaha" not in "".join(lines(bomb))


def test_bottomless_nesting_is_refused():
    with pytest.raises(html_in.DeepPage, match=r"«a\.html»"):
        lines(page("<div>" * (limits.HTML_DEPTH + 1) + PARAGRAPH))


@pytest.mark.parametrize("limit", ["HTML_ARTICLE_ELEMENTS", "HTML_ARTICLE_DEPTH", "HTML_ARTICLE_CHARACTERS"])
def test_a_page_too_large_for_extraction_is_still_read(monkeypatch, limit):
    monkeypatch.setattr(limits, limit, 3)

    assert "Trang chủ" in "".join(lines(SITE))
    assert PARAGRAPH in lines(SITE)


def test_a_page_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "HTML_BYTES", 10)

    with pytest.raises(html_in.PageTooLarge) as refused:
        lines(SITE)
    assert refused.value.kind is Kind.TOO_LARGE


def test_what_is_no_page_is_refused_and_an_empty_one_is_empty():
    with pytest.raises(html_in.NotPage):
        html_in.text(data=b"<html>\x00\x01\x02\x03\x04\x05\xff", name="a.html")
    assert lines("") == [""]
    assert lines("<!-- -->") == [""]
