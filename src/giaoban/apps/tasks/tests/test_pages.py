"""The pages of tasks: what people see, and that a refusal keeps what they typed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from giaoban.apps.tasks.models import Task
from giaoban.apps.tasks.tests import scenes
from giaoban.apps.tasks.tests.scenes import BOXES, person, send

pytestmark = pytest.mark.django_db
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
