"""The pages of reports: what people see, and that a refusal keeps what they typed."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import datetime

import pytest
from django.test import Client

from giaoban.apps.reports import rules, services
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.tests.scenes import TYPED, boxes, person, round_of_fields, send
from giaoban.base.ledger.models import Entry
from giaoban.site.demo.small import World

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("username", ["an", "thu", "binh", "lan", "tuan"])
@pytest.mark.parametrize("address", ["/", "/reports/", "/review/", "/owing/", "/owing/?whole=1", "/review/?scope=all"])
def test_every_person_can_open_every_list(client: Client, world: World, at: datetime, username: str, address: str):
    world.submitted(world.caugiay)

    assert person(client, world, username).get(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/reports/", "/review/", "/owing/", "/reports/1/", "/reports/1/history/"])
def test_nobody_sees_a_page_of_reports_without_signing_in(client: Client, world: World, at: datetime, address: str):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("end", ["", "history/", "check/?field=held"])
def test_a_report_that_is_not_yours_is_not_there(client: Client, world: World, at: datetime, end: str):
    report = world.report(world.caugiay)

    assert person(client, world, "dung").get(f"/reports/{report.pk}/{end}").status_code == 404


@pytest.mark.parametrize("verb", ["save", "submit", "nothing", "withdraw"])
def test_a_reviewer_does_not_write_the_report(client: Client, world: World, at: datetime, verb: str):
    report = world.report(world.caugiay)

    assert send(person(client, world, "binh"), f"/reports/{report.pk}/{verb}/").status_code == 404


@pytest.mark.parametrize("verb", ["accept", "send-back", "reopen"])
def test_a_reporter_does_not_decide_on_the_report(client: Client, world: World, at: datetime, verb: str):
    report = world.submitted(world.caugiay)

    assert send(person(client, world, "lan"), f"/reports/{report.pk}/{verb}/", reason="x").status_code == 404


def test_a_report_not_begun_is_opened_from_the_desk(client: Client, world: World, at: datetime):
    lan = person(client, world, "lan")
    assert "Tiến độ đại hội" in text(lan.get("/"))

    answer = send(lan, "/reports/open/", round=world.round.pk, unit=world.caugiay.pk)

    assert answer.url == f"/reports/{Report.objects.get(round=world.round).pk}/"


def test_the_form_shows_last_weeks_value_and_the_change(client: Client, world: World, at: datetime):
    report = world.filled(world.caugiay, women=11)

    page = text(person(client, world, "lan").get(f"/reports/{report.pk}/"))

    assert "Tuần 10–16/8/2020" in page
    assert "9 <b>+2</b>" in page


def test_saving_reads_numbers_as_clerks_write_them(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)

    answer = send(person(client, world, "lan"), f"/reports/{report.pk}/save/", revision=1, prose="", **boxes(**TYPED))

    report.refresh_from_db()
    assert answer.status_code == 302
    assert (report.figures["summoned"], report.figures["held_day"], report.state) == (1192, "2020-08-11", "draft")


def test_what_the_page_holds_is_saved_back_as_the_same_report(client: Client, world: World, at: datetime):
    report = world.filled(world.caugiay)
    lan = person(client, world, "lan")
    sheet = lan.get(f"/reports/{report.pk}/").content.decode()
    assert 'value="11-8-2020"' in sheet

    typed = TYPED | {"summoned": "250", "attended": "248"}
    send(lan, f"/reports/{report.pk}/save/", revision=report.revision, prose="", **boxes(**typed))

    report.refresh_from_db()
    assert report.revision == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("nhiều", "không phải là số"),
        ("12,5", "chỉ nhận số nguyên"),
        ("1.92", "dấu chấm không đúng chỗ"),
        ("9223372036854775808", "quá lớn"),
        ("1" * 70, "không phải là số"),
    ],
)
def test_a_refused_save_keeps_every_box_and_tells_at_the_field(
    client: Client, world: World, at: datetime, typed: str, says: str
):
    report = world.report(world.caugiay)
    sent = boxes(**TYPED | {"women": typed, "note": "Ghi chú dài"})

    answer = send(person(client, world, "lan"), f"/reports/{report.pk}/save/", revision=1, prose="Lời kể", **sent)

    page = text(answer)
    assert answer.status_code == 422
    assert f'name="f-women" value="{typed}"' in page
    assert 'name="f-summoned" value="1.192"' in page
    assert "Lời kể" in page
    assert "Ghi chú dài" in page
    assert says in page.split('id="f-women-told"')[1].split("</div>")[0]
    report.refresh_from_db()
    assert report.figures == {}


def test_words_typed_in_pieces_are_stored_composed(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)
    note = unicodedata.normalize("NFD", "Khó khăn về kinh phí")

    send(person(client, world, "lan"), f"/reports/{report.pk}/save/", revision=1, **boxes(**TYPED | {"note": note}))

    report.refresh_from_db()
    assert report.figures["note"] == "Khó khăn về kinh phí"


def test_a_negative_is_refused_where_the_form_says_so(client: Client, world: World, at: datetime):
    round_ = round_of_fields(world, [{"code": "dv", "label": "Đảng viên", "kind": "whole", "minimum": 0}])
    report = world.report(world.caugiay, round=round_)

    answer = send(person(client, world, "lan"), f"/reports/{report.pk}/save/", revision=1, **boxes(dv="-3"))

    assert answer.status_code == 422
    assert "số âm" in text(answer)


def test_an_unanswered_yes_or_no_stays_missing(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)

    send(person(client, world, "lan"), f"/reports/{report.pk}/save/", revision=1, **boxes(held="", women="2"))

    report.refresh_from_db()
    assert "held" not in report.figures


def test_handing_in_goes_up_at_once(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)

    send(person(client, world, "lan"), f"/reports/{report.pk}/submit/", revision=1, prose="", **boxes(**TYPED))

    report.refresh_from_db()
    assert report.state == rules.State.SUBMITTED


def test_what_cannot_be_handed_in_is_saved_and_the_page_tells_where(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)
    lan = person(client, world, "lan")

    answer = send(lan, f"/reports/{report.pk}/submit/", revision=1, **boxes(**TYPED | {"held": "", "women": "40"}))

    page = text(lan.get(answer.url))
    report.refresh_from_db()
    assert report.figures["women"] == 40
    assert "còn 2 chỗ phải sửa" in page
    assert "Chưa có số liệu «Đã tổ chức đại hội»" in page
    assert "Số cấp ủy viên nữ nhiều hơn số đã bầu" in page


def test_a_double_click_hands_in_once(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)
    lan, key = person(client, world, "lan"), uuid.uuid4().hex
    sent = {"revision": 1, "prose": ""} | boxes(**TYPED)

    answers = [lan.post(f"/reports/{report.pk}/submit/", {"write_key": key} | sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Entry.objects.about("reports.report", report.pk).filter(verb="reports.submitted").count() == 1


def test_two_people_editing_see_both_values_and_lose_nothing(client: Client, world: World, at: datetime):
    report = world.filled(world.caugiay)  # a colleague saved nine women while this page was open
    lan = person(client, world, "lan")

    answer = send(lan, f"/reports/{report.pk}/save/", revision=1, prose="Lời tôi", **boxes(**TYPED | {"women": "8"}))

    page = text(answer)
    assert answer.status_code == 409
    assert '<input type="radio" name="f-women" value="9"' in page
    assert '<input type="radio" name="f-women" value="8"' in page
    assert 'name="prose" value="Lời tôi"' in page
    assert f'name="revision" value="{report.revision}"' in page
    report.refresh_from_db()
    assert report.figures["women"] == 9

    chosen = TYPED | {"women": "8", "summoned": "250", "attended": "248"}
    saved = send(lan, f"/reports/{report.pk}/save/", revision=report.revision, prose="Lời tôi", **boxes(**chosen))

    report.refresh_from_db()
    assert saved.status_code == 302
    assert (report.figures["women"], report.figures["summoned"], report.prose) == (8, 250, "Lời tôi")


def test_a_value_only_one_of_two_changed_is_already_chosen(client: Client, world: World, at: datetime):
    report = world.filled(world.caugiay)
    services.fill(
        actor=world.actor_at(world.caugiay),
        report_id=report.pk,
        revision=report.revision,
        figures=report.figures | {"under_40": 6},
        at=world.at,
    )
    mine = TYPED | {"summoned": "250", "attended": "248", "women": "8"}

    page = text(
        send(
            person(client, world, "lan"),
            f"/reports/{report.pk}/save/",
            revision=report.revision,
            prose="",
            **boxes(**mine),
        )
    )

    assert 'name="f-under_40" value="6" required checked' in page
    assert 'name="f-women" value="8" required checked' in page


def test_a_save_after_it_was_handed_in_elsewhere_keeps_what_was_typed(client: Client, world: World, at: datetime):
    report = world.submitted(world.caugiay)

    answer = send(
        person(client, world, "lan"), f"/reports/{report.pk}/save/", revision=1, prose="Chưa kịp lưu", **boxes(**TYPED)
    )

    assert answer.status_code == 409
    assert "Chưa kịp lưu" in text(answer)
    assert "1.192" in text(answer)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("women", {"women": "9,5"}, "chỉ nhận số nguyên"),
        ("attended", {"summoned": "250", "attended": "251"}, "nhiều hơn số được triệu tập"),
        ("held_day", {"held_day": "31-2-2020"}, "Không có ngày"),
    ],
)
def test_a_wrong_value_is_told_the_moment_the_field_is_left(
    client: Client, world: World, at: datetime, field: str, typed: dict[str, str], says: str
):
    report = world.report(world.caugiay)

    answer = person(client, world, "lan").get(f"/reports/{report.pk}/check/", {"field": field} | boxes(**typed))

    page = text(answer)
    assert page.lstrip().startswith('<div class="entry')
    assert says in page
    assert "<html" not in page


def test_what_is_only_missing_so_far_is_not_called_wrong_while_writing(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)

    answer = person(client, world, "lan").get(f"/reports/{report.pk}/check/", {"field": "held"} | boxes(held="yes"))

    assert "entry-fault" not in text(answer)


def test_a_computed_figure_follows_while_writing(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)
    sent = {"field": "elected"} | boxes(to_elect="39", elected="37")

    page = text(person(client, world, "lan").get(f"/reports/{report.pk}/check/", sent))

    assert '<output id="f-unfilled" class="entry-sum">2</output>' in page
    assert not Entry.objects.about("reports.report", report.pk).filter(verb="reports.filled").exists()


def test_a_field_the_form_does_not_have_is_not_there(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)

    assert person(client, world, "lan").get(f"/reports/{report.pk}/check/?field=nowhere").status_code == 404
