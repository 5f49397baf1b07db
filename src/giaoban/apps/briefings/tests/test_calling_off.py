"""A briefing is called off before it begins: sites hear of it, its period and its points are free again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from giaoban.apps.briefings import access, rules, services
from giaoban.apps.briefings.models import Briefing
from giaoban.apps.briefings.tests import scenes
from giaoban.apps.tasks.models import CalendarEvent
from giaoban.core.moves import WrongMoment
from giaoban.core.periods import Period

pytestmark = pytest.mark.django_db


def cancelled(world, briefing, reason="Trùng hội nghị của tỉnh"):
    letter = rules.Letter("Hủy họp", "Đã hủy.")
    return services.cancel(actor=world.binh, briefing_id=briefing.pk, reason=reason, letter=letter, at=world.at)


def test_a_briefing_called_off_makes_room_for_another_of_its_period_and_its_points_go_on(world):
    briefing = scenes.called(world)
    services.raise_point(actor=world.binh, briefing_id=briefing.pk, words="Chốt mốc số liệu", at=world.at)
    cancelled(world, briefing)

    again = scenes.prepared(world)
    assert [point.words for point in again.carried_points.all()] == ["Chốt mốc số liệu"]


def test_sites_see_that_a_briefing_was_called_off_but_never_see_a_draft(world):
    called, draft = scenes.called(world), scenes.prepared(world, period=Period.parse("2020-W35"))
    for briefing in (called, draft):
        cancelled(world, briefing)

    seen = Briefing.objects.allowed(world.lan, access.READ)
    assert list(seen) == [called]
    with pytest.raises(rules.CancelledBriefing):
        services.raise_point(actor=world.binh, briefing_id=called.pk, words="Thêm", at=world.at)


def test_a_briefing_is_not_called_off_without_a_reason_nor_once_it_is_on(world):
    briefing = scenes.called(world)
    with pytest.raises(rules.NoReasonToCancel):
        cancelled(world, briefing, reason=" ")
    services.open_session(actor=world.binh, briefing_id=briefing.pk, at=world.at)
    with pytest.raises(WrongMoment):
        cancelled(world, briefing)


def on_calendar(briefing) -> CalendarEvent:
    return CalendarEvent.objects.get(origin=rules.calendar_origin(briefing.pk))


def test_a_briefing_stands_on_the_calendar_once_it_is_called_and_keeps_in_step_with_it(world):
    draft = scenes.prepared(world)
    assert not CalendarEvent.objects.exists()
    letter = rules.Letter("Giấy mời giao ban", "Mời dự.")
    services.call(actor=world.binh, briefing_id=draft.pk, letter=letter, at=world.at)
    entry = on_calendar(draft)
    assert (entry.from_time.hour, entry.until_time.hour, entry.until_time.minute) == (14, 14, 55)
    assert entry.attends == "Cầu Giấy, Đống Đa, Ba Vì"

    later = scenes.plan(world, starts_at=scenes.afternoon(world) + timedelta(hours=1))
    services.replan(actor=world.binh, briefing_id=draft.pk, plan=later, revision=1, at=world.at)
    assert on_calendar(draft).from_time.hour == 15

    cancelled(world, draft)
    assert on_calendar(draft).cancelled_at is not None
