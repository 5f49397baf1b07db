"""The site with a room of its own for these tests: `/room/7/` tells what is said in room 7."""

from django.urls import path

from giaoban.base.live.rooms import Heard, Room, stream_of
from giaoban.site.urls import urlpatterns as site


def room(name: str) -> Room:
    def tells(entry: Heard) -> str:
        return str(entry.facts["words"]) if entry.facts["room"] == name else ""

    return Room(key=f"files.room:{name}", prefix="files.", tells=tells)


def stream(request, name):
    return stream_of(request, room(name))


urlpatterns = [path("room/<str:name>/", stream), *site]
