"""Deciding, files, evidence and the story of a report on its pages."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from giaoban.apps.reports import rules, services
from giaoban.apps.reports.models import Attachment, Report
from giaoban.apps.reports.tests.scenes import TYPED, boxes, person, send
from giaoban.site.demo.small import World

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_the_reviewer_reads_sends_back_and_the_reporter_sees_why(client: Client, world: World, at: datetime):
    report = world.submitted(world.caugiay)
    binh = person(client, world, "binh")
    assert "Trả lại" in text(binh.get(f"/reports/{report.pk}/"))

    send(binh, f"/reports/{report.pk}/send-back/", reason="Thiếu biên bản bầu cử")

    assert "Thiếu biên bản bầu cử" in text(person(client, world, "lan").get(f"/reports/{report.pk}/"))


def test_a_return_without_a_reason_is_refused_on_the_same_page(client: Client, world: World, at: datetime):
    report = world.submitted(world.caugiay)

    answer = send(person(client, world, "binh"), f"/reports/{report.pk}/send-back/", reason=" ")

    assert answer.status_code == 422
    assert "Cần ghi lý do" in text(answer)


def test_a_reason_too_long_is_not_lost(client: Client, world: World, at: datetime):
    report = world.submitted(world.caugiay)

    answer = send(person(client, world, "binh"), f"/reports/{report.pk}/send-back/", reason="dài " * 200)

    assert answer.status_code == 422
    assert "dài dài dài" in text(answer)


def test_accepting_from_the_queue_comes_back_to_the_queue(client: Client, world: World, at: datetime):
    report = world.submitted(world.caugiay)

    answer = send(
        person(client, world, "binh"), f"/reports/{report.pk}/accept/", revision=report.revision, next="review"
    )

    report.refresh_from_db()
    assert (answer.url, report.state) == ("/review/", rules.State.ACCEPTED)


def test_the_way_back_is_never_another_site(client: Client, world: World, at: datetime):
    report = world.submitted(world.caugiay)

    answer = send(person(client, world, "binh"), f"/reports/{report.pk}/accept/", next="https://example.org/")

    assert answer.url == f"/reports/{report.pk}/"


def test_the_queue_takes_all_plain_reports_at_once(client: Client, world: World, at: datetime):
    plain, odd = world.submitted(world.caugiay), world.submitted(world.dongda, women=1)
    binh = person(client, world, "binh")
    assert "Tỷ lệ cấp ủy viên nữ thấp hơn 15%" in text(binh.get("/review/"))

    send(binh, "/review/accept/", seen=[f"{plain.pk}:{plain.revision}", f"{odd.pk}:{odd.revision}", "x:1"])

    assert set(Report.objects.filter(state="accepted", round=world.round).values_list("pk", flat=True)) == {plain.pk}


def test_a_file_is_attached_listed_given_back_and_taken_off(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)
    lan = person(client, world, "lan")

    send(lan, f"/reports/{report.pk}/files/", file=SimpleUploadedFile("Biên bản.html", b"<script>", "text/html"))

    attachment = Attachment.objects.get(report=report)
    assert "Biên bản.html" in text(lan.get(f"/reports/{report.pk}/"))
    given = lan.get(f"/reports/files/{attachment.pk}/")
    assert given.content == b"<script>"
    assert given["Content-Type"] == "application/octet-stream"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Disposition"] == "attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n.html"

    send(lan, f"/reports/files/{attachment.pk}/take-off/")

    assert lan.get(f"/reports/files/{attachment.pk}/").status_code == 404


def test_a_file_of_a_report_that_is_not_yours_is_not_there(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)
    send(person(client, world, "lan"), f"/reports/{report.pk}/files/", file=SimpleUploadedFile("a.txt", b"x"))
    attachment = Attachment.objects.get(report=report)

    dung = person(client, world, "dung")

    assert dung.get(f"/reports/files/{attachment.pk}/").status_code == 404
    assert send(dung, f"/reports/files/{attachment.pk}/take-off/").status_code == 404


def test_a_file_too_large_is_refused_at_its_place(client: Client, world: World, at: datetime, monkeypatch):
    monkeypatch.setattr(rules, "MAX_ATTACHMENT_BYTES", 2_000_000)
    report = world.report(world.caugiay)
    file = SimpleUploadedFile("phim.mp4", b"x" * 2_000_001)

    answer = send(person(client, world, "lan"), f"/reports/{report.pk}/files/", file=file)

    assert answer.status_code == 413
    assert "phim.mp4" in text(answer)


def test_attaching_without_a_file_is_refused_in_words(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)

    answer = send(person(client, world, "lan"), f"/reports/{report.pk}/files/")

    assert answer.status_code == 422
    assert "Chưa chọn tệp nào" in text(answer)


def test_a_figure_read_from_a_sentence_shows_the_sentence(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)
    sentence = "Đã triệu tập 250 đại biểu về dự."
    place = {"document": 1, "start": 13, "end": 16, "quote": "250", "sentence": sentence}
    services.fill(
        actor=world.lan,
        report_id=report.pk,
        revision=1,
        figures={"summoned": 250},
        evidence={"summoned": place},
        at=world.at,
    )

    page = text(person(client, world, "lan").get(f"/reports/{report.pk}/"))

    assert "Đã triệu tập <mark>250</mark> đại biểu về dự." in page


def test_what_a_person_typed_is_never_run_as_a_page(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)
    services.fill(
        actor=world.lan,
        report_id=report.pk,
        revision=1,
        figures={"held": False, "note": "<script>alert(1)</script>"},
        prose="<img src=x onerror=alert(1)>",
        at=world.at,
    )
    services.submit(actor=world.lan, report_id=report.pk, at=world.at)

    for address in (f"/reports/{report.pk}/", f"/reports/{report.pk}/history/"):
        page = text(person(client, world, "binh").get(address))
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_nothing_to_report_is_said_and_handed_in(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)
    lan = person(client, world, "lan")

    send(lan, f"/reports/{report.pk}/nothing/", revision=1)
    assert "Không phát sinh" in text(lan.get(f"/reports/{report.pk}/"))
    send(lan, f"/reports/{report.pk}/submit/", revision=2, prose="", **boxes(**dict.fromkeys(TYPED, "")))

    report.refresh_from_db()
    assert (report.state, report.is_nothing) == (rules.State.SUBMITTED, True)


def test_figures_typed_before_saying_nothing_stay_on_the_page(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)

    answer = send(
        person(client, world, "lan"), f"/reports/{report.pk}/nothing/", revision=1, prose="Lời", **boxes(women="12")
    )

    report.refresh_from_db()
    assert answer.status_code == 409
    assert 'name="f-women" value="12"' in text(answer)
    assert not report.is_nothing


def test_words_may_go_with_nothing_to_report(client: Client, world: World, at: datetime):
    report = world.report(world.caugiay)

    send(person(client, world, "lan"), f"/reports/{report.pk}/nothing/", revision=1, prose="Không có việc mới.")

    report.refresh_from_db()
    assert (report.is_nothing, report.prose) == (True, "Không có việc mới.")


def test_the_story_tells_old_and_new_in_the_words_of_the_form(client: Client, world: World, at: datetime):
    report = world.filled(world.caugiay)
    services.fill(
        actor=world.lan,
        report_id=report.pk,
        revision=report.revision,
        figures=report.figures | {"summoned": 1192},
        at=world.at,
    )

    page = text(person(client, world, "binh").get(f"/reports/{report.pk}/history/"))

    assert "Đại biểu được triệu tập" in page
    assert "1.192" in page
    assert "/system/ledger/" in page
