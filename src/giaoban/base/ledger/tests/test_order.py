"""Numbers become visible in the order of commits: who reads on from the last number never misses an entry."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, transaction

from giaoban.base import databases
from giaoban.base.ledger import work
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.tests.conftest import store
from giaoban.base.ledger.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, ROUNDS = 3, 15


class Writer(threading.Thread):
    """Stores files one by one on a connection of its own."""

    def __init__(self, name):
        super().__init__(name=name)
        self.trouble = None

    def run(self):
        try:
            for number in range(ROUNDS):
                store(f"{self.name}-{number}")
        except Exception as trouble:  # noqa: BLE001 - told to the test that waits for it
            self.trouble = trouble
        finally:
            connection.close()


def read_on_while(writers):
    """What a reader of `id > last` saw, in the order in which it saw it."""
    seen, last = [], 0
    is_over = False
    while not is_over:
        is_over = not any(writer.is_alive() for writer in writers)
        for number in Entry.objects.after(last).values_list("id", flat=True):
            seen.append(number)
            last = number
    return seen


def test_a_reader_that_goes_on_from_the_last_number_misses_nothing():
    writers = [Writer(f"w{number}") for number in range(WRITERS)]
    for writer in writers:
        writer.start()

    seen = read_on_while(writers)

    for writer in writers:
        writer.join()
        assert writer.trouble is None
    assert seen == list(range(1, WRITERS * ROUNDS + 1))
    assert verify().is_sound


def between_number_and_commit(first_has_number, second_may_end):
    """One writer that has its number and waits before it commits."""
    try:
        with transaction.atomic():
            store("slow")
            first_has_number.set()
            second_may_end.wait(timeout=2)
    finally:
        connection.close()


def overtaken(*, seconds):
    """Whether a second writer commits while the first still holds its number; the waiting one is let go after."""
    first_has_number, second_may_end, committed = threading.Event(), threading.Event(), threading.Event()
    slow = threading.Thread(target=between_number_and_commit, args=(first_has_number, second_may_end))

    def quick():
        try:
            with suppress(Exception):
                store("quick")
                committed.set()
        finally:
            connection.close()

    slow.start()
    assert first_has_number.wait(timeout=5)
    other = threading.Thread(target=quick)
    other.start()
    was_overtaken = committed.wait(timeout=seconds)
    second_may_end.set()
    slow.join()
    other.join()
    return was_overtaken


def test_no_entry_is_committed_while_an_earlier_number_is_still_open():
    assert overtaken(seconds=0.3) is False
    assert verify().is_sound
    assert work.head() == 2


def asked_alone(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer, and so needs no lock")
def test_without_the_lock_two_writers_take_the_same_number(monkeypatch):
    """What the lock is for: the test above fails without it."""
    monkeypatch.setattr(work, "last_of_ledger", asked_alone)

    overtaken(seconds=0.3)

    assert work.head() == 1, "one of the two entries was lost to the other's number"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer, and so needs no lock")
def test_the_lock_is_given_back_with_the_transaction():
    with transaction.atomic():
        assert databases.last_of_ledger("SELECT 7") == (7,)

    with connection.cursor() as cursor:  # of this session: other test processes take the lock in databases of their own
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (0,)
