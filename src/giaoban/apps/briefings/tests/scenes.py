"""Scenes the tests of briefings share: a weekly series of Hà Nội, and a briefing in any state."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from giaoban.apps.briefings import rules, services
from giaoban.apps.briefings.models import Briefing, Conclusion, Series, Site
from giaoban.apps.tasks import rules as task_rules
from giaoban.apps.tasks.tests import scenes as task_scenes
from giaoban.apps.units.models import Unit
from giaoban.core.periods import Period
from giaoban.site.demo.small import World

AGENDA = (
    rules.PlannedItem(title="Kết quả công tác tuần", minutes=15, presenter="Phòng Tổ chức đảng"),
    rules.PlannedItem(title="Thảo luận", kind="discussion", minutes=30),
    rules.PlannedItem(title="Kết luận của chủ trì", kind="conclusion", minutes=10),
)


def series(world: World, **instead: Any) -> Series:
    """Hà Nội's weekly briefing, Mondays at 14:00."""
    task_scenes.lists(world)
    usual: dict[str, Any] = {
        "actor": world.binh,
        "unit": world.hanoi,
        "name": "Giao ban tuần",
        "rhythm": "week",
        "weekday": 0,
        "agenda": AGENDA,
        "assigner": "btv",
        "at": world.at,
    }
    return services.define_series(**usual | instead)


def plan(world: World, **instead: Any) -> rules.Plan:
    """This afternoon's briefing of Hà Nội with its three committees."""
    usual: dict[str, Any] = {
        "title": "Giao ban tuần 17–23/8/2020",
        "starts_at": afternoon(world),
        "period": Period.parse("2020-W34"),
        "place": "Phòng họp số 2",
        "chair_name": "Nguyễn Văn Chủ",
        "sites": tuple(unit.pk for unit in (world.caugiay, world.dongda, world.bavi)),
        "agenda": AGENDA,
    }
    return rules.Plan(**usual | instead)


def afternoon(world: World) -> datetime:
    return world.at.replace(hour=14, minute=0)


def prepared(world: World, **instead: Any) -> Briefing:
    """A briefing nobody but its organisers knows of."""
    there = Series.objects.filter(unit=world.hanoi, name="Giao ban tuần").first() or series(world)
    return services.prepare(actor=world.binh, series_id=there.pk, plan=plan(world, **instead), at=world.at)


def called(world: World, **instead: Any) -> Briefing:
    """A briefing whose invitations have left."""
    briefing = prepared(world, **instead)
    letter = rules.Letter("Giấy mời giao ban", "Mời dự.")
    return services.call(actor=world.binh, briefing_id=briefing.pk, letter=letter, at=world.at)


def in_session(world: World, **instead: Any) -> Briefing:
    """A briefing that has been opened."""
    briefing = called(world, **instead)
    return services.open_session(actor=world.binh, briefing_id=briefing.pk, at=afternoon(world))


def closed(world: World, **instead: Any) -> Briefing:
    """A briefing that is over."""
    briefing = in_session(world, **instead)
    at = afternoon(world) + timedelta(minutes=50)
    return services.close(actor=world.binh, briefing_id=briefing.pk, at=at)


def site_of(briefing: Briefing, unit: Unit) -> Site:
    return briefing.sites.get(unit=unit)


def directive(lead: Unit, **instead: Any) -> rules.Concluded:
    """A whole directive; named words stand instead of the usual."""
    usual: dict[str, Any] = {
        "kind": "directive",
        "words": "Hoàn thành báo cáo kết quả đại hội của quận.",
        "lead_unit_id": lead.pk,
        "due": task_rules.Deadline(date(2020, 9, 15)),
        "product": "Báo cáo",
    }
    return rules.Concluded(**usual | instead)


def concluded(world: World, briefing: Briefing, said: rules.Concluded) -> Conclusion:
    return services.conclude(actor=world.binh, briefing_id=briefing.pk, said=said, at=afternoon(world))
