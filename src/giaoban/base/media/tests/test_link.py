"""The provider that is an address leads everybody to it, and does nothing else."""

from __future__ import annotations

from giaoban.base.media import Door, provider
from giaoban.base.media.link import Link

ADDRESS = "https://hop.example/giaoban"


def test_an_installation_begins_with_the_address_of_what_the_office_uses():
    assert isinstance(provider(), Link)


def test_everybody_is_led_to_the_same_address():
    link = Link()
    link.open(room="7", address=ADDRESS)
    link.let_publish(room="7", who="site-1")
    link.mute(room="7", who="site-1")

    assert {link.door(room="7", address=ADDRESS, who=who) for who in ("site-1", "site-2")} == {Door(ADDRESS)}
    link.close(room="7")
    assert link.door(room="7", address=ADDRESS, who="site-1") == Door(ADDRESS)


def test_without_an_address_there_is_no_door():
    assert Link().door(room="7", address="", who="site-1").address == ""
