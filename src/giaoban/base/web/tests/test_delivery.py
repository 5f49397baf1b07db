"""Pages and static files leave compressed; a stream leaves as it is."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from giaoban.base.web.delivery import CompressionMiddleware, StaticFilesMiddleware

SHEET = "/static/web/components.css"
WRITTEN = "Báo cáo một lần, tổng hợp đúng từng số. " * 40


def answered(response: HttpResponseBase, *, accepts: str = "gzip, br") -> HttpResponseBase:
    asked: HttpRequest = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return CompressionMiddleware(lambda _: response)(asked)


def test_a_page_leaves_compressed_for_who_can_read_it():
    answer = answered(HttpResponse(WRITTEN))
    assert gzip.decompress(answer.content).decode() == WRITTEN
    assert len(answer.content) < len(WRITTEN) // 4


def test_a_page_leaves_as_it_is_for_who_cannot_and_a_cache_is_told_so():
    answer = answered(HttpResponse(WRITTEN), accepts="")
    assert answer.content.decode() == WRITTEN
    assert answer["Vary"] == "Accept-Encoding"


def test_a_stream_of_events_is_neither_compressed_nor_gathered():
    async def events() -> AsyncIterator[bytes]:
        yield b"event: changed\n\n"

    stream = StreamingHttpResponse(events(), content_type="text/event-stream")
    answer = answered(stream)
    assert answer is stream
    assert answer.is_async
    assert not answer.has_header("Content-Encoding")


def test_a_file_that_is_packed_already_is_not_packed_again():
    sheet = HttpResponse(b"PK" + bytes(5_000), content_type="application/vnd.ms-excel")
    assert not answered(sheet).has_header("Content-Encoding")


def test_a_style_sheet_leaves_compressed_whole_and_at_once():
    plain, small = Client().get(SHEET), Client().get(SHEET, headers={"Accept-Encoding": "gzip"})
    assert not small.streaming
    assert gzip.decompress(small.content) == plain.content
    assert small["Content-Length"] == str(len(small.content))
    assert len(small.content) < len(plain.content) // 3


def test_a_style_sheet_that_has_not_changed_is_not_sent_again():
    first = Client().get(SHEET, headers={"Accept-Encoding": "gzip"})
    again = Client().get(SHEET, headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/static/web/base.css/..", "/static/../settings.py", "/static/none.css"])
def test_nothing_beside_the_static_files_is_served(path):
    handler = StaticFilesMiddleware(lambda _: HttpResponse(status=404))
    assert handler(RequestFactory().get(path)).status_code == 404
