"""The pages of signing, asked as people ask for them."""

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse

from giaoban.apps.reports import services as reports
from giaoban.apps.rollups.models import SignOff
from giaoban.apps.rollups.tests.test_signing import amend, sign
from giaoban.apps.units import services as units
from giaoban.apps.units.rules import NewUnit

WARM_PAGE = 19


@pytest.fixture
def sign_in(client, world, at):
    def as_(name):
        client.force_login(world.accounts[name])
        return client

    return as_


@pytest.fixture
def all_in(world):
    for unit in (world.caugiay, world.dongda, world.bavi):
        world.accepted(unit)


def address(world, name="signed", unit="01", **more):
    asked = {"form": "DH-TCS", "period": world.round.period.code, "unit": unit} | more
    return reverse(f"rollups:{name}", kwargs=asked)


def text(answer, status=200):
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def seen_on(page):
    return re.search(r'name="seen" value="([0-9a-f]{64})"', page)[1]


def posted(world, browser, page, **given):
    return browser.post(
        address(world, "sign"), {"write_key": uuid.uuid4().hex, "seen": seen_on(page)} | given, follow=True
    )


def test_what_stands_on_the_page_is_signed_with_one_button(world, all_in, sign_in):
    browser = sign_in("binh")
    page = text(browser.get(address(world)))

    said = text(posted(world, browser, page))

    assert "Đã ký chốt số liệu, lần 1." in said
    assert SignOff.objects.get().seal in said


def test_gaps_are_listed_by_name_and_a_signature_without_a_word_on_them_is_refused_on_the_page(world, sign_in):
    world.accepted(world.caugiay)
    world.submitted(world.dongda)
    browser = sign_in("binh")
    page = text(browser.get(address(world)))
    assert "1 đơn vị chưa nộp</b>: Ba Vì" in page
    assert "1 báo cáo chờ nhận</b>: Đống Đa" in page

    refused = text(posted(world, browser, page, note="Ba Vì chưa đại hội"), 422)

    assert "Mới nhận 1/3 báo cáo" in refused
    assert "Ba Vì chưa đại hội</textarea>" in refused
    assert "Đã ký" in text(posted(world, browser, refused, note="Ba Vì chưa đại hội", is_partial="on"))


def test_a_page_read_before_a_change_signs_nothing_and_shows_the_figures_of_now(world, all_in, sign_in):
    browser = sign_in("binh")
    page = text(browser.get(address(world)))
    amend(world, world.bavi, attended=240)

    refused = text(posted(world, browser, page), 409)

    assert "đã thay đổi từ khi mở trang" in refused
    assert seen_on(refused) != seen_on(page)
    assert not SignOff.objects.exists()


def test_signed_official_and_live_stand_side_by_side_and_lead_down_to_the_reason(world, all_in, sign_in):
    sign(world)
    report = amend(world, world.bavi, attended=240, reason="Nhầm phiên trù bị")
    browser = sign_in("binh")

    said = text(browser.get(address(world)))

    assert "2 chỉ tiêu khác số đã ký" in said
    assert re.search(r"744 <small>3/3</small>.*?736 <small>3/3</small>", said, re.S)
    assert "−8" in said
    assert "Nhầm phiên trù bị" in said
    assert reverse("reports:show", args=[report.pk]) in said
    assert address(world, unit="01-BV") + "?line=attended" in said


def test_the_paper_stays_as_it_was_signed(world, all_in, sign_in):
    row = sign(world)
    browser = sign_in("binh")
    before = text(browser.get(address(world, "signed_paper", number=1)))
    amend(world, world.bavi, attended=240)
    sign(world, note="Ba Vì sửa số đại biểu")

    said = text(browser.get(address(world, "signed_paper", number=1)))

    assert "<b>744</b>" in before
    assert "<b>744</b>" in said
    assert "đã có lần ký 2 thay" in said
    assert row.seal in said
    assert "Con dấu khớp với nội dung" in said
    assert browser.get(address(world, "signed_paper", number=3)).status_code == 404


def test_whoever_only_reads_sees_no_button(world, all_in, sign_in):
    said = text(sign_in("thu").get(address(world)))

    assert "Ký số liệu" not in said
    assert sign_in("thu").post(address(world, "sign"), {"write_key": uuid.uuid4().hex}).status_code == 404


def test_the_page_costs_the_same_at_any_number_of_units_and_amendments(world, all_in, sign_in, queries):
    sign(world)
    amend(world, world.bavi, attended=240)
    browser = sign_in("binh")
    browser.get(address(world))
    with queries(WARM_PAGE):
        browser.get(address(world))

    many = [
        NewUnit(
            code=f"01-{number}", parent="01", level="tren-co-so", name=f"Đảng bộ {number}", from_day=date(2015, 10, 1)
        )
        for number in range(100)
    ]
    units.bring_in(actor=world.system, below="TW", units=many, source="thử", today=world.at.date(), at=world.at)
    amend(world, world.caugiay, attended=240)
    browser.get(address(world))
    with queries(WARM_PAGE):
        browser.get(address(world))


def test_a_board_says_beside_each_headline_what_is_official_and_what_was_signed(world, all_in, measures, sign_in):
    browser = sign_in("binh")
    assert "chưa ký</a>" in text(browser.get("/rollups/"))

    sign(world)
    assert "đã ký 24-8</a>" in text(browser.get("/rollups/"))

    amend(world, world.bavi, attended=240)
    said = text(browser.get("/rollups/"))
    assert "đã ký 24-8 · khác 2</a>" in said
    assert address(world) in said

    reports.reopen(actor=world.system, report_id=world.report(world.bavi).pk, reason="Sửa", at=world.at)
    reports.submit(actor=world.actor_at(world.bavi), report_id=world.report(world.bavi).pk, at=world.at)
    assert "chính thức 2 · đã ký" in text(browser.get("/rollups/"))


def test_a_form_nobody_signs_for_the_unit_says_why(world, all_in, sign_in):
    said = text(sign_in("lan").get(address(world, unit="01-CG")))

    assert "không có số tổng hợp để ký chốt" in said


@pytest.mark.parametrize("unit", ["40", "TW"])
def test_what_is_not_ones_own_is_not_found(world, all_in, sign_in, unit):
    assert sign_in("lan").get(address(world, unit=unit)).status_code == 404
