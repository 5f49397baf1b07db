"""The pages of plans: drafting by verbs, faults at their change, before and after, carrying out, taking back."""

from __future__ import annotations

import io
import uuid
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from giaoban.apps.units import queries as unit_queries
from giaoban.apps.units import services
from giaoban.apps.units.models import Plan, Unit
from giaoban.apps.units.rules import NewUnit
from giaoban.apps.units.tests.test_pages import person, said, text
from giaoban.site.demo.small import FOUNDED

pytestmark = pytest.mark.django_db

DAY = date(2020, 9, 1)


def post(client: Client, address: str, **given) -> HttpResponse:
    return client.post(address, {"write_key": uuid.uuid4().hex, **given})


@pytest.fixture
def keeper(client, world, at):
    return person(client, world, "binh")


def drafted(client: Client, *changes: dict, day: str = "24-8-2020", unit: str = "01") -> str:
    answer = post(client, "/units/plans/new/", title="Sắp xếp quận", day=day, unit=unit, basis="NQ 1/2020")
    address = answer.headers["Location"]
    for change in changes:
        assert post(client, f"{address}add/", **change).status_code == 302
    return address


MERGE = {"kind": "merge", "code": "01-CG", "other": "01-DD"}


def test_a_plan_is_drafted_by_verbs_and_shows_the_tree_before_and_after(keeper):
    address = drafted(keeper, MERGE, {"kind": "rename", "code": "Đống Đa", "name": "Đảng bộ quận Đống Giấy"})

    shown = text(keeper.get(address))
    assert "hợp nhất vào Đống Đa" in shown
    assert "nhận Cầu Giấy" in shown
    assert "tên cũ: Đảng bộ quận Đống Đa" in shown
    assert "Từ ngày 24-8-2020 · dưới Hà Nội · 2 thay đổi" in shown
    assert "Thực hiện phương án" in shown
    before, after = shown.split('id="after"')
    assert "Đảng bộ phường Dịch Vọng" in before
    assert "từ Cầu Giấy" in after
    assert "1 đơn vị không đổi" in before


def test_a_fault_stands_at_its_change_and_the_plan_cannot_be_carried_out(keeper):
    address = drafted(keeper, MERGE, {"kind": "move", "code": "01-BV", "other": "01-CG"})

    shown = text(keeper.get(address))
    assert "cũng kết thúc trong phương án này" in shown
    assert "Thực hiện phương án" not in shown
    refused = post(keeper, f"{address}commit/", revision=Plan.objects.get().revision)
    assert refused.status_code == 409
    assert said(refused) == "Phương án còn 1 chỗ phải sửa nên chưa thực hiện; cây tổ chức chưa đổi gì."
    post(keeper, f"{address}changes/2/take-out/")
    assert "Thực hiện phương án" in text(keeper.get(address))


def test_a_plan_is_carried_out_and_taken_back_on_its_page(keeper, world):
    address = drafted(keeper, MERGE)

    done = post(keeper, f"{address}commit/", revision=Plan.objects.get().revision)
    assert done.headers["Location"] == address
    shown = text(keeper.get(address))
    assert "Đã thực hiện phương án" in shown
    assert "Hoàn tác" in shown
    assert "hợp nhất vào Đống Đa" in shown
    assert "Đống Đa" in text(keeper.get("/units/01-CG/"))
    assert "Không có trong cây tổ chức hôm nay" in text(keeper.get("/units/01-CG/"))
    post(keeper, f"{address}revert/")
    assert "Đã hoàn tác" in text(keeper.get(address))
    assert Unit.objects.get(code="01-CG").path == world.caugiay.path


def test_a_renamed_units_page_tells_what_it_was_called_until_when(keeper):
    address = drafted(keeper, {"kind": "rename", "code": "01-BV", "name": "Đảng bộ xã Ba Vì"})
    post(keeper, f"{address}commit/", revision=Plan.objects.get().revision)

    shown = text(keeper.get("/units/01-BV/"))
    assert "Đảng bộ xã Ba Vì" in shown
    assert "<strong>Đến 23-8-2020</strong> mang tên Đảng bộ huyện Ba Vì" in shown


def test_a_search_marks_units_that_have_ended_and_puts_them_last(keeper):
    address = drafted(keeper, MERGE)
    post(keeper, f"{address}commit/", revision=Plan.objects.get().revision)

    shown = text(keeper.get("/units/", {"q": "quận"}))
    assert 'Đảng bộ quận Cầu Giấy</a> <span class="small">đã kết thúc</span>' in shown
    assert shown.index("Đống Đa") < shown.index("Cầu Giấy")


def test_a_share_that_is_no_number_is_told_and_what_was_typed_stays(keeper):
    address = drafted(keeper)
    told = post(keeper, f"{address}add/", kind="transfer", code="01-CG", other="01-DD", share="một nửa")

    assert told.status_code == 422
    assert "một nửa" in said(told)
    assert 'value="01-CG"' in text(told)


@pytest.mark.parametrize(("given", "place"), [({"title": ""}, "fault-title"), ({"day": "32-1-2020"}, "fault-day")])
def test_a_head_that_cannot_be_is_told_at_its_box(keeper, given, place):
    told = post(keeper, "/units/plans/new/", **{"title": "Một", "day": "1-9-2020", "unit": "01", **given})
    assert told.status_code == 422
    assert f'id="{place}"' in text(told)
    assert not Plan.objects.exists()


def test_an_unknown_kind_of_change_is_a_fault_like_any_other(keeper):
    address = drafted(keeper, {"kind": "phép lạ", "code": "01-CG"})
    assert "không phải một loại thay đổi" in text(keeper.get(address))


def test_a_plans_page_costs_the_same_with_ten_and_with_a_thousand_units_changing(keeper, world, at, queries):
    for unit in (world.caugiay, world.bavi):
        services.bring_in(
            actor=world.an,
            below=unit.code,
            units=[
                NewUnit(code=f"{unit.code}X{n}", name=f"Xã {n}", level="co-so", from_day=FOUNDED)
                for n in range(3 if unit == world.bavi else 600)
            ],
            source="nhiều",
            today=date(2020, 8, 24),
            at=world.at,
        )
    few = drafted(keeper, {"kind": "merge", "code": "01-BV", "other": "01-DD"})
    many = drafted(keeper, MERGE)
    keeper.get(few)
    with queries(19):
        keeper.get(few)
    with queries(19):
        shown = text(keeper.get(many))
    assert "và 596 đơn vị đi cùng" in shown


def test_the_list_of_plans_says_what_each_waits_for(keeper, queries):
    address = drafted(keeper, MERGE, day="1-9-2020")
    post(keeper, f"{address}commit/", revision=Plan.objects.get().revision)
    keeper.get("/units/plans/")
    with queries(6):
        shown = text(keeper.get("/units/plans/"))
    assert "Sắp xếp quận" in shown
    assert "chờ đến ngày" in shown
    assert unit_queries.tree_on(date(2020, 8, 31)) != unit_queries.tree_on(DAY)


HEAD = ["Thay đổi", "Mã", "Đơn vị kia", "Cấp", "Tên mới", "Tỷ lệ", "Báo cáo đang dở"]


def xlsx(*rows: list) -> SimpleUploadedFile:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD, *rows]):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("phương án.xlsx", made.getvalue())


def test_a_plan_is_loaded_from_a_workbook_in_the_place_of_what_it_said(keeper):
    address = drafted(keeper, {"kind": "rename", "code": "01-BV", "name": "Đảng bộ Ba Vì"})
    rows = [
        ["Sáp nhập", "01-CG", "01-DD", "", "", "", "chốt"],
        ["Chuyển giao một phần", "01-DD", "01-BV", "", "", 12.5, ""],
        ["Thành lập", "01-MOI", "01", "tren-co-so", "Đảng bộ quận Mới", "", ""],
    ]

    assert post(keeper, f"{address}load/", file=xlsx(*rows)).status_code == 302

    shown = text(keeper.get(address))
    assert "3 thay đổi" in shown
    assert "giao một phần cho Ba Vì (12,5%)" in shown
    assert "chốt như đã nộp" in shown
    assert "Thực hiện phương án" in shown
    assert "đổi tên</th>" not in shown


def test_every_cell_that_cannot_be_read_is_named_by_row_and_column_and_nothing_is_loaded(keeper):
    address = drafted(keeper, MERGE)
    rows = [
        ["phép lạ", "01-CG", "01-DD", "", "", "", ""],
        ["hợp nhất", "01-CG", "01-DD", "", "", "một nửa", ""],
        ["hợp nhất", "01-CG", "01-DD", "", "", "", "vứt đi"],
    ]

    told = post(keeper, f"{address}load/", file=xlsx(*rows))

    assert told.status_code == 422
    for place in ("dòng 2, cột «thay đổi»", "dòng 3, cột «tỷ lệ»", "dòng 4, cột «báo cáo đang dở»"):
        assert place in text(told)
    assert "1 thay đổi" in text(keeper.get(address))


def test_what_does_not_fit_the_tree_is_told_at_its_line_and_column(keeper):
    address = drafted(keeper)
    rows = [["hợp nhất", "01-CG", "40-VI", "", "", "", ""], ["đổi cấp", "01-BV", "", "khong", "", "", ""]]
    post(keeper, f"{address}load/", file=xlsx(*rows))

    shown = text(keeper.get(address))
    assert "(dòng 2)" in shown
    assert "cột «đơn vị kia»: Không có đơn vị mã «40-VI»" in shown
    assert "cột «cấp»: Cấp «khong» không có trong hệ thống" in shown


def test_a_file_without_its_columns_is_told_which(keeper):
    address = drafted(keeper)
    told = post(keeper, f"{address}load/", file=SimpleUploadedFile("a.csv", b"x,y\n1,2\n"))
    assert "Thiếu cột «thay đổi»" in text(told)


def test_a_long_plan_shows_what_must_be_mended_first(keeper):
    address = drafted(keeper)
    rows = [["thành lập", f"01-N{n}", "01-BV", "co-so", f"Đảng bộ xã {n}", "", ""] for n in range(1, 400)]
    rows.append(["đổi tên", "KHONG-400", "", "", "Không", "", ""])
    post(keeper, f"{address}load/", file=xlsx(*rows))

    shown = text(keeper.get(address))
    assert "Không có đơn vị mã «KHONG-400»" in shown
    assert "Còn 100 thay đổi không nêu ở đây" in shown
