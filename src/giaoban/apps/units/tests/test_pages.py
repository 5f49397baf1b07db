"""The pages of units: the unit itself, search, and bringing a tree in from a file."""

from __future__ import annotations

import io
import uuid
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from giaoban.apps.units import queries, services
from giaoban.apps.units.models import Unit
from giaoban.apps.units.rules import NewUnit
from giaoban.base.ledger.work import head
from giaoban.site.demo.small import FOUNDED, World

pytestmark = pytest.mark.django_db

HEAD = ["mã", "tên", "cấp trên", "cấp", "từ ngày"]


def person(client: Client, world: World, username: str) -> Client:
    client.force_login(world.accounts[username])
    return client


def csv(*rows: list[str]) -> SimpleUploadedFile:
    text = "\n".join(",".join(row) for row in [HEAD, *rows])
    return SimpleUploadedFile("cây.csv", text.encode(), "text/csv")


def xlsx(*rows: list[str]) -> SimpleUploadedFile:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD, *rows]):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("cây.xlsx", made.getvalue())


def bring_in(client: Client, file: SimpleUploadedFile, *, do: str = "import", below: str = "01") -> HttpResponse:
    return client.post("/units/import/", {"write_key": uuid.uuid4().hex, "file": file, "do": do, "below": below})


def row(code: str, parent: str = "01-BV", level: str = "co-so", day: str = "1-10-2015") -> list[str]:
    return [code, f"Đảng bộ xã {code}", parent, level, day]


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def said(response: HttpResponse) -> str:
    """The sentence of a refusal."""
    return text(response).partition('class="refusal-says">')[2].partition("<")[0]


def test_a_unit_shows_its_way_its_children_and_where_it_stood(client: Client, world: World, at):
    shown = text(person(client, world, "an").get("/units/01-CG/"))

    assert "Đảng bộ quận Cầu Giấy" in shown
    assert 'href="/units/01/"' in shown
    assert "2 đơn vị trực thuộc, 5 đơn vị bên dưới" in shown
    assert "Đảng bộ phường Dịch Vọng" in shown
    assert "Từ 1-10-2015" in shown


def test_a_units_page_costs_the_same_with_ten_and_with_a_thousand_units_below(client, world, at, queries):
    keeper = person(client, world, "an")
    keeper.get("/units/01-BV/")
    with queries(10):
        keeper.get("/units/01-BV/")
    services.bring_in(
        actor=world.an,
        below="01-BV",
        units=[NewUnit(code=f"X{n}", name=f"Xã {n}", level="co-so", from_day=FOUNDED) for n in range(1_000)],
        source="nhiều",
        today=date(2020, 8, 24),
        at=world.at,
    )
    keeper.get("/units/01-BV/")
    with queries(10):
        shown = text(keeper.get("/units/01-BV/"))
    assert "1.000 đơn vị trực thuộc" in shown
    assert "Trang 1/10" in shown
    assert "Xã 999" in text(keeper.get("/units/01-BV/?page=10"))


@pytest.mark.parametrize("page", ["0", "-1", "²", "x", "999999", "9" * 30])
def test_a_page_number_that_is_none_harms_nothing(client, world, at, page):
    assert person(client, world, "an").get(f"/units/01/?page={page}").status_code == 200


@pytest.mark.parametrize("code", ["40-ND", "TW", "không-có"])
def test_a_unit_of_others_and_one_that_is_not_there_are_the_same_answer(client, world, at, code):
    response = person(client, world, "binh").get(f"/units/{code}/")

    assert response.status_code == 404
    assert said(response) == said(client.get("/units/xyz/"))


def test_search_finds_with_or_without_marks_and_only_what_one_may_see(client, world, at, queries):
    reader = person(client, world, "an")
    with queries(4):
        found = text(reader.get("/units/", {"q": "cau giay"}))
    assert "Đảng bộ quận Cầu Giấy" in found
    assert "Đảng bộ quận Cầu Giấy" not in text(person(client, world, "hoa").get("/units/", {"q": "cầu giấy"}))


def test_without_words_one_comes_to_the_widest_unit_one_reaches(client, world, at):
    assert person(client, world, "lan").get("/units/").headers["Location"] == "/units/01-CG/"


@pytest.mark.parametrize("make", [csv, xlsx])
def test_a_file_brings_units_in(client, world, at, make):
    response = bring_in(person(client, world, "binh"), make(row("BV-1"), row("BV-1-1", "BV-1", "chi-bo")))

    assert response.headers["Location"] == "/units/01/"
    assert "Đã nhập 2 đơn vị." in text(client.get("/units/01/"))
    assert "Đảng bộ xã BV-1" in text(client.get("/units/01-BV/"))


@pytest.mark.parametrize("make", [csv, xlsx])
def test_a_dry_run_tells_what_would_come_in_and_changes_nothing(client, world, at, make):
    before = Unit.objects.count(), head()

    response = bring_in(person(client, world, "binh"), make(row("BV-1"), row("BV-1-1", "BV-1", "chi-bo")), do="dry")

    assert response.status_code == 200
    assert "2 đơn vị sẵn sàng nhập từ cây." in text(response)
    assert (Unit.objects.count(), head()) == before


@pytest.mark.parametrize("do", ["dry", "import"])
@pytest.mark.parametrize("make", [csv, xlsx])
def test_every_fault_is_told_with_its_line_and_nothing_changes(client, world, at, make, do):
    before = Unit.objects.count(), head()
    file = make(row("BV-1"), row("BV-2", "không-có"), row("BV-3", "40-ND"), row("BV-4", day="32-13-2020"), row("TW"))

    response = bring_in(person(client, world, "binh"), file, do=do)

    told = text(response)
    assert response.status_code == 422
    for line in (3, 4, 5, 6):
        assert f"dòng {line}" in told
    assert "dòng 2<" not in told
    assert "chưa nhập gì" in told
    assert (Unit.objects.count(), head()) == before


def test_a_place_that_is_not_kept_is_refused_and_stays_in_the_box(client, world, at):
    response = bring_in(person(client, world, "binh"), csv(row("BV-1")), below="40")

    assert response.status_code == 422
    assert "Không có đơn vị mã «40»" in text(response)
    assert 'value="40"' in text(response)


def test_a_file_that_is_no_table_is_refused_by_name(client, world, at):
    response = bring_in(person(client, world, "binh"), SimpleUploadedFile("cây.xlsx", b"PK not really"))

    assert response.status_code == 422
    assert "cây.xlsx" in text(response)


def test_without_a_file_the_page_says_so(client, world, at):
    response = person(client, world, "binh").post("/units/import/", {"write_key": "k", "do": "dry"})

    assert response.status_code == 422
    assert "Chưa chọn tệp" in text(response)


@pytest.mark.parametrize("username", ["lan", "thu", "tuan"])
def test_who_keeps_no_tree_finds_no_import_page(client, world, at, username):
    assert person(client, world, username).get("/units/import/").status_code == 404
    assert bring_in(client, csv(row("BV-1"))).status_code == 404


def test_three_hundred_units_come_in_through_the_page(client, world, at):
    rows = [row(f"BV-{n}") for n in range(300)]

    bring_in(person(client, world, "binh"), csv(*rows))

    assert "300 đơn vị trực thuộc, 300 đơn vị bên dưới" in text(client.get("/units/01-BV/"))
    assert queries.tree_on(world.day).size(world.bavi.pk) == 301
