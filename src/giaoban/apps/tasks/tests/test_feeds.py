"""A calendar program reads, without signing in, what the owner of its link may read today; and RFC 5545 is kept."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from giaoban.apps.people.models import Office
from giaoban.apps.tasks import queries, rules, services
from giaoban.apps.tasks.models import CalendarFeed
from giaoban.apps.tasks.rules import icalendar, weekly
from giaoban.apps.tasks.tests import scenes
from giaoban.apps.tasks.tests.scenes import person, send
from giaoban.base.ledger import guards
from giaoban.core.refusal import NotFound

MONDAY = date(2020, 8, 24)


def unfolded(body: bytes) -> list[str]:
    """The content lines of a file, as RFC 5545 (3.1) has them read."""
    assert body.endswith(b"\r\n")
    return body.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(text: str) -> str:
    """A TEXT value as RFC 5545 (3.3.11) has it read."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def values(body: bytes, name: str) -> list[str]:
    found = [line.partition(":") for line in unfolded(body) if re.split("[:;]", line)[0] == name]
    return [unescaped(value) for _, _, value in found]


def component(**instead) -> icalendar.Component:
    moment = datetime(2020, 8, 24, 1, tzinfo=UTC)
    usual = {"uid": "1@giaoban", "summary": "Họp", "starts": moment, "ends": moment, "changed_at": moment}
    return icalendar.Component(**usual | instead)


@given(st.text(), st.text(max_size=400))
def test_every_text_comes_back_from_a_file_as_it_was_written(summary, description):
    body = icalendar.calendar(name="Lịch", components=[component(summary=summary, description=description)])

    def kept(text):
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(one for one in lines if one in "\n\t" or one.isprintable())

    assert values(body, "SUMMARY") == [kept(summary)]
    assert values(body, "DESCRIPTION") == ([kept(description)] if description else [])


@given(st.text(min_size=1, max_size=600))
def test_no_line_of_a_file_is_longer_than_75_octets_and_no_letter_is_cut(text):
    body = icalendar.calendar(name=text, components=[component(summary=text, location=text)])

    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
        assert b"\n" not in line


def test_a_text_cannot_begin_a_property_of_its_own():
    wicked = "Họp\r\nATTENDEE:mailto:x@y.vn\r\nEND:VEVENT"
    body = icalendar.calendar(name=wicked, components=[component(summary=wicked)])

    names = [re.split("[:;]", line)[0] for line in unfolded(body)]
    assert "ATTENDEE" not in names
    assert names.count("END") == 2


def made(world, username, unit=None):
    services.make_feed(actor=getattr(world, username), unit=unit, at=world.at)
    link = queries.feed_link(actor=getattr(world, username), unit_id=unit.pk if unit else None)
    return f"/tasks/calendar/{link.token}.ics"


def entered(world, unit, **instead):
    usual = {"unit_id": unit.pk, "title": "Họp giao ban", "day": MONDAY, "hours": weekly.Hours(begins=time(8))}
    return services.enter_event(actor=world.actor_at(unit), event=weekly.PlannedEvent(**usual | instead), at=world.at)


@pytest.mark.django_db
def test_a_feed_holds_the_entries_and_deadlines_of_its_unit_in_utc(client: Client, world, at):
    hours = weekly.Hours(begins=time(14), until=time(16, 30))
    entered(world, world.caugiay, hours=hours, place="Phòng họp A, tầng 2", chair="Tạ Ngọc Lan")
    scenes.taken(world, world.caugiay, title="Nộp báo cáo", due=rules.Deadline(date(2020, 8, 31)))

    answer = client.get(made(world, "lan", world.caugiay))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = unfolded(answer.content)
    assert "DTSTART:20200824T070000Z" in lines
    assert "DTEND:20200824T093000Z" in lines
    assert "DTSTART;VALUE=DATE:20200831" in lines
    assert "DTEND;VALUE=DATE:20200901" in lines
    assert values(answer.content, "LOCATION") == ["Phòng họp A, tầng 2"]
    assert values(answer.content, "SUMMARY") == ["Họp giao ban", "Hạn: Nộp báo cáo"]
    assert values(answer.content, "DTSTAMP")[0] == "20200824T020000Z"
    assert len(set(values(answer.content, "UID"))) == 2


@pytest.mark.django_db
def test_an_entry_keeps_its_uid_and_counts_its_changes_and_a_cancelled_one_says_so(client: Client, world, at):
    event = entered(world, world.caugiay)
    address = made(world, "lan", world.caugiay)
    before = client.get(address).content
    services.cancel_event(actor=world.lan, event_id=event.pk, reason="Dời sang thứ Ba", at=world.at)

    after = client.get(address).content

    assert values(before, "UID") == values(after, "UID")
    assert (values(before, "SEQUENCE"), values(after, "SEQUENCE")) == (["0"], ["1"])
    assert (values(before, "STATUS"), values(after, "STATUS")) == (["CONFIRMED"], ["CANCELLED"])
    assert "Hoãn: Dời sang thứ Ba" in values(after, "DESCRIPTION")[0]


@pytest.mark.django_db
def test_whole_days_are_days_and_whole_half_days_are_office_hours(client: Client, world, at):
    entered(world, world.caugiay, hours=weekly.Hours("day"))
    entered(world, world.caugiay, hours=weekly.Hours("afternoon"))

    lines = unfolded(client.get(made(world, "lan", world.caugiay)).content)

    assert "DTSTART;VALUE=DATE:20200824" in lines
    assert "DTSTART:20200824T063000Z" in lines


@pytest.mark.django_db
def test_ones_own_feed_holds_what_names_one_and_nothing_else(client: Client, world, at):
    entered(world, world.hanoi, title="Mời Minh", account_ids=(world.accounts["minh"].pk,))
    entered(world, world.hanoi, title="Mời đơn vị", unit_ids=(world.dichvong.pk,))
    entered(world, world.hanoi, title="Việc khác")

    assert values(client.get(made(world, "minh")).content, "SUMMARY") == ["Mời Minh", "Mời đơn vị"]


@pytest.mark.django_db
def test_a_link_shows_what_its_owner_may_read_today_whoever_is_signed_in(client: Client, world, at):
    entered(world, world.caugiay)
    address = made(world, "lan", world.caugiay)
    assert values(person(client, world, "tuan").get(address).content, "SUMMARY") == ["Họp giao ban"]

    with guards.writing():
        Office.objects.filter(account=world.accounts["lan"]).update(until_day=MONDAY)
    assert values(client.get(address).content, "SUMMARY") == []

    with guards.writing():
        world.accounts["lan"].is_active = False
        world.accounts["lan"].save(update_fields=["is_active"])
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_link_that_was_changed_or_taken_back_opens_nothing(client: Client, world, at):
    old = made(world, "lan", world.caugiay)
    new = made(world, "lan", world.caugiay)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)

    lan = person(client, world, "lan")
    assert new.split("/")[-1] in lan.get("/tasks/week/?unit=01-CG").content.decode()
    send(lan, f"/tasks/week/feed/{CalendarFeed.objects.get().pk}/revoke/", unit="01-CG", week="2020-W35")
    assert client.get(new).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "x.y", "..", "%00", "a" * 300, "ộ.ộ"])
def test_a_link_nobody_made_is_not_there(client: Client, world, at, token):
    assert client.get(f"/tasks/calendar/{token}.ics").status_code == 404


@pytest.mark.django_db
def test_the_key_in_the_database_alone_opens_nothing(client: Client, world, at):
    made(world, "lan")
    key = CalendarFeed.objects.get().key

    for guess in (key, f"{key}.", f"{key}.{key}"):
        assert client.get(f"/tasks/calendar/{guess}.ics").status_code == 404


@pytest.mark.django_db
def test_nobody_takes_back_the_link_of_another_or_links_a_unit_they_do_not_see(world):
    made(world, "lan")
    feed = CalendarFeed.objects.get()
    with pytest.raises(NotFound):
        services.revoke_feed(actor=world.an, feed_id=feed.pk, at=world.at)
    with pytest.raises(NotFound):
        services.make_feed(actor=world.lan, unit=world.hanoi, at=world.at)
    with pytest.raises(NotFound):
        services.make_feed(actor=world.system, unit=world.hanoi, at=world.at)


@pytest.mark.django_db
def test_an_unchanged_feed_is_not_sent_again(client: Client, world, at):
    entered(world, world.caugiay)
    address = made(world, "lan", world.caugiay)
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    entered(world, world.caugiay, title="Họp khác")
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [10, 300])
def test_a_feed_costs_the_same_however_much_it_holds(client: Client, world, at, queries, count):
    for number in range(count):
        entered(world, world.caugiay, day=MONDAY + timedelta(days=number % 300))
    address = made(world, "lan", world.caugiay)

    with queries(6):
        assert len(values(client.get(address).content, "UID")) == count
