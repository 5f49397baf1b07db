"""Bytes of a saved web page into the article on it: title, day, paragraphs, rows of tables with tabs.

What counts as the article is decided by trafilatura; what it takes for furniture is left out. Where it finds too
little the whole page is taken, and the reader's own sense of furniture has to do.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

import lxml.html
from lxml import etree

from giaoban.core.reading.blocks import is_dateline
from giaoban.core.refusal import Kind, Refusal
from giaoban.files import limits
from giaoban.files.html_lines import lines
from giaoban.files.text_in import NotText, decode_web_page

_DAY = re.compile(r"([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?:[T ]([0-2][0-9]):([0-5][0-9]))?")
_PUBLISHED = ("article:published_time", "datepublished", "pubdate", "date", "dc.date", "og:published_time")
_NEAR = 12  # lines between a dateline and the article it belongs to
_HEAD = 6  # lines of an article among which its title and dateline stand


class PageTooLarge(Refusal):
    """More than a page of text can have."""

    kind = Kind.TOO_LARGE
    says = "Trang web «{name}» nặng {size} MB, quá giới hạn {limit} MB; hãy chép nội dung bài và dán vào ô văn bản."


class DeepPage(Refusal):
    """Elements inside elements without bottom."""

    says = "Trang web «{name}» có cấu trúc lồng nhau bất thường; hãy chép nội dung bài và dán vào ô văn bản."


class NotPage(Refusal):
    """The bytes are no web page."""

    says = "Tệp «{name}» không phải là trang web đọc được; hãy lưu lại trang (.html) hoặc chép nội dung bài và dán."


def text(*, data: bytes, name: str) -> str:
    """The article of a page, line by line, its title and dateline first.

    Raises PageTooLarge, DeepPage or NotPage; each names the file.
    """
    if len(data) > limits.HTML_BYTES:
        size, limit = len(data) // limits.MEGABYTE, limits.HTML_BYTES // limits.MEGABYTE
        raise PageTooLarge(name=name, size=size, limit=limit)
    root = _parsed(data, name)
    if root is None:
        return ""
    title, published = _title(root), _published(root)
    body = root.find("body")
    page = lines(root if body is None else body)
    article = _article(root)
    if not _is_enough(article, page):
        article = page
    return "\n".join(_headed(article, page=page, title=title, published=published))


def _parsed(data: bytes, name: str) -> lxml.html.HtmlElement | None:
    """The tree of a page, None for an empty one."""
    try:
        written = decode_web_page(data=data, name=name).replace("\x00", "")
    except NotText as error:
        raise NotPage(name=name) from error
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(written.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if any("depth" in error.message for error in parser.error_log):
        raise DeepPage(name=name)
    return root


def _article(root: lxml.html.HtmlElement) -> list[str]:
    """What trafilatura takes for the article; nothing when it fails or the page is too large for it."""
    if not _is_fit(root):
        return []
    import trafilatura  # a quarter of a second that only web pages need

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds odd is no news for the office
    try:
        found = trafilatura.bare_extraction(
            root, fast=True, include_comments=False, include_tables=True, with_metadata=False, favor_recall=True
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, etree.LxmlError):
        return []
    body = getattr(found, "body", None)
    return [] if body is None else lines(body)


def _is_fit(root: lxml.html.HtmlElement) -> bool:
    """Whether a page is small enough to look for its article, and not one text written with its own lines."""
    count = depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            count, depth = count + 1, depth + 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    letters = len(root.text_content())
    as_written = sum(len(element.text_content()) for element in root.xpath("//pre[not(ancestor::pre)]"))
    return (
        count <= limits.HTML_ARTICLE_ELEMENTS
        and deepest <= limits.HTML_ARTICLE_DEPTH
        and letters <= limits.HTML_ARTICLE_CHARACTERS
        and 2 * as_written <= letters  # extraction would join its lines
    )


def _is_enough(article: Sequence[str], page: Sequence[str]) -> bool:
    letters, all_letters = sum(map(len, article)), sum(map(len, page))
    return letters >= limits.HTML_ARTICLE_LETTERS or 100 * letters >= limits.HTML_ARTICLE_SHARE * max(1, all_letters)


def _headed(article: list[str], *, page: Sequence[str], title: str, published: str) -> list[str]:
    """The article with its title and dateline, which extraction often takes for furniture."""
    head = list(article[:_HEAD])
    dated = next((line for line in head if is_dateline(line.lower())), "")
    before = []
    if title and not any(title in line or (len(line) > 20 and line in title) for line in head):
        before.append(title)
    elif head and title and title not in head[0] and head[0] not in title:
        before = [line for line in head if title in line or line in title][:1]
        article = [line for place, line in enumerate(article) if place >= _HEAD or line not in before]
    if dated:
        return [*before, *article]
    day = _dateline(article, page) or published
    if not day:
        return [*before, *article]
    return [*before, day, *article] if before else [*article[:1], day, *article[1:]]


def _dateline(article: Sequence[str], page: Sequence[str]) -> str:
    """The line of the page that says when the article appeared: the nearest one before its first paragraph."""
    first = next((line for line in article if len(line) > 40), None)
    if first is None or first not in page:
        return ""
    place = page.index(first)
    around = [*reversed(page[max(0, place - _NEAR) : place]), *page[place + 1 : place + 4]]
    return next((line for line in around if is_dateline(line.lower())), "")


def _title(root: lxml.html.HtmlElement) -> str:
    for meta in root.iter("meta"):
        if str(meta.get("property", meta.get("name", ""))).lower() == "og:title" and meta.get("content"):
            return " ".join(str(meta.get("content")).split())
    for tag in ("h1", "title"):
        found = [" ".join(element.text_content().split()) for element in root.iter(tag)]
        if found and (tag == "title" or len(found) == 1):
            return found[0].split(" | ")[0]
    return ""


def _published(root: lxml.html.HtmlElement) -> str:
    """The day that the page's description names, as a dateline; nothing when there is none."""
    for meta in root.iter("meta"):
        key = str(meta.get("property", meta.get("name", meta.get("itemprop", "")))).lower()
        found = _DAY.match(str(meta.get("content", "")).strip()) if key in _PUBLISHED else None
        if found:
            year, month, day, hour, minute = found.groups()
            return f"{hour}:{minute} {day}/{month}/{year}" if hour else f"{day}/{month}/{year}"
    return ""
