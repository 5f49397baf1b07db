"""The scene of `benchmarks.live`: a briefing of 68 sites in session, with an officer signed in for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.test import Client

from giaoban.apps.briefings import queries, rules, services
from giaoban.apps.briefings.models import Briefing
from giaoban.apps.people import services as people
from giaoban.apps.units import services as units
from giaoban.apps.units.models import Unit
from giaoban.apps.units.rules import NewUnit
from giaoban.base.access import Actor
from giaoban.core.periods import Period
from giaoban.site.demo import founding

AT = datetime(2020, 8, 24, 2, tzinfo=UTC)
FOUNDED = date(2015, 10, 1)
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_said = count(1)


@dataclass(frozen=True)
class Meeting:
    """A briefing in session. `people` are the cookies of the officers of `sites`, one for each."""

    briefing: Briefing
    chair: Actor
    people: list[str]
    sites: list[int]

    @property
    def address(self) -> str:
        return f"/briefings/{self.briefing.pk}/room/live/"

    @property
    def line_address(self) -> str:
        """Where a site asks to speak."""
        return f"/briefings/{self.briefing.pk}/speeches/"

    def happen(self) -> None:
        """A secretary writes something down: one transaction, one entry of the ledger."""
        words = f"Ghi chép {next(_said)}"
        services.write_note(actor=self.chair, briefing_id=self.briefing.pk, item_id=None, words=words, at=AT)

    def asks(self, one: int) -> dict[str, str]:
        """The form by which a site asks to speak."""
        return {"site": str(self.sites[one]), "subject": "đo"}

    def line(self) -> list[int]:
        """The requests to speak in the order in which the page shows them."""
        room = queries.room(actor=self.chair, briefing_id=self.briefing.pk, at=AT, parts=("speeches",))
        return [turn.speech_id for turn in room.line.waiting] if room.line else []


def hold(sites: int) -> Meeting:
    """Found an organisation in an empty database and open a briefing of so many sites besides the centre."""
    founded = founding.found(name="Đo", from_day=FOUNDED, at=AT)
    planned = [
        NewUnit(
            code=f"{one:02}",
            parent="",
            level="tt",
            name=f"Đảng bộ {one:02}",
            short_name="",
            tile=None,
            from_day=FOUNDED,
        )
        for one in range(1, sites + 1)
    ]
    units.bring_in(actor=founded.actor, below=founding.TOP_CODE, units=planned, source="đo", today=AT.date(), at=AT)
    centre = Unit.objects.get(code=founding.TOP_CODE)
    below = list(Unit.objects.exclude(pk=centre.pk).order_by("code"))
    chair = founding.reporter_at(centre, day=AT.date(), name="đo")
    item = rules.PlannedItem(title="Đo", minutes=30)
    series = services.define_series(actor=chair, unit=centre, name="Đo", rhythm="week", agenda=(item,), at=AT)
    plan = rules.Plan(
        title="Đo",
        starts_at=AT,
        period=Period.parse("2020-W34"),
        sites=tuple(unit.pk for unit in below),
        agenda=(item,),
    )
    briefing = services.prepare(actor=chair, series_id=series.pk, plan=plan, at=AT)
    services.call(actor=chair, briefing_id=briefing.pk, letter=rules.Letter("đo", "đo"), at=AT)
    services.open_session(actor=chair, briefing_id=briefing.pk, at=AT)
    at_site = dict(briefing.sites.values_list("unit_id", "pk"))
    return Meeting(
        briefing=briefing,
        chair=chair,
        people=[_officer(founded.actor, unit) for unit in below],
        sites=[at_site[unit.pk] for unit in below],
    )


def _officer(actor: Actor, unit: Unit) -> str:
    given: dict[str, Any] = {"username": f"site-{unit.code}", "name": unit.name, "post": "", "password": ""}
    account = people.open_account(actor=actor, at=AT, **given)
    people.give_office(actor=actor, account=account, unit=unit, role="reporter", from_day=FOUNDED, at=AT)
    client = Client()
    client.force_login(account, backend=_BACKEND)
    return f"sessionid={client.cookies['sessionid'].value}"
