"""The pages of reports: what people see, what a refusal keeps, and what a page costs."""

from __future__ import annotations

import uuid
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from giaoban.site.demo.small import World

pytestmark = pytest.mark.django_db


def person(client: Client, world: World, username: str) -> Client:
    client.force_login(world.accounts[username])
    return client


def send(client: Client, address: str, **data: object) -> HttpResponse:
    return client.post(address, {"write_key": uuid.uuid4().hex} | data)


def boxes(**typed: str) -> dict[str, str]:
    return {f"f-{code}": text for code, text in typed.items()}


@pytest.mark.parametrize("username", ["an", "thu", "binh", "lan", "dung", "tuan"])
@pytest.mark.parametrize("address", ["/", "/reports/", "/review/", "/owing/"])
def test_every_person_can_open_every_list(client: Client, world: World, at: datetime, username: str, address: str):
    world.submitted(world.caugiay)
    world.submitted(world.dongda)

    assert person(client, world, username).get(address).status_code == 200
