"""The same write sent twice is done once and answered twice."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from giaoban.base.api.models import Receipt
from giaoban.base.api.tests.addresses import StoredFile
from giaoban.base.ledger.guards import writing
from giaoban.base.ledger.work import head

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("giaoban.base.api.tests.addresses"),
    pytest.mark.usefixtures("at"),
]
JSON = {"Accept": "application/json"}


@pytest.fixture
def sign_in(db):
    def signed_in(username="lan"):
        with writing():
            account, _ = get_user_model().objects.get_or_create(username=username, defaults={"name": username})
        client = Client(headers=JSON)
        client.force_login(account)
        return client

    return signed_in


@pytest.fixture
def lan(sign_in):
    return sign_in()


def names():
    return list(StoredFile.objects.order_by("id").values_list("sha256", flat=True))


def send(client, key, address="/store/", **data):
    return client.post(address, data, headers={"Idempotency-Key": key})


def test_a_repeated_key_is_answered_again_and_done_once(lan):
    first = send(lan, "k1", name="a")
    second = send(lan, "k1", name="a")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content == b"stored a"
    assert "Idempotent-Replay" not in first
    assert second["Idempotent-Replay"] == "true"
    assert (names(), head()) == (["a"], 1)


def test_a_form_carries_its_key_in_a_field(lan):
    for _ in range(2):
        assert lan.post("/store/", {"name": "a", "write_key": "k1"}).status_code == 201

    assert names() == ["a"]


def test_a_repeated_upload_is_sent_to_the_same_address(lan):
    def sent():
        return send(lan, "k1", "/upload/", file=SimpleUploadedFile("a.txt", b"one"))

    assert sent()["Location"] == sent()["Location"] == f"/files/{StoredFile.objects.get().pk}/"


def test_the_same_key_for_another_content_is_refused(lan):
    send(lan, "k1", name="a")

    assert send(lan, "k1", name="b").status_code == 409
    assert names() == ["a"]


def test_the_same_key_for_another_file_of_the_same_name_and_size_is_refused(lan):
    send(lan, "k1", "/upload/", file=SimpleUploadedFile("a.txt", b"one"))

    assert send(lan, "k1", "/upload/", file=SimpleUploadedFile("a.txt", b"two")).status_code == 409
    assert names() == ["one"]


def test_the_same_key_at_another_address_is_refused(lan):
    send(lan, "k1", name="a")

    assert send(lan, "k1", "/store/?again=1", name="a").status_code == 409


def test_keys_of_two_people_never_meet(lan, sign_in):
    send(lan, "k1", name="a")

    assert send(sign_in("minh"), "k1", name="b").status_code == 201
    assert names() == ["a", "b"]


@pytest.mark.parametrize("key", ["", "k" * 81])
def test_a_write_without_a_usable_key_is_refused(lan, key):
    answer = send(lan, key, name="a")

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert names() == []


def test_a_refused_write_leaves_nothing_and_its_key_may_be_used_again(lan):
    refused = send(lan, "k1", "/too_late/")

    assert (refused.status_code, refused.json()["title"]) == (409, "Kho đã đầy; hãy xóa bớt tệp cũ.")
    assert (names(), head(), Receipt.objects.count()) == ([], 0, 0)
    assert send(lan, "k1", name="a").status_code == 201


@pytest.mark.parametrize("address", ["/answered_no/", "/broken/"])
def test_a_write_that_does_not_succeed_leaves_nothing(lan, address):
    lan.raise_request_exception = False

    assert send(lan, "k1", address).status_code >= 400
    assert (names(), head(), Receipt.objects.count()) == ([], 0, 0)


def test_a_program_sends_json_under_the_same_rule(lan):
    def sent(body):
        return lan.post("/store/", body, content_type="application/json", headers={"Idempotency-Key": "k1"})

    assert [sent("1").status_code, sent("1").status_code, sent("2").status_code] == [201, 201, 409]


def test_the_same_key_sent_at_the_same_moment_is_done_once(sign_in):
    clients = [sign_in() for _ in range(4)]
    start, answers = threading.Barrier(len(clients)), []

    def press(client):
        start.wait()
        try:
            answers.append(send(client, "k1", name="a"))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * len(clients)
    assert sum("Idempotent-Replay" in answer for answer in answers) == len(clients) - 1
    assert (names(), head()) == (["a"], 1)
