"""The one clock. Only views, api, jobs and commands look at it; everything else is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment, aware; the demo world's own present when a shift is set."""
    return timezone.localtime(timezone.now() + timedelta(seconds=settings.CLOCK_SHIFT_SECONDS))
