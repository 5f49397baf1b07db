"""The pages of tasks: what people see, and that a refusal keeps what they typed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from giaoban.apps.tasks import rules
from giaoban.apps.tasks.models import Task
from giaoban.apps.tasks.tests import scenes
from giaoban.apps.tasks.tests.scenes import BOXES, person, send

pytestmark = pytest.mark.django_db
LATE = date(2020, 8, 23)
EVERY_LIST = ("/tasks/", "/tasks/programme/", "/tasks/timeline/", "/tasks/changed/", "/tasks/load/")


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("username", ["an", "thu", "binh", "lan", "tuan"])
@pytest.mark.parametrize("address", EVERY_LIST)
def test_every_person_can_open_every_list(client: Client, world, at, username, address):
    scenes.handed_in(world, world.caugiay)

    assert person(client, world, username).get(address).status_code == 200


def test_a_task_walks_from_its_form_to_its_end_through_pages(client: Client, world, at):
    scenes.lists(world)
    binh = person(client, world, "binh")
    answer = send(binh, "/tasks/new/", **BOXES)
    task = Task.objects.get()
    assert answer.url == f"/tasks/{task.pk}/"
    assert "hết tháng 9/2020" in text(binh.get(answer.url))

    lan = person(client, world, "lan")
    send(lan, f"/tasks/{task.pk}/take/", officer=world.accounts["lan"].pk)
    send(lan, f"/tasks/{task.pk}/note/", words="Đã lấy ý kiến.", percent="40")
    paper = SimpleUploadedFile("du thao.pdf", b"%PDF-1.4", content_type="application/pdf")
    send(lan, f"/tasks/{task.pk}/hand-in/", product="", file=paper)
    assert "du thao.pdf" in text(lan.get(f"/tasks/{task.pk}/"))

    binh = person(client, world, "binh")
    send(binh, f"/tasks/{task.pk}/accept/", revision=Task.objects.get().revision)
    send(binh, f"/tasks/{task.pk}/close/")

    task.refresh_from_db()
    assert task.state == "closed"
    assert task.officer_name == "Tạ Ngọc Lan"


def test_the_list_says_who_assigned_how_many_and_how_each_stands(client: Client, world, at):
    for topic in ("nhan-su", "nhan-su", ""):
        scenes.taken(world, world.caugiay, assigner="bct", topic=topic, days_ago=30, due=rules.Deadline(LATE))

    page = text(person(client, world, "binh").get("/tasks/"))

    assert "Bộ Chính trị giao 3 nội dung, trong đó 2 nội dung về công tác nhân sự" in page
    assert "quá 1 ngày" in page
    assert "đình trệ, 30 ngày không có ghi nhận" in page


def test_a_refused_assignment_still_holds_what_was_typed_and_tells_each_box(client: Client, world, at):
    scenes.lists(world)
    binh = person(client, world, "binh")

    answer = send(binh, "/tasks/new/", **BOXES | {"lead": "Quận không có", "due": "hôm nào", "assigner": ""})

    page = text(answer)
    assert answer.status_code == 422
    assert "Dự thảo hướng dẫn tổng kết nhiệm kỳ" in page
    assert "Không có đơn vị «Quận không có»" in page
    assert "«hôm nào» chưa đọc được thành thời hạn" in page
    assert "Chưa chọn cơ quan giao" in page
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ({"lead": ""}, "Nhiệm vụ chưa có đơn vị chủ trì"),
        ({"due": ""}, "Nhiệm vụ chưa có thời hạn"),
        ({"due": "23-8-2020"}, "Thời hạn 23-8-2020 đã qua"),
        ({"weight": "9"}, "từ 1 đến 5"),
        ({"coordinating": "Đống Đa, Nơi nào"}, "Không có đơn vị «Nơi nào»"),
        ({"source_day": "31-2-2020"}, "Không có ngày"),
    ],
)
def test_what_an_assignment_lacks_is_told_in_one_sentence(client: Client, world, at, instead, says):
    scenes.lists(world)

    answer = send(person(client, world, "binh"), "/tasks/new/", **BOXES | instead)

    assert answer.status_code == 422
    assert says in text(answer)


def test_units_are_found_by_name_short_name_and_code_and_officers_by_name(client: Client, world, at):
    scenes.lists(world)
    typed = BOXES | {"lead": "01-cg", "officer": "tạ ngọc lan", "coordinating": "Đảng bộ quận Đống Đa; Ba Vì"}
    send(person(client, world, "binh"), "/tasks/new/", **typed)

    task = Task.objects.get()
    assert (task.lead_unit, task.officer, task.post) == (
        world.caugiay,
        world.accounts["lan"],
        "Phó Trưởng ban Tổ chức",
    )
    assert task.coordinating.count() == 2


def test_a_refused_verb_stands_at_its_form_with_what_was_typed(client: Client, world, at):
    task = scenes.taken(world, world.dongda)
    dung = person(client, world, "dung")

    answer = send(dung, f"/tasks/{task.pk}/note/", words="Đã họp hai lần", percent="nhiều")
    assert answer.status_code == 422
    assert "Đã họp hai lần" in text(answer)
    assert "«nhiều» không phải là mức hoàn thành" in text(answer)

    answer = send(dung, f"/tasks/{task.pk}/hand-in/", product="")
    assert "Chưa có kết quả để nộp" in text(answer)
    answer = send(dung, f"/tasks/{task.pk}/ask/", due="10-9-2020", reason="Chờ số liệu")
    assert "không muộn hơn hạn đang có" in text(answer)
    assert "Chờ số liệu" in text(answer)


def test_a_part_is_given_from_the_page_of_its_whole(client: Client, world, at):
    whole = scenes.taken(world, world.caugiay)
    lan = person(client, world, "lan")
    assert "Cầu Giấy" in text(lan.get(f"/tasks/{whole.pk}/part/"))

    answer = send(lan, f"/tasks/{whole.pk}/part/", **BOXES | {"lead": "Dịch Vọng", "due": "1-9-2020", "assigner": ""})

    assert answer.url == f"/tasks/{whole.pk}/"
    assert "0/1" in text(lan.get(answer.url))


def test_a_report_shows_what_it_must_account_for(client: Client, world, at):
    scenes.taken(world, world.caugiay, title="Rà soát quy hoạch", days_ago=10)
    report = world.report(world.caugiay)
    lan = person(client, world, "lan")

    assert f'hx-get="/tasks/of-report/{report.pk}/"' in text(lan.get(f"/reports/{report.pk}/"))
    panel = text(lan.get(f"/tasks/of-report/{report.pk}/", headers={"HX-Request": "true"}))
    assert "Rà soát quy hoạch" in panel
    assert "<html" not in panel
    assert "<html" in text(lan.get(f"/tasks/of-report/{report.pk}/"))


def test_the_desk_shows_what_is_in_hand(client: Client, world, at):
    scenes.taken(world, world.caugiay, title="Rà soát quy hoạch")
    lan = person(client, world, "lan")

    assert 'hx-get="/tasks/mine/"' in text(lan.get("/"))
    panel = text(lan.get("/tasks/mine/", headers={"HX-Request": "true"}))
    assert "Rà soát quy hoạch" in panel
    assert "<html" not in panel
    assert "<html" in text(lan.get("/tasks/mine/"))


def test_a_note_file_is_saved_never_shown_in_place(client: Client, world, at):
    task = scenes.taken(world, world.dongda)
    dung = person(client, world, "dung")
    script = SimpleUploadedFile("trang.html", b"<script>", content_type="text/html")
    send(dung, f"/tasks/{task.pk}/note/", words="", file=script)

    answer = dung.get(f"/tasks/notes/{task.notes.get().pk}/file/")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_a_keeper_adds_a_body_and_is_told_when_it_is_there_already(client: Client, world, at):
    scenes.lists(world)
    an = person(client, world, "an")
    send(an, "/tasks/lists/", list="topic", name="công tác dân vận")

    answer = send(an, "/tasks/lists/", list="topic", name="Công tác dân vận")
    assert answer.status_code == 409
    assert "Danh mục đã có «Công tác dân vận»" in text(answer)


@pytest.mark.parametrize(
    "address",
    [
        "/tasks/?scope=x&standing=y&state=z&unit=%00&page=-1&q=%27%22&period=2020-99",
        "/tasks/programme/?period=khong-co",
        "/tasks/programme/?period=1899-12",
        "/tasks/timeline/?page=999999999999999999",
        "/tasks/changed/?since=31-2-2020",
        "/tasks/changed/?since=1-1-0001",
        "/tasks/load/?unit=%C3%28",
        "/tasks/?assigner=bct&topic=nhan-su&kind=scheme&state=ongoing&q=van+kien",
    ],
)
def test_a_strange_address_is_answered_all_the_same(client: Client, world, at, address):
    scenes.taken(world, world.caugiay)

    assert person(client, world, "binh").get(address).status_code == 200


@pytest.mark.parametrize("count", [10, 1_000])
def test_pages_cost_the_same_at_ten_and_at_a_thousand(client: Client, world, at, queries, count):
    first = scenes.many(world, count, leads=(world.caugiay, world.dongda, world.bavi))[0]
    binh = person(client, world, "binh")
    for address, most in (
        ("/tasks/", 16),
        ("/tasks/programme/?period=2020-09", 15),
        ("/tasks/timeline/", 16),
        ("/tasks/changed/", 6),
        ("/tasks/load/", 6),
        ("/tasks/new/", 7),
        (f"/tasks/{first.pk}/", 18),
    ):
        with queries(most):
            assert binh.get(address).status_code == 200
