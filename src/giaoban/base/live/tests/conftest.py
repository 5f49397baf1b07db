"""What the tests of streams share: an account that listens, and things that happen."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from giaoban.apps.people import services
from giaoban.base.access import Actor
from giaoban.base.ledger.tests.conftest import store


def _from_any_thread() -> None:
    if threading.current_thread() is not threading.main_thread():
        connection.close()


@pytest.fixture
def actor(at) -> Actor:
    return Actor(kind="job", id=0, name="Khởi tạo", day=at.date())


@pytest.fixture
def grow(actor: Actor, at) -> Callable[[str], None]:
    """Something happens: the ledger grows by one, from whatever thread."""

    def happen(name: str) -> None:
        services.open_account(actor=actor, username=name, name=name, post="", password="", at=at)
        _from_any_thread()

    return happen


@pytest.fixture
def say() -> Callable[[str, str], None]:
    """Something is said in a room: one entry with the room among its facts, from whatever thread."""

    def happen(room: str, words: str) -> None:
        store(words, room=room, words=words)
        _from_any_thread()

    return happen


@pytest.fixture
def cookie(client: Client, actor: Actor, at) -> str:
    account = services.open_account(actor=actor, username="lan", name="Lan", post="", password="", at=at)
    client.force_login(account)
    return f"sessionid={client.cookies['sessionid'].value}"
