"""A small world for the ledger: files are its rows, so that no feature is needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps

from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service

AT = datetime(2020, 8, 24, 2, 0, 0, 123456, tzinfo=UTC)
LAN = Actor(kind="person", id=7, name="Lan", day=date(2020, 8, 24))

StoredFile = apps.get_model("attachments", "StoredFile")


def row(name: str) -> Any:
    return StoredFile.objects.create(sha256=name, size=1, media_type="text/plain", stored_at=AT)


@service
def store(name: str, **facts: Any) -> Any:
    """A verb that writes one row and tells of it."""
    stored = row(name)
    record(actor=LAN, verb="files.stored", on=stored, at=AT, place="/1/", **facts)
    return stored


@pytest.fixture
def stored() -> Callable[[], list[str]]:
    """The names of the rows there are."""
    return lambda: list(StoredFile.objects.order_by("id").values_list("sha256", flat=True))
