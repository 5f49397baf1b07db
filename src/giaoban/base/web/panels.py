"""Panels: what a feature further up shows within the page of one further down, without being imported by it.

A page names a place, `{% panels "report" report_id %}`; the site says which addresses are shown there. Each is fetched
after the page by htmx and answers for itself, access included; without a script its link is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Panel:
    """An address shown at a place; it takes the number of the thing the page is about, if it is about one."""

    place: str
    url_name: str
    label: str | Promise
    icon: str = ""


@dataclass(frozen=True)
class Slot:
    """A panel of one page, before it is fetched. `focus` is the id of its link, which the fragment's first line takes
    over, so that whoever stands on it with the keyboard stays there when it arrives."""

    focus: str
    href: str
    label: str
    icon: str


def slots(place: str, pk: int | None = None) -> Sequence[Slot]:
    """The panels of a place, for one thing or for the reader alone, in the order the site names them."""
    about = [] if pk is None else [pk]
    known: tuple[Panel, ...] = import_string(settings.PANELS)
    return [
        Slot(
            f"slot-{panel.url_name.replace(':', '-')}",
            reverse(panel.url_name, args=about),
            str(panel.label),
            panel.icon,
        )
        for panel in known
        if panel.place == place
    ]
