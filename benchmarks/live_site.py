"""The server's side of `benchmarks.live`: the site with one room, and one form that writes into it."""

from __future__ import annotations

import os

# ruff: noqa: E402
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.site.settings")

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.ROOT_URLCONF = __name__
django.setup()

from giaoban.apps.people import services
from giaoban.base.live.rooms import Room, stream_of
from giaoban.site.urls import urlpatterns as site

ROOM = Room(key="people", prefix="people.", tells=lambda entry: f"account {entry.subject_id}")


def stream(request: HttpRequest) -> HttpResponse:
    return stream_of(request, ROOM)


def write(request: HttpRequest) -> HttpResponse:
    name = request.POST["name"]
    services.open_account(actor=request.actor, username=name, name=name, post="", password="", at=request.at)
    return HttpResponse(status=204)


urlpatterns = [path("bench/room/", stream), path("bench/write/", write), *site]
application = get_asgi_application()
