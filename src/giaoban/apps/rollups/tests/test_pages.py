"""The pages of roll-ups, asked as people ask for them."""

from datetime import date

import pytest
from django.urls import reverse

from giaoban.apps.reports import services as reports
from giaoban.apps.units import services as units
from giaoban.apps.units.rules import NewUnit

WARM_BOARD = 20


@pytest.fixture
def sign_in(client, world, at):
    def as_(name):
        client.force_login(world.accounts[name])
        return client

    return as_


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def figure_page(world, unit="TW"):
    return reverse("rollups:figure", args=["dai-hoi", world.round.period.code, unit])


def units_page(world, unit="TW"):
    return reverse("rollups:units", args=["dai-hoi", world.round.period.code, unit])


def test_the_board_shows_how_many_of_how_many_and_of_how_many_answers(world, measures, sign_in):
    world.accepted(world.caugiay)
    world.submitted(world.vinh)
    world.submitted(world.bavi, held=False)

    said = text(sign_in("thu").get("/rollups/"))

    assert "2 trên 6" in said
    assert "3/6 đơn vị đã trả lời" in said


def test_a_submission_is_on_the_board_at_the_very_next_request(world, measures, sign_in):
    browser = sign_in("thu")
    assert "chưa có số liệu" in text(browser.get("/rollups/?fragment=1"))

    world.submitted(world.vinh)

    assert "1 trên 6" in text(browser.get("/rollups/?fragment=1"))


def test_a_board_costs_the_same_at_any_number_of_units(world, measures, sign_in, queries):
    browser = sign_in("thu")
    browser.get("/rollups/")
    with queries(WARM_BOARD):
        browser.get("/rollups/")

    many = [
        NewUnit(
            code=f"40-{number}", parent="40", level="tren-co-so", name=f"Đảng bộ {number}", from_day=date(2015, 10, 1)
        )
        for number in range(300)
    ]
    units.bring_in(actor=world.system, below="TW", units=many, source="thử", today=world.at.date(), at=world.at)
    assert "/306" in text(browser.get("/rollups/"))
    with queries(WARM_BOARD):
        browser.get("/rollups/")
    with queries(WARM_BOARD):
        browser.get("/rollups/?unit=40")


def test_from_the_number_to_the_ledger_every_step_is_a_link(world, measures, sign_in):
    report = world.submitted(world.vinh)
    reports.accept(actor=world.hoa, report_id=report.pk, at=world.at)
    browser = sign_in("thu")

    assert figure_page(world) in text(browser.get("/rollups/"))
    why = text(browser.get(figure_page(world)))
    assert units_page(world) + "?group=yes" in why
    assert reverse("ledger:entry", args=[last_entry(report)]) in why
    behind = text(browser.get(units_page(world) + "?group=yes"))
    assert reverse("reports:show", args=[report.pk]) in behind


def last_entry(report):
    from giaoban.base.ledger.models import Entry

    return Entry.objects.about("reports.report", report.pk).last().id


def test_the_drawer_is_the_same_page_without_its_frame(world, measures, sign_in):
    said = text(sign_in("thu").get(figure_page(world), headers={"HX-Request": "true"}))

    assert "<html" not in said
    assert "Cách tính" in said


@pytest.mark.parametrize("address", ["/rollups/?unit=40", "/rollups/?unit=TW", "/rollups/completeness/?unit=40"])
def test_a_district_sees_nothing_outside_its_own_subtree(world, measures, sign_in, address):
    assert sign_in("lan").get(address).status_code == 404


def test_a_district_sees_its_own_figure_and_no_other(world, measures, sign_in):
    world.submitted(world.caugiay)
    browser = sign_in("lan")

    assert browser.get(figure_page(world, "01-CG")).status_code == 200
    assert browser.get(figure_page(world, "01")).status_code == 404
    assert browser.get(units_page(world, "40")).status_code == 404
    assert "Cầu Giấy" in text(browser.get("/rollups/"))


def test_a_total_is_read_where_reports_may_not_be(world, measures, sign_in):
    """Dũng only reports for Đống Đa: the figure is his to see, other units' reports do not exist for him."""
    world.submitted(world.dongda)

    assert "có" in text(sign_in("dung").get("/rollups/"))
    assert sign_in("dung").get(figure_page(world, "01")).status_code == 404


@pytest.mark.parametrize(
    "address", ["/rollups/?period=1999-W01", "/rollups/figure/dai-hoi/1999-W01/TW/", "/rollups/figure/x/2020-W34/TW/"]
)
def test_what_is_not_there_is_not_found(world, measures, sign_in, address):
    assert sign_in("thu").get(address).status_code == 404


def test_a_unit_that_is_silent_is_missing_in_the_file_and_not_zero(world, measures, sign_in):
    world.submitted(world.vinh)

    answer = sign_in("thu").get("/rollups/?format=csv")

    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[1] == "01,Đảng bộ thành phố Hà Nội,,3,0,3"
    assert rows[2] == "40,Đảng bộ tỉnh Nghệ An,1,2,1,2"


def test_the_wall_has_no_frame_and_listens(world, measures, sign_in):
    said = text(sign_in("thu").get("/rollups/?wall=1"))

    assert 'data-theme="wall"' in said
    assert 'data-controller="live"' in said
    assert "rail-place" not in said


def test_who_has_reported_opens_the_reports(world, measures, sign_in):
    report = world.submitted(world.caugiay)

    said = text(sign_in("binh").get("/rollups/completeness/?form=DH-TCS&unit=01"))

    assert reverse("reports:show", args=[report.pk]) in said


def test_a_board_without_measures_says_what_will_stand_there(world, sign_in):
    assert "Số tổng hợp sẽ đứng ở đây" in text(sign_in("thu").get("/rollups/"))
