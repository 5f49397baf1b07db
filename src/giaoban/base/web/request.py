"""The request as this house's views see it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from giaoban.base.access import Actor


class Request(HttpRequest):
    """An HttpRequest after the middleware: who acts, when, and whether a fragment is wanted."""

    actor: Actor
    at: datetime
    htmx: HtmxDetails
