"""The calendar of work: what stands on it, who sees it, what clashes, and how it keeps in step with a briefing."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.test import Client

from giaoban.apps.tasks import access, queries, rules, services
from giaoban.apps.tasks.models import CalendarEvent
from giaoban.apps.tasks.rules import weekly
from giaoban.apps.tasks.tests import scenes
from giaoban.apps.tasks.tests.scenes import person, send
from giaoban.base.ledger.models import Entry
from giaoban.core.periods import Period
from giaoban.core.refusal import NotFound

pytestmark = pytest.mark.django_db
MONDAY, WEEK = date(2020, 8, 24), Period.parse("2020-W35")
BOXES = {
    "day": "26-8-2020",
    "hours": "8h–9h30",
    "title": "Họp Ban Thường vụ",
    "chair": "Tạ Ngọc Lan",
    "attends": "đ/c Cao Văn Minh, Nghĩa Tân; các phòng",
    "place": "Phòng họp số 1",
    "prepares": "Dịch Vọng",
    "note": "",
}


def text(answer) -> str:
    return answer.content.decode()


def planned(unit, **instead) -> weekly.PlannedEvent:
    usual = {
        "unit_id": unit.pk,
        "title": "Họp giao ban",
        "day": MONDAY,
        "hours": weekly.Hours(begins=time(8), until=time(10)),
        "chair": "Chủ tịch",
        "place": "Phòng họp số 1",
    }
    return weekly.PlannedEvent(**usual | instead)


def entered(world, unit, **instead) -> CalendarEvent:
    return services.enter_event(actor=world.actor_at(unit), event=planned(unit, **instead), at=world.at)


def seen_by(actor):
    return set(CalendarEvent.objects.allowed(actor, access.READ_EVENT).values_list("pk", flat=True))


def rows_of(world, actor, code):
    found = queries.week_page(actor=actor, code=code, period=WEEK, on=world.day)
    return [row for day in found.days for half in day.halves for row in half.rows]


def test_the_week_of_a_unit_walks_from_its_form_through_a_change_to_its_end(client: Client, world, at):
    lan = person(client, world, "lan")

    answer = send(lan, "/tasks/week/enter/", unit="01-CG", unit_id=world.caugiay.pk, **BOXES)
    event = CalendarEvent.objects.get()
    assert answer.url == "/tasks/week/?unit=01-CG&week=2020-W35"
    page = text(lan.get(answer.url))
    assert "Họp Ban Thường vụ" in page
    assert "8:00–9:30" in page
    assert event.chair_account == world.accounts["lan"]
    assert event.preparing_unit == world.dichvong
    assert set(event.attendees.values_list("account", "unit")) == {
        (world.accounts["minh"].pk, None),
        (None, world.nghiatan.pk),
    }

    assert 'value="Phòng họp số 1"' in text(lan.get(f"{answer.url}&edit={event.pk}"))
    change = f"/tasks/week/{event.pk}/change/"
    answer = send(lan, change, unit="01-CG", revision=1, **BOXES | {"day": "2-9-2020", "hours": "chiều"})
    assert answer.url == "/tasks/week/?unit=01-CG&week=2020-W36"
    send(lan, f"/tasks/week/{event.pk}/cancel/", unit="01-CG", revision=2, reason="Trùng lịch của tỉnh")

    page = text(lan.get(answer.url))
    assert "Trùng lịch của tỉnh" in page
    verbs = Entry.objects.filter(subject_kind="tasks.calendarevent").values_list("verb", flat=True)
    assert list(verbs.order_by("id")) == ["tasks.event_entered", "tasks.event_changed", "tasks.event_cancelled"]


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ({"hours": "lúc nào đó"}, "«lúc nào đó» chưa đọc được thành giờ"),
        ({"hours": ""}, "Chưa ghi giờ"),
        ({"hours": "10h-9h"}, "Giờ kết thúc 9:00 không sau giờ bắt đầu 10:00"),
        ({"day": "31-2-2020"}, "Không có ngày"),
        ({"day": ""}, "Chưa ghi ngày"),
        ({"day": "1-1-0001"}, "cách hôm nay quá 10 năm"),
        ({"title": " "}, "Chưa ghi nội dung công tác"),
        ({"place": "x" * 201}, "dài 201 ký tự"),
    ],
)
def test_what_an_entry_lacks_is_told_at_its_box_and_nothing_typed_is_lost(client: Client, world, at, instead, says):
    lan = person(client, world, "lan")

    answer = send(lan, "/tasks/week/enter/", unit="01-CG", unit_id=world.caugiay.pk, **BOXES | instead)

    assert answer.status_code == 422
    assert says in text(answer)
    assert "đ/c Cao Văn Minh, Nghĩa Tân; các phòng" in text(answer)
    assert not CalendarEvent.objects.exists()


def test_a_change_to_what_somebody_changed_meanwhile_is_refused_in_place(client: Client, world, at):
    event = entered(world, world.caugiay)
    lan = person(client, world, "lan")
    send(lan, f"/tasks/week/{event.pk}/change/", unit="01-CG", revision=1, **BOXES)

    answer = send(lan, f"/tasks/week/{event.pk}/change/", unit="01-CG", revision=1, **BOXES | {"title": "Họp khác"})

    assert answer.status_code == 409
    assert "đã được sửa sau khi đồng chí mở trang" in text(answer)
    assert CalendarEvent.objects.get().title == "Họp Ban Thường vụ"


def test_an_entry_is_read_by_its_unit_by_those_above_and_by_who_is_called_and_by_nobody_else(world):
    event = entered(
        world,
        world.hanoi,
        account_ids=(world.accounts["hoa"].pk,),
        unit_ids=(world.caugiay.pk,),
        preparing_unit_id=world.bavi.pk,
    )

    for actor in (world.an, world.thu, world.binh, world.hoa, world.lan, world.actor_at(world.bavi)):
        assert seen_by(actor) == {event.pk}, actor.name
    for actor in (world.quan, world.dung, world.minh, world.tuan):
        assert not seen_by(actor), actor.name


def test_only_officers_of_the_unit_write_on_its_calendar(world):
    event = entered(world, world.caugiay)
    for actor in (world.an, world.binh, world.minh):
        with pytest.raises(NotFound):
            services.enter_event(actor=actor, event=planned(world.caugiay), at=world.at)
        with pytest.raises(NotFound):
            services.cancel_event(actor=actor, event_id=event.pk, reason="Hoãn", at=world.at)


def test_who_is_called_or_prepares_finds_the_entry_on_their_week(world):
    entered(world, world.hanoi, account_ids=(world.accounts["minh"].pk,), unit_ids=(world.caugiay.pk,))

    entered(world, world.hanoi, title="Chuẩn bị", preparing_unit_id=world.dongda.pk)

    assert [row.title for row in rows_of(world, world.dung, "01-DD")] == ["Chuẩn bị"]
    assert [row.of_unit for row in rows_of(world, world.minh, "me")] == ["Hà Nội"]
    assert [row.of_unit for row in rows_of(world, world.lan, "01-CG")] == ["Hà Nội"]
    assert rows_of(world, world.minh, "01-CG-DV") == []


def test_the_same_chair_the_same_person_and_the_same_room_clash_and_are_told(world):
    lan, minh = world.accounts["lan"].pk, world.accounts["minh"].pk
    half_past = weekly.Hours(begins=time(9, 30), until=time(11))
    first = entered(world, world.caugiay, chair="Tạ Ngọc Lan", chair_id=lan, account_ids=(minh,), title="Một")
    entered(world, world.caugiay, chair="Lan", chair_id=lan, hours=half_past, place="Hội trường", title="Hai")
    entered(world, world.caugiay, chair="", account_ids=(minh,), place="", hours=half_past, title="Ba")
    entered(world, world.caugiay, chair="Phó", hours=half_past, place="PHÒNG HỌP SỐ 1", title="Bốn")
    entered(world, world.caugiay, chair="Phó", hours=weekly.Hours(begins=time(14)), title="Năm")

    found = queries.clashes_of(actor=world.lan, event_id=first.pk)

    assert {(one.title, one.why) for one in found} == {
        ("Hai", "trùng người chủ trì"),
        ("Ba", "trùng người dự"),
        ("Bốn", "trùng địa điểm"),
    }


def test_a_cancelled_entry_and_the_room_of_another_unit_clash_with_nothing(world):
    event = entered(world, world.caugiay)
    services.cancel_event(actor=world.lan, event_id=event.pk, reason="Hoãn", at=world.at)
    entered(world, world.dongda)
    second = entered(world, world.caugiay)

    assert not queries.clashes_of(actor=world.binh, event_id=second.pk)


def test_a_clash_tells_nothing_of_a_meeting_the_reader_may_not_read(world):
    minh = world.accounts["minh"].pk
    entered(world, world.dongda, account_ids=(minh,), title="Việc kín của quận khác")
    mine = entered(world, world.caugiay, account_ids=(minh,))

    assert not queries.clashes_of(actor=world.lan, event_id=mine.pk)
    assert [one.title for one in queries.clashes_of(actor=world.minh, event_id=mine.pk)] == ["Việc kín của quận khác"]


def test_an_entry_that_clashes_is_entered_all_the_same_and_told(client: Client, world, at):
    entered(world, world.caugiay, day=date(2020, 8, 26))
    lan = person(client, world, "lan")

    answer = lan.post(
        "/tasks/week/enter/",
        {"write_key": "k" * 32, "unit": "01-CG", "unit_id": world.caugiay.pk, **BOXES},
        follow=True,
    )

    assert "trùng địa điểm với «Họp giao ban», 8:00–10:00" in text(answer)
    assert "2 mục trùng" in text(answer)


def test_an_entry_keeps_in_step_with_the_row_it_follows_however_often_it_is_told(world):
    def told(**instead):
        event = planned(world.hanoi, origin="briefings.briefing:7", unit_ids=(world.caugiay.pk,), **instead)
        return services.enter_event(actor=world.binh, event=event, at=world.at)

    first = told()
    head = Entry.objects.count()
    assert told().revision == 1
    assert Entry.objects.count() == head

    later = planned(world.hanoi, origin="briefings.briefing:7", day=MONDAY + timedelta(days=1))
    services.change_event(actor=world.binh, event=later, at=world.at)
    for _ in range(2):
        services.cancel_event(actor=world.binh, origin="briefings.briefing:7", reason="Dời họp", at=world.at)
    kept = CalendarEvent.objects.get()
    assert (kept.pk, kept.day.day, kept.revision, kept.reason) == (first.pk, 25, 3, "Dời họp")
    assert not kept.attendees.exists()

    assert told().cancelled_at is None
    with pytest.raises(weekly.KeptElsewhere):
        services.change_event(actor=world.binh, event=planned(world.hanoi), event_id=first.pk, at=world.at)


def test_a_row_that_stands_on_no_calendar_is_changed_and_cancelled_without_a_word(world):
    event = planned(world.hanoi, origin="briefings.briefing:8")

    assert services.change_event(actor=world.binh, event=event, at=world.at) is None
    assert services.cancel_event(actor=world.binh, origin=event.origin, reason="", at=world.at) is None


def test_the_deadlines_of_a_day_stand_at_its_end(client: Client, world, at):
    for number in range(7):
        scenes.taken(world, world.caugiay, title=f"Việc số {number}", due=rules.Deadline(date(2020, 8, 27)))

    page = text(person(client, world, "lan").get("/tasks/week/?unit=01-CG"))

    assert "Việc số 4" in page
    assert "Việc số 5" not in page
    assert "và 2 việc nữa" in page


@pytest.mark.parametrize("week", ["", "2020-W35", "2020-08", "khong-co", "2020-W99", "1900-W01", "9999-W52", "%00"])
def test_a_strange_week_is_answered_all_the_same(client: Client, world, at, week):
    assert person(client, world, "binh").get(f"/tasks/week/?unit=01&week={week}").status_code == 200


@pytest.mark.parametrize("count", [10, 1_000])
def test_the_week_costs_the_same_however_much_stands_on_calendars(client: Client, world, at, queries, count):
    attending = (world.accounts["lan"].pk, world.accounts["minh"].pk)
    for number in range(count // 10):
        day = MONDAY + timedelta(days=number % 70)
        entered(world, world.caugiay, day=day, account_ids=attending, unit_ids=(world.nghiatan.pk,))
    scenes.many(world, count // 10, leads=(world.caugiay,))
    lan = person(client, world, "lan")

    with queries(16):
        assert lan.get("/tasks/week/?unit=01-CG").status_code == 200
    with queries(16):
        assert lan.get("/tasks/week/?unit=me").status_code == 200
