"""The pages of briefings: what people see, and that a refusal keeps what they typed."""

from __future__ import annotations

import pytest
from django.test import Client

from giaoban.apps.briefings import services
from giaoban.apps.briefings.models import Briefing, Conclusion, Series
from giaoban.apps.briefings.tests import scenes
from giaoban.apps.tasks.models import Task
from giaoban.apps.tasks.tests.scenes import assigned, person, send
from giaoban.core.periods import Period

pytestmark = pytest.mark.django_db
AGENDA = {
    "item-item_id": ["", "", ""],
    "item-order": ["2", "1", "3"],
    "item-title": ["Thảo luận", "Kết quả tuần", ""],
    "item-kind": ["discussion", "report", "report"],
    "item-presenter": ["", "Phòng Tổ chức đảng", ""],
    "item-unit": ["", "", ""],
    "item-minutes": ["30", "15", "10"],
}


def text(response) -> str:
    return response.content.decode()


def planned(world, **instead):
    usual = {
        "title": "Giao ban tuần 17–23/8/2020",
        "day": "24-8-2020",
        "hour": "14:00",
        "period": "2020-W34",
        "place": "Phòng họp số 2",
        "chair_name": "Nguyễn Văn Chủ",
        "site": [world.caugiay.pk, world.dongda.pk],
    }
    return usual | AGENDA | instead


def test_the_form_of_a_new_briefing_comes_filled_from_its_series(client: Client, world, at):
    series = scenes.series(world)

    page = text(person(client, world, "binh").get(f"/briefings/new/?series={series.pk}"))

    assert "Giao ban tuần: Tuần 17–23/8/2020" in page
    assert 'value="24-8-2020"' in page
    assert "đang chọn 3/3" in page
    assert 'value="Kết luận của chủ trì"' in page


def test_a_briefing_walks_from_its_form_to_its_notice_through_pages(client: Client, world, at, mailoutbox):
    series = scenes.series(world)
    binh = person(client, world, "binh")
    answer = send(binh, f"/briefings/new/?series={series.pk}", **planned(world))
    briefing = Briefing.objects.get()
    assert answer.url == f"/briefings/{briefing.pk}/"
    assert [item.title for item in briefing.agenda.all()] == ["Kết quả tuần", "Thảo luận"]
    assert "14:15" in text(binh.get(answer.url))
    send(binh, f"/briefings/{briefing.pk}/call/")

    lan = person(client, world, "lan")
    site = scenes.site_of(briefing, world.caugiay)
    send(lan, f"/briefings/sites/{site.pk}/reply/", reply="substitute", substitute="Tạ Ngọc Lan, Phó Trưởng ban")
    assert "cử người dự thay" in text(lan.get(f"/briefings/{briefing.pk}/invitation/"))

    binh = person(client, world, "binh")
    send(binh, f"/briefings/{briefing.pk}/pack/send/")
    send(binh, f"/briefings/{briefing.pk}/open/")
    said = {"kind": "directive", "words": "Gửi báo cáo đại hội của quận.", "lead": "Cầu Giấy", "due": "15-9-2020"}
    send(binh, f"/briefings/{briefing.pk}/conclude/", **said)
    send(binh, f"/briefings/{briefing.pk}/close/")

    notice = text(person(client, world, "lan").get(f"/briefings/{briefing.pk}/notice/"))
    assert "Một là," in notice
    assert "Gửi báo cáo đại hội của quận." in notice
    assert "ngày 24 tháng 8 năm 2020" in notice
    assert Task.objects.get().origin == f"briefings.conclusion:{Conclusion.objects.get().pk}"
    assert "mới giao" in text(client.get(f"/briefings/{briefing.pk}/tasks/"))


def test_the_invitation_shows_a_unit_its_report_its_tasks_and_what_it_is_asked(client: Client, world, at):
    briefing = scenes.prepared(world)
    assigned(world, world.caugiay)
    site = scenes.site_of(briefing, world.caugiay)
    asked = {site.pk: scenes.rules.AskedOf("Vướng mắc sau đại hội", "")}
    services.ask_sites(actor=world.binh, briefing_id=briefing.pk, asked=asked, at=world.at)
    letter = scenes.rules.Letter("Mời", "Mời")
    services.call(actor=world.binh, briefing_id=briefing.pk, letter=letter, at=world.at)

    page = text(person(client, world, "lan").get(f"/briefings/{briefing.pk}/invitation/"))

    assert "Vướng mắc sau đại hội" in page
    assert "Báo cáo nhanh" in page or "Tiến độ đại hội" in page
    assert "Dự thảo hướng dẫn tổng kết nhiệm kỳ" in page


def test_a_refused_plan_still_holds_what_was_typed(client: Client, world, at):
    series = scenes.series(world)
    binh = person(client, world, "binh")

    answer = send(binh, f"/briefings/new/?series={series.pk}", **planned(world, day="3-8-2020", place="Hội trường lớn"))

    assert answer.status_code == 422
    assert "đã qua" in text(answer)
    assert "Hội trường lớn" in text(answer)
    assert not Briefing.objects.exists()


def test_a_refused_directive_says_each_thing_it_lacks_and_keeps_the_words(client: Client, world, at):
    briefing = scenes.in_session(world)
    binh = person(client, world, "binh")

    answer = send(binh, f"/briefings/{briefing.pk}/conclude/", kind="directive", words="Rà soát quy hoạch.")

    assert answer.status_code == 422
    assert "chưa có đơn vị chủ trì" in text(answer)
    assert "chưa có thời hạn" in text(answer)
    assert "Rà soát quy hoạch." in text(answer)


def test_a_closed_briefing_is_not_written_to(client: Client, world, at):
    briefing = scenes.closed(world)
    binh = person(client, world, "binh")

    answer = send(binh, f"/briefings/{briefing.pk}/conclude/", kind="information", words="Thêm một điều.")

    assert answer.status_code == 409
    assert "đã bế mạc" in text(answer)
    assert not Conclusion.objects.exists()


def test_a_draft_is_seen_by_its_organisers_alone(client: Client, world, at):
    briefing = scenes.prepared(world)

    for username, status in {"binh": 200, "an": 404, "lan": 404, "hoa": 404}.items():
        assert person(client, world, username).get(f"/briefings/{briefing.pk}/").status_code == status, username


def test_minutes_are_read_by_the_sites_once_the_briefing_is_closed(client: Client, world, at):
    briefing = scenes.in_session(world)
    lan = person(client, world, "lan")
    before = lan.get(f"/briefings/{briefing.pk}/minutes/").status_code

    services.close(actor=world.binh, briefing_id=briefing.pk, at=scenes.afternoon(world))

    assert (before, lan.get(f"/briefings/{briefing.pk}/minutes/").status_code) == (404, 200)


def test_a_series_is_set_up_through_its_form(client: Client, world, at):
    scenes.task_scenes.lists(world)
    binh = person(client, world, "binh")

    answer = send(binh, "/briefings/series/new/", name="Giao ban tháng", rhythm="month", day="2", hour="8:30", **AGENDA)

    series = Series.objects.get()
    assert answer.status_code == 302
    assert (series.rhythm, series.day, series.hour.hour, len(series.agenda)) == ("month", 2, 8, 2)
    assert "Giao ban tháng" in text(binh.get("/briefings/"))


@pytest.mark.parametrize(
    ("page", "most"),
    [("", 16), ("invitation/", 14), ("pack/", 40), ("minutes/", 24), ("notice/", 24), ("tasks/", 24)],
)
def test_a_page_costs_the_same_at_one_conclusion_and_at_thirteen(client: Client, world, at, queries, page, most):
    briefing = scenes.in_session(world)
    binh = person(client, world, "binh")
    for number in range(13):
        scenes.concluded(world, briefing, scenes.directive(world.caugiay, words=f"Việc thứ {number}."))
        if number in (0, 12):
            with queries(most):
                assert binh.get(f"/briefings/{briefing.pk}/{page}").status_code == 200


def test_the_calendar_costs_the_same_at_one_briefing_and_at_ten(client: Client, world, at, queries):
    scenes.called(world)
    series = Series.objects.get()
    binh = person(client, world, "binh")
    for number in range(10):
        if number:
            plan = scenes.plan(world, period=Period.parse(f"2020-W{34 + number}"), title=f"Giao ban {number}")
            services.prepare(actor=world.binh, series_id=series.pk, plan=plan, at=world.at)
        if number in (0, 9):
            with queries(10):
                assert binh.get("/briefings/").status_code == 200


def test_a_conclusion_is_written_anew_on_the_minutes_while_the_briefing_is_on(client: Client, world, at):
    briefing = scenes.in_session(world)
    conclusion = scenes.concluded(world, briefing, scenes.directive(world.caugiay))
    binh = person(client, world, "binh")
    page = text(binh.get(f"/briefings/{briefing.pk}/minutes/"))
    assert f"/briefings/conclusions/{conclusion.pk}/amend/" in page

    said = {"kind": "directive", "words": "Làm lại báo cáo.", "lead": "Cầu Giấy", "due": "15-9-2020"}
    send(binh, f"/briefings/conclusions/{conclusion.pk}/amend/", revision=1, **said)
    refused = send(binh, f"/briefings/conclusions/{conclusion.pk}/amend/", revision=1, **said)

    assert Task.objects.get().title == "Làm lại báo cáo."
    assert refused.status_code == 409
    assert "đã được sửa sau khi" in text(refused)


def test_a_secretary_from_outside_the_unit_is_not_let_in_by_a_number(client: Client, world, at):
    series = scenes.series(world)
    binh = person(client, world, "binh")
    ids = [world.accounts["hoa"].pk, world.accounts["dung"].pk]

    send(binh, f"/briefings/new/?series={series.pk}", **planned(world, secretary=ids))

    assert [one.username for one in Briefing.objects.get().secretaries.all()] == ["dung"]
