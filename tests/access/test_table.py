"""The access table: address × person → status, over things that are theirs and things that are not.

A row of `table.txt` is a method, a named address, the thing it is about and one answer for each person; `in` leads to
signing in. An address of the application without rows for GET and for POST fails.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries as rollups
from giaoban.apps.units import queries as units
from giaoban.base.ledger import guards
from giaoban.base.ledger.models import Entry
from tests.access import bodies
from tests.access import scene as scenes
from tests.access.scene import PEOPLE, Scene

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("table.txt")
SIGN_IN = "/sign-in/"
DOORS = {"account_login", "account_logout", "language"}
KEYLESS = DOORS | {"briefings:here"}
PUBLIC = DOORS | {"account_inactive", "calendar_feed", "health"}
_OWN_TO_EACH_ANSWER = re.compile(r'("X-CSRFToken": "|name="(?:csrfmiddlewaretoken|write_key)" value=")[^"]+')


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    name: str
    thing: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        told = "".join(f"{answer:>9}" for answer in self.answers)
        return f"{self.method:<5}{self.name:<24}{self.thing:<10}{told}"


def table() -> list[Row]:
    """The rows of the table; the first line names the people."""
    head, *lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    assert head == list(PEOPLE)
    return [Row(method, name, thing, tuple(answers)) for method, name, thing, *answers in lines]


@pytest.fixture
def scene(world, at) -> Iterator[Scene]:
    rollups.forget()
    yield scenes.build(world)
    rollups.forget()


class Asker:
    """One browser that speaks for every person in turn: starting one costs more than all it is asked here."""

    def __init__(self, scene: Scene, *, is_strict: bool = False) -> None:
        self.scene = scene
        self.client = Client(enforce_csrf_checks=is_strict)
        self.sessions = scene.sign_in(self.client)

    def of(self, column: str) -> Client:
        self.client.cookies.clear()
        if column in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[column]
        return self.client

    def ask(self, row: Row, column: str) -> HttpResponse:
        """The answer to one person, with nothing remaining of it."""
        address = self.scene.address(row.name, row.thing)
        try:
            with transaction.atomic():
                if row.method == "GET":
                    answer = self.of(column).get(address)
                else:
                    answer = self.of(column).post(address, bodies.body(self.scene, row.name, row.thing))
                raise _Undone
        except _Undone:
            if row.method != "GET":
                units.forget_trees()
        return answer


@pytest.fixture
def asker(scene) -> Asker:
    return Asker(scene)


class _Undone(Exception):
    """Takes back whatever one request wrote, so that every cell of the table begins from the same scene."""


def word(answer: HttpResponse) -> str:
    is_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith(f"{SIGN_IN}?next=")
    return "in" if is_sign_in else str(answer.status_code)


def test_every_person_gets_the_answer_of_the_table(asker):
    rows = table()
    found = [
        Row(row.method, row.name, row.thing, tuple(word(asker.ask(row, column)) for column in PEOPLE)) for row in rows
    ]

    wrong = [f"- {row}\n+ {other}" for row, other in zip(rows, found, strict=True) if row != other]
    assert not wrong, "\n".join(["the table (-) and the answers (+) differ:", *wrong])


def test_every_address_has_its_rows():
    rows = {(row.method, row.name) for row in table()}
    wanted = {(method, name) for name in scenes.patterns() for method in ("GET", "POST")}

    assert rows == wanted


def test_whoever_has_not_signed_in_sees_nothing_but_the_door():
    for row in table():
        if row.name not in PUBLIC:
            assert row.answers[0] == "in", str(row)


def test_a_stranger_with_no_office_sees_nothing_of_any_unit():
    for row in table():
        if row.thing != "-" and row.method == "GET":
            assert row.answers[-1] in {"404", "405"}, str(row)


def test_not_yours_and_not_there_are_the_same_answer(scene, asker):
    rows = [row for row in table() if row.method == "GET" and row.thing != "-"]
    seen = 0
    for row in rows:
        absent = absent_values(row.name)
        for column, expected in zip(PEOPLE, row.answers, strict=True):
            if expected != "404":
                continue
            client = asker.of(column)
            kept, gone = scene.address(row.name, row.thing), scene.address(row.name, row.thing, **absent)
            theirs, nobodys = client.get(kept), client.get(gone)

            assert nobodys.status_code == 404, f"{column}: {gone}"
            assert plain(theirs, kept) == plain(nobodys, gone), f"{column}: {kept} is told from {gone}"
            seen += 1
    assert seen


def absent_values(name: str) -> dict[str, Any]:
    return {value: scenes.NOT_THERE[value] for value in scenes.patterns()[name] if value in scenes.NOT_THERE}


def plain(answer: HttpResponse, address: str) -> str:
    """The answer without its address and without what is new in every answer."""
    return _OWN_TO_EACH_ANSWER.sub(r"\1…", answer.content.decode()).replace(address, "…")


def writes() -> Iterator[Row]:
    """One row for each address that somebody may write to."""
    known = set()
    for row in table():
        if row.method == "POST" and row.name not in known and "405" not in row.answers:
            known.add(row.name)
            yield row


def test_a_write_that_another_site_sent_is_refused(scene):
    client = Asker(scene, is_strict=True).of("centre")
    for row in writes():
        answer = client.post(scene.address(row.name, row.thing), bodies.body(scene, row.name, row.thing))

        assert answer.status_code == 403, str(row)
    assert not scene.world.report(scene.world.vinh).accepted_at


def test_a_write_without_a_key_is_refused_and_writes_nothing(scene, asker):
    head = Entry.objects.count()
    for row in writes():
        if row.name in KEYLESS:
            continue
        given = bodies.body(scene, row.name, row.thing)
        del given["write_key"]
        answer = asker.of("keeper").post(scene.address(row.name, row.thing), given)

        assert answer.status_code == 422, str(row)
        assert "khóa chống gửi trùng" in answer.content.decode(), str(row)
    assert Entry.objects.count() == head


def test_the_same_write_sent_twice_is_done_once(scene, asker):
    client = asker.of("centre")
    report = Report.objects.get(pk=scene.things["vinh"]["report_id"])
    given = {"write_key": uuid.uuid4().hex, "revision": report.revision}
    address = reverse("reports:accept", args=[report.pk])

    once, head = client.post(address, given), Entry.objects.count()
    again = client.post(address, given)

    assert (once.status_code, again.status_code) == (302, 302)
    assert Entry.objects.count() == head


def test_signing_in_goes_on_to_the_page_that_was_asked_for(scene):
    account = scene.world.accounts["lan"]
    account.set_password("mật khẩu của bài thử")
    with guards.writing():
        account.save(update_fields=["password"])
    client = Client()
    asked = scene.address("reports:show", "cau-giay")

    door = client.get(asked)
    answer = client.post(door.headers["Location"], {"login": "lan", "password": "mật khẩu của bài thử"})

    assert answer.headers["Location"] == asked
