"""The same thing sent twice: by a lost connection, by an impatient finger, by two people."""

from __future__ import annotations

import pytest

from giaoban.apps.forms import services as forms
from giaoban.apps.reports.models import Report
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.work import head
from giaoban.site.demo.small import usual_figures
from tests.badinput.conftest import send, text, unchanged

pytestmark = pytest.mark.django_db


def boxes(**figures: object) -> dict[str, str]:
    words = {True: "yes", False: "no"}
    return {f"f-{code}": words.get(value, str(value)) if isinstance(value, bool) else str(value)
            for code, value in (usual_figures(held=True) | figures).items()}  # fmt: skip


def test_a_save_whose_answer_was_lost_is_done_once_and_answered_the_same(signed_in, world):
    lan = signed_in("lan")
    report = world.report(world.caugiay)
    sent = {"revision": report.revision, **boxes(summoned=250)}

    first = send(lan, f"/reports/{report.pk}/save/", key="one", **sent)
    with unchanged():
        second = send(lan, f"/reports/{report.pk}/save/", key="one", **sent)

    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert second.headers["Idempotent-Replay"] == "true"
    report.refresh_from_db()
    assert report.revision == sent["revision"] + 1


def test_a_report_opened_twice_over_a_lost_line_is_one_report(signed_in, world):
    lan = signed_in("lan")
    for _ in range(2):
        send(lan, "/reports/open/", key="one", round=world.round.pk, unit=world.caugiay.pk)
    send(lan, "/reports/open/", key="two", round=world.round.pk, unit=world.caugiay.pk)

    assert Report.objects.filter(unit=world.caugiay, period=world.round.period_id).count() == 1


def test_a_key_used_for_something_else_is_refused(signed_in, world):
    lan = signed_in("lan")
    report = world.report(world.caugiay)
    send(lan, f"/reports/{report.pk}/save/", key="one", revision=report.revision, **boxes(summoned=250))

    with unchanged():
        response = send(lan, f"/reports/{report.pk}/save/", key="one", revision=2, **boxes(summoned=251))

    assert response.status_code == 409
    assert "đã dùng cho một nội dung khác" in text(response)


def test_a_write_without_a_key_is_refused(signed_in, world):
    lan = signed_in("lan")
    report = world.report(world.caugiay)
    with unchanged():
        response = lan.post(f"/reports/{report.pk}/submit/", {"revision": report.revision})
    assert response.status_code == 422
    assert "khóa chống gửi trùng" in text(response)


def test_a_submission_sent_twice_is_submitted_once(signed_in, world):
    lan = signed_in("lan")
    report = world.report(world.caugiay)
    sent = {"revision": report.revision, **boxes()}
    send(lan, f"/reports/{report.pk}/submit/", **sent)
    report.refresh_from_db()
    assert report.state == "submitted"

    with unchanged():
        response = send(lan, f"/reports/{report.pk}/submit/", **sent)

    assert response.status_code in {409, 422}
    assert Entry.objects.about("reports.report", report.pk).filter(verb="reports.submitted").count() == 1


def test_a_form_is_published_once(signed_in, world):
    an = signed_in("an")
    forms.draft(actor=world.an, form_id=world.form.pk, data=world.form.versions.get().data, revision=0, at=world.at)
    send(an, "/forms/DH-TCS/publish/", number="2", revision="1")

    with unchanged():
        response = send(an, "/forms/DH-TCS/publish/", number="2", revision="1")

    assert response.status_code == 409
    assert "Phiên bản 2 của biểu mẫu DH-TCS đã ban hành" in text(response)


def test_a_round_is_opened_once(signed_in, world):
    an = signed_in("an")
    with unchanged():
        response = send(an, "/forms/DH-TCS/rounds/", period=world.round.period.code)
    assert response.status_code == 409
    assert "đã mở lượt thu báo cáo" in text(response)


def test_a_circular_formula_is_refused_by_its_ring(signed_in, world):
    an = signed_in("an")
    typed = {"revision": "0", "title": "Vòng", "sections": ""}
    for at, (code, formula) in enumerate([("a", "c + 1"), ("b", "a + 1"), ("c", "b + 1")]):
        typed |= {f"field-{at}-code": code, f"field-{at}-label": code.upper(), f"field-{at}-formula": formula}
    with unchanged():
        response = send(an, "/forms/DH-TCS/design/", **typed)
    assert response.status_code == 422
    assert "Công thức vòng quanh: a → c → b → a." in text(response)
    assert head()
