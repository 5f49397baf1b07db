"""The scene: somebody signed in, and proof that a refusal left everything as it was."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from giaoban.base.ledger.work import head
from giaoban.site.demo.small import World


@pytest.fixture
def signed_in(client: Client, world: World, at) -> Callable[[str], Client]:
    def sign_in(username: str) -> Client:
        client.force_login(world.accounts[username])
        return client

    return sign_in


def send(client: Client, address: str, *, key: str = "", **typed: object) -> HttpResponse:
    return client.post(address, {"write_key": key or uuid.uuid4().hex} | typed)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def standing() -> dict[str, int]:
    """How many rows every table of ours has, and the ledger's head."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("giaoban.")]
    return {model._meta.label: model.objects.count() for model in ours} | {"head": head()}


@contextmanager
def unchanged() -> Iterator[None]:
    before = standing()
    yield
    assert standing() == before
