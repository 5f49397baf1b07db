"""A registry of the test's own, and jobs that leave a mark: stored files are their rows, no feature is needed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.apps import apps

from giaoban.base.jobs import declaring

AT = datetime(2020, 8, 24, 2, 0, tzinfo=UTC)  # nine in the morning in Hà Nội
StoredFile = apps.get_model("attachments", "StoredFile")


@pytest.fixture
def declared(monkeypatch):
    """Only what the test declares is known."""
    declaring.discover()
    for registry in ("KINDS", "SCHEDULES", "FOLLOWERS"):
        monkeypatch.setattr(declaring, registry, {})


@pytest.fixture
def marks():
    """The marks that jobs left, in order."""
    return lambda: list(StoredFile.objects.order_by("id").values_list("sha256", flat=True))
