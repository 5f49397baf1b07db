"""What surrounds a page: the places, who is signed in, where and when we are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import get_language


@dataclass(frozen=True)
class NavigationPlace:
    """One place of the rail. `shortcut` is the letter after g; `also` are other addresses that belong to it."""

    key: str
    label: str | Promise
    href: str
    icon: str
    shortcut: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumb; the last one has no address."""

    label: str
    href: str = ""


@dataclass(frozen=True)
class Period:
    """One period in the switcher's menu."""

    label: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class When:
    """The period switcher: its label, the neighbours, and menus (heading, periods)."""

    label: str
    before_href: str = ""
    after_href: str = ""
    menus: tuple[tuple[str, tuple[Period, ...]], ...] = ()


@dataclass(frozen=True)
class Frame:
    """All that the layout needs besides the page itself."""

    places: tuple[NavigationPlace, ...]
    current: str
    name: str
    post: str
    initials: str
    language: str
    path: str
    address: str


def initials(name: str) -> str:
    """First letters of the family name and the given name.

    >>> initials("Nguyễn Thị Lan"), initials("Đức"), initials("")
    ('NL', 'Đ', '')
    """
    words = name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words))


def current_place(places: Sequence[NavigationPlace], path: str) -> str:
    """The key of the place a path belongs to: the longest address that begins it; the desk only exactly."""
    known = [(href, place.key) for place in places for href in (place.href, *place.also)]
    found = [(len(href), key) for href, key in known if path == href or (href != "/" and path.startswith(href))]
    return max(found)[1] if found else ""


def frame_of(request: HttpRequest) -> Frame:
    """The frame for this request; works without an actor too, as on the sign-in page."""
    places: tuple[NavigationPlace, ...] = import_string(settings.NAVIGATION)
    actor = getattr(request, "actor", None)
    name = actor.name if actor else ""
    return Frame(
        places=places,
        current=current_place(places, request.path),
        name=name,
        post=getattr(request.user, "post", "") if actor else "",
        initials=initials(name),
        language=(get_language() or settings.LANGUAGE_CODE)[:2],
        path=request.get_full_path(),
        address=request.build_absolute_uri(),
    )
