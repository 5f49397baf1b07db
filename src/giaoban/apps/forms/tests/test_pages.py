"""The pages of forms: a refusal keeps what was typed, and nobody designs what they do not keep."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from giaoban.apps.forms.forms import data_of, sheet_of
from giaoban.apps.forms.models import Form, FormVersion, Round
from giaoban.apps.forms.tests.test_services import create, data, field, publish
from giaoban.base.ledger.work import head
from giaoban.core.formlang import FormSpec
from giaoban.site.demo.small import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client: Client, world: World, at) -> Client:
    client.force_login(world.accounts["binh"])
    return client


@pytest.fixture
def form(world: World) -> Form:
    return create(world)


def send(client: Client, address: str, **typed: object) -> HttpResponse:
    return client.post(address, {"write_key": uuid.uuid4().hex} | typed)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def boxes(*fields: dict, revision: int = 1, checks: tuple[tuple[str, str], ...] = (), **more: str) -> dict[str, str]:
    """What the designer's page sends for these fields."""
    typed = {"revision": str(revision), "title": "Biểu thử", "sections": ""}
    for at, one in enumerate(fields):
        typed |= {f"field-{at}-{name}": str(value) for name, value in {"kind": "whole", "minimum": "0", **one}.items()}
    for at, (expression, message) in enumerate(checks):
        typed |= {f"check-{at}-expression": expression, f"check-{at}-message": message}
    return typed | more


def labels(form: Form) -> list[str]:
    return [one.label for one in form.versions.order_by("-number")[0].spec.fields]


class TestTheList:
    def test_it_costs_the_same_with_two_and_with_fifty_forms(self, keeper, world, queries):
        keeper.get("/forms/")
        with queries(6):
            keeper.get("/forms/")
        for number in range(50):
            create(world, code=f"F-{number}")
        with queries(6):
            shown = text(keeper.get("/forms/"))
        assert "52 biểu mẫu" in shown

    def test_everyone_with_an_office_reads_forms_and_only_keepers_see_how_to_begin_one(self, client, world, at):
        client.force_login(world.accounts["tuan"])
        shown = text(client.get("/forms/"))
        assert "DH-TCS" in shown
        assert "/forms/new/" not in shown


class TestTheForm:
    def test_it_costs_the_same_with_one_and_with_many_rounds_and_exceptions(self, keeper, world, form, queries):
        keeper.get("/forms/DH-TCS/")
        with queries(11):
            assert keeper.get("/forms/DH-TCS/").status_code == 200

    def test_its_schedule_is_told_in_words(self, keeper, form):
        shown = text(keeper.get("/forms/THU/"))

        assert "17:00 ngày cuối kỳ" in shown
        assert "trước 10:00, 1 ngày làm việc sau mốc trên" in shown

    def test_a_form_that_is_not_there_is_not_found(self, keeper):
        assert keeper.get("/forms/khong-co/").status_code == 404

    def test_the_draft_tells_its_changes_before_it_is_published(self, keeper, world, form):
        publish(world, form)
        send(keeper, "/forms/THU/design/", **boxes({"code": "members", "label": "Đảng viên"}, revision=0))

        shown = text(keeper.get("/forms/THU/"))
        assert "đổi tên từ «Chỉ tiêu members» thành «Đảng viên»" in shown

    def test_publishing_twice_is_refused_in_one_sentence(self, keeper, form):
        assert send(keeper, "/forms/THU/publish/", number="1", revision="1").status_code == 302
        before = head()

        response = send(keeper, "/forms/THU/publish/", number="1", revision="1")

        assert response.status_code == 409
        assert "Phiên bản 1 của biểu mẫu THU đã ban hành" in text(response)
        assert head() == before

    @pytest.mark.parametrize("typed", ["2020-W35", "2020-13", "", "x" * 300])
    def test_a_wrong_period_stays_in_its_box(self, keeper, world, form, typed):
        publish(world, form)

        response = send(keeper, "/forms/THU/rounds/", period=typed)

        assert response.status_code == 422
        assert f'value="{typed}"' in text(response)
        assert not Round.objects.filter(form_version__form=form).exists()

    def test_a_round_opens(self, keeper, world, form):
        publish(world, form)
        send(keeper, "/forms/THU/rounds/", period="2020-08")
        assert "Tháng 8/2020" in text(keeper.get("/forms/THU/"))

    def test_duty_and_exceptions_are_laid_and_ended_on_the_page(self, keeper, form):
        send(keeper, "/forms/THU/duties/", level="co-so", from_day="1-8-2020")
        send(keeper, "/forms/THU/exceptions/", unit="01-CG-NT", owes="no", reason="đang sáp nhập", from_day="1-8-2020")
        duty, exception = form.duties.get(), form.exceptions.get()
        assert (duty.from_day, exception.owes) == (date(2020, 8, 1), False)

        send(keeper, f"/forms/THU/duties/{duty.pk}/end/", until_day="1-9-2020")
        send(keeper, f"/forms/THU/exceptions/{exception.pk}/end/", until_day="20-8-2020")

        shown = text(keeper.get("/forms/THU/"))
        assert "31-8-2020" in shown
        assert "19-8-2020" in shown

    def test_a_refused_exception_keeps_what_was_typed(self, keeper, form):
        response = send(
            keeper, "/forms/THU/exceptions/", unit="40-ND", owes="yes", reason="làm điểm", from_day="32-8-2020"
        )

        assert response.status_code == 422
        for typed in ('value="40-ND"', 'value="làm điểm"', 'value="32-8-2020"'):
            assert typed in text(response)
        assert not form.exceptions.exists()


class TestTheDesigner:
    def test_what_a_version_says_comes_back_from_its_boxes_unchanged(self):
        spec = FormSpec.parse(
            {
                "title": "Đủ loại",
                "sections": ["A"],
                "fields": [
                    field("a", minimum=None),
                    field("b", kind="decimal", places=2, minimum=150, section="A"),
                    field("c", measure="stock"),
                    field("d", kind="decimal", places=1, rollup="ratio", ratio={"num": "a", "den": "c", "times": 1000}),
                    field("e", kind="choice", choices=[{"code": "x", "label": "Một: hai"}]),
                    field("f", kind="whole", formula="a + c", rollup="max", minimum=-5),
                    field("g", kind="yesno", part="num", aliases=["một", "hai"], required=True, hint="Gợi ý"),
                ],
                "checks": [{"expression": "a <= c", "message": "Sai.", "level": "warn"}],
            }
        )

        assert FormSpec.parse(data_of(sheet_of(spec))) == spec

    def test_a_draft_is_saved(self, keeper, form):
        response = send(
            keeper,
            "/forms/THU/design/",
            **boxes({"code": "a", "label": "Một"}, {"code": "b", "label": "Hai"}),
            leave="1",
        )

        assert response.headers["Location"] == "/forms/THU/"
        assert labels(form) == ["Một", "Hai"]

    def test_a_refused_draft_keeps_everything_and_tells_each_fault_at_its_row(self, keeper, form):
        before = FormVersion.objects.get(form=form).revision, head()
        typed = boxes(
            {"code": "Sai Mã", "label": "Một", "hint": "Đếm đến 17 giờ"},
            {"code": "b", "label": "Hai", "formula": "c + 1"},
            {"code": "", "label": "Không mã"},
            checks=(("b <", "Chưa xong"),),
        )

        response = send(keeper, "/forms/THU/design/", **typed)

        shown = text(response)
        assert response.status_code == 422
        for kept in ("Sai Mã", "Một", "Đếm đến 17 giờ", "c + 1", "Không mã", "b &lt;", "Chưa xong"):
            assert f'value="{kept}"' in shown
        rows = shown.split('<li class="design-row')
        assert "phải viết thường" in rows[1]
        assert "không có chỉ tiêu «c»" in rows[2]
        assert "Thiếu thuộc tính «code»" in rows[3]
        assert "dừng giữa chừng" in shown.partition('id="check-0"')[2]
        form.versions.get().refresh_from_db()
        assert (form.versions.get().revision, head()) == before

    def test_a_code_used_twice_is_told_at_both_rows(self, keeper, form):
        response = send(
            keeper, "/forms/THU/design/", **boxes({"code": "a", "label": "Một"}, {"code": "a", "label": "Hai"})
        )

        rows = text(response).split('<li class="design-row')
        assert all("Mã «a» dùng cho 2 chỉ tiêu." in row for row in rows[1:3])

    def test_a_circular_formula_names_the_ring(self, keeper, form):
        ring = ({"code": "a", "label": "Một", "formula": "b"}, {"code": "b", "label": "Hai", "formula": "a"})
        response = send(keeper, "/forms/THU/design/", **boxes(*ring))

        assert response.status_code == 422
        assert "Công thức vòng quanh: a → b → a." in text(response)

    def test_who_saves_second_loses_nothing_that_was_typed(self, keeper, form):
        send(keeper, "/forms/THU/design/", **boxes({"code": "a", "label": "Của tôi"}))

        response = send(keeper, "/forms/THU/design/", **boxes({"code": "a", "label": "Của bạn"}))

        assert response.status_code == 409
        assert "vừa được người khác sửa" in text(response)
        assert 'value="Của bạn"' in text(response)
        assert labels(form) == ["Của tôi"]

    @pytest.mark.parametrize(
        ("asked", "order"),
        [
            ({"move": "up-1"}, ["b", "a", "c"]),
            ({"move": "down-1"}, ["a", "c", "b"]),
            ({"move": "up-0"}, ["a", "b", "c"]),
            ({"move": "sideways-1"}, ["a", "b", "c"]),
            ({"more": "1", "field-2-order": "1"}, ["c", "a", "b"]),
            ({"more": "1", "field-0-order": "3"}, ["b", "c", "a"]),
            ({"more": "1", "field-1-remove": "on"}, ["a", "c"]),
        ],
    )
    def test_rows_move_and_nothing_is_saved(self, keeper, form, asked, order):
        before = head()
        rows = [{"code": code, "label": f"Chỉ tiêu {code}", "order": at} for at, code in enumerate("abc", start=1)]

        shown = text(send(keeper, "/forms/THU/design/", **(boxes(*rows) | asked)))

        places = sorted(order, key=lambda code: shown.index(f'value="{code}"'))
        assert places == order
        assert 'data-saved="unsaved"' in shown
        assert head() == before

    def test_a_preview_shows_the_form_and_what_changes_and_saves_nothing(self, keeper, world, form):
        publish(world, form)
        before = head()
        rows = ({"code": "members", "label": "Chỉ tiêu members"}, {"code": "women", "label": "Đảng viên nữ"})

        shown = text(send(keeper, "/forms/THU/design/", **boxes(*rows, revision=0), preview="1"))

        assert "Người nộp sẽ thấy" in shown
        assert 'id="preview-women"' in shown
        assert "Thêm chỉ tiêu «Đảng viên nữ» (women)." in shown
        assert head() == before

    @pytest.mark.parametrize("who", ["lan", "hoa", "thu"])
    @pytest.mark.parametrize("address", ["/forms/THU/design/", "/forms/THU/schedule/", "/forms/new/"])
    def test_who_does_not_keep_finds_nothing(self, client, world, at, form, who, address):
        if address == "/forms/new/" and who == "an":
            return
        client.force_login(world.accounts[who])
        assert client.get(address).status_code == 404

    def test_posting_to_a_form_one_does_not_keep_is_not_found(self, client, world, at, form):
        client.force_login(world.accounts["hoa"])
        for part in ("design/", "publish/", "rounds/", "duties/", "exceptions/", "schedule/", "duties/1/end/"):
            assert send(client, f"/forms/THU/{part}", period="2020-08", number="1").status_code == 404


class TestSettingUp:
    HEAD = {"code": "MOI", "name": "Biểu mới", "owner": "01", "period_kind": "month", "calendar": "calendar"}
    STEPS = {
        "cut-off-days": "0",
        "cut-off-at": "17:00",
        "step-co-so-days": "1",
        "step-co-so-at": "10:00",
        "step-co-so-owes": "on",
        "step-tren-co-so-days": "1",
        "step-tren-co-so-at": "16:00",
        "from_day": "1-8-2020",
    }

    def test_a_form_is_begun_with_its_schedule_and_who_owes_it(self, keeper):
        response = send(keeper, "/forms/new/", **self.HEAD, **self.STEPS)

        assert response.headers["Location"] == "/forms/MOI/design/"
        form = Form.objects.get(code="MOI")
        assert [step["level"] for step in form.schedule["steps"]] == ["co-so", "tren-co-so"]
        assert [(duty.level.code, duty.from_day) for duty in form.duties.all()] == [("co-so", date(2020, 8, 1))]
        assert keeper.get("/forms/MOI/").status_code == keeper.get("/forms/MOI/design/").status_code == 200

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"code": "có dấu"}, "Mã biểu mẫu chỉ gồm"),
            ({"code": "new"}, "đã dành cho hệ thống"),
            ({"code": "DH-TCS"}, "đã có; hãy đặt mã khác"),
            ({"name": ""}, "chưa có tên"),
            ({"owner": "40"}, "Không có đơn vị mã «40»"),
            ({"period_kind": "week", "calendar": "15-14"}, "Lịch 15-14 không có kỳ «tuần»"),
            ({"calendar": "15-14", "step-co-so-days": "0", "step-co-so-at": "18:00"}, "ít nhất 1 ngày làm việc"),
            ({"step-co-so-days": "nhiều"}, "«nhiều» không phải số ngày"),
            ({"step-co-so-days": "400"}, "phải nằm trong khoảng"),
            ({"step-co-so-at": "25:00"}, "«25:00» không phải giờ"),
            ({"step-co-so-days": ""}, "cần cả số ngày làm việc và giờ nộp"),
            ({"step-tren-co-so-days": "0", "step-tren-co-so-at": "09:00"}, "không sau mốc trước nó"),
            ({"from_day": "32-8-2020"}, "32-8-2020"),
        ],
    )
    def test_what_is_wrong_is_told_and_everything_typed_stays(self, keeper, wrong, says):
        before = Form.objects.count(), head()
        typed = self.HEAD | self.STEPS | wrong

        response = send(keeper, "/forms/new/", **typed)

        shown = text(response)
        assert response.status_code in {409, 422}
        assert says in shown
        for box in ("code", "name", "owner", "cut-off-at", "step-co-so-days", "step-tren-co-so-at"):
            assert f'value="{typed[box]}"' in shown
        assert (Form.objects.count(), head()) == before

    def test_the_schedule_changes_on_its_page(self, keeper, form):
        assert 'value="10:00"' in text(keeper.get("/forms/THU/schedule/"))
        send(keeper, "/forms/THU/schedule/", **(self.STEPS | {"step-co-so-days": "3"}))
        assert "trước 10:00, 3 ngày làm việc" in text(keeper.get("/forms/THU/"))

    def test_a_refused_schedule_keeps_its_boxes(self, keeper, form):
        response = send(keeper, "/forms/THU/schedule/", **(self.STEPS | {"step-co-so-at": "10h"}))
        assert response.status_code == 422
        assert 'value="10h"' in text(response)


def test_a_form_without_fields_can_be_opened_and_designed(keeper, world):
    create(world, code="RONG", data=None)
    assert keeper.get("/forms/RONG/").status_code == 200
    assert data()
    assert keeper.get("/forms/RONG/design/").status_code == 200
