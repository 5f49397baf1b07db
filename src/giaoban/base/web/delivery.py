"""How bytes leave the house: text goes compressed, static files from memory, streams untouched (decision 0007)."""

from __future__ import annotations

import gzip
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

TEXT = ("text/", "application/json", "application/problem+json", "image/svg+xml", "font/ttf")  # formats not yet packed
SMALLEST = 200  # bytes; below it packing gains nothing

_scanned: dict[str, StaticFile] = {}  # by address; a process scans once, however many handlers it makes


class CompressionMiddleware(GZipMiddleware):
    """Pages compressed with a padding of random length; event streams and files leave as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not is_text(response):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise has no types
    """WhiteNoise, answering with bytes: its own answer is a file read in steps, which an asynchronous server refuses
    to stream and gathers with a warning."""

    def add_files_from_finders(self) -> None:
        if not _scanned:
            super().add_files_from_finders()
            _scanned.update(self.files)
        self.files: dict[str, StaticFile] = _scanned

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        told = static_file.get_response(request.method, request.META)
        body = b""
        if told.file is not None:
            with told.file:
                body = told.file.read()
        response = HttpResponse(body, status=int(told.status))
        del response["Content-Type"]
        for name, value in told.headers:
            response[name] = value
        if response.status_code == HttpResponse.status_code and is_text(response):
            _compress(request, response)
        return response


def is_text(response: HttpResponseBase) -> bool:
    """Whether the body is of a kind that compressing makes smaller."""
    return str(response.get("Content-Type", "")).startswith(TEXT)


def _compress(request: HttpRequest, response: HttpResponse) -> None:
    response["Vary"] = "Accept-Encoding"
    if "gzip" not in request.headers.get("Accept-Encoding", "") or len(response.content) < SMALLEST:
        return
    response.content = packed(response.content)
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))


@lru_cache(maxsize=256)
def packed(body: bytes) -> bytes:
    """The bytes as gzip, the same for the same bytes; each static file is packed once in a process.

    >>> gzip.decompress(packed(b"giao ban")), packed(b"giao ban") == packed(b"giao ban")
    (b'giao ban', True)
    """
    return gzip.compress(body, compresslevel=9, mtime=0)
