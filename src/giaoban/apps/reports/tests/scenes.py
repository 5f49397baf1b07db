"""Words the tests of reports share: whole forms as typed, and a form for every kind of field."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client

from giaoban.apps.forms import services as forms
from giaoban.apps.forms.models import Round
from giaoban.apps.units import services as units
from giaoban.apps.units.models import Unit
from giaoban.apps.units.rules import NewUnit
from giaoban.core.periods import Period, PeriodKind, Schedule
from giaoban.site.demo.small import FOUNDED, THIS_WEEK, World

TYPED = {  # the congress form as a clerk types it
    "held": "yes",
    "held_day": "11-8-2020",
    "contents": "four",
    "summoned": "1.192",
    "attended": "1.190",
    "to_elect": "39",
    "elected": "39",
    "women": "9",
    "under_40": "5",
    "note": "",
}


def boxes(**typed: str) -> dict[str, str]:
    """The boxes of a page, named as the page names them."""
    return {f"f-{code}": text for code, text in typed.items()}


def person(client: Client, world: World, username: str) -> Client:
    client.force_login(world.accounts[username])
    return client


def send(client: Client, address: str, **data: Any) -> HttpResponse:
    """A POST with a write key of its own."""
    return client.post(address, {"write_key": uuid.uuid4().hex} | data)


def many_units(world: World, count: int, *, below: Unit) -> list[Unit]:
    """`count` more committees that owe the congress form, directly below a unit."""
    units.bring_in(
        actor=world.system,
        below=below.code,
        units=[
            NewUnit(code=f"N-{number:04}", name=f"Đảng bộ {number}", level="tren-co-so", from_day=FOUNDED)
            for number in range(count)
        ],
        source="bối cảnh lớn",
        today=world.day,
        at=world.at,
    )
    return list(Unit.objects.filter(code__startswith="N-").order_by("code"))


def round_of_fields(world: World, fields: list[dict[str, Any]], checks: list[dict[str, Any]] | None = None) -> Round:
    """An open round of a form made of these fields, owed by the six committees."""
    schedule = {
        "cut_off": {"days": 0, "at": "12:00"},
        "steps": [{"level": "tren-co-so", "working_days": 0, "at": "17:00"}],
    }
    form = forms.create(
        actor=world.system,
        owner=world.centre,
        code="THU",
        name="Biểu thử",
        period_kind="week",
        calendar="calendar",
        schedule=Schedule.from_json(schedule),
        data={"title": "Biểu thử", "fields": fields, "checks": checks or []},
        at=world.at,
    )
    forms.publish(actor=world.system, form_id=form.pk, number=1, at=world.at)
    forms.lay_duty(actor=world.system, form_id=form.pk, level="tren-co-so", from_day=FOUNDED, at=world.at)
    period = Period.containing(THIS_WEEK, PeriodKind.WEEK)
    return forms.open_round(actor=world.system, form_id=form.pk, period=period, at=world.at)
