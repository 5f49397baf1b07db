"""Panels: a page shows what features further up have to say about its thing."""

from __future__ import annotations

from django.template import Context, Template
from django.test import override_settings

from giaoban.base.web.panels import Panel, slots

PANELS = (
    Panel(place="entry", url_name="ledger:entry", label="Mục sổ", icon="history"),
    Panel(place="elsewhere", url_name="ledger:entry", label="Nơi khác"),
)
BARE = (Panel(place="home", url_name="ledger:entries", label="Sổ"),)
here = override_settings(PANELS="giaoban.base.web.tests.test_panels.PANELS")


@here
def test_a_place_has_the_panels_the_site_names_for_it():
    assert [(slot.href, slot.label) for slot in slots("entry", 71)] == [("/system/ledger/71/", "Mục sổ")]


@override_settings(PANELS="giaoban.base.web.tests.test_panels.BARE")
def test_a_panel_may_be_about_the_reader_alone():
    assert [slot.href for slot in slots("home")] == ["/system/ledger/"]


@here
def test_a_place_nobody_names_stays_empty():
    assert list(slots("nowhere", 71)) == []


@here
def test_a_panel_is_fetched_after_the_page_and_leaves_a_link_without_a_script():
    html = Template('{% panels "entry" 71 %}').render(Context())

    assert 'hx-get="/system/ledger/71/" hx-trigger="load"' in html
    assert '<a id="slot-ledger-entry" href="/system/ledger/71/">' in html
