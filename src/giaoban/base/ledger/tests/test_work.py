"""One verb, one transaction, at least one entry."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from giaoban.base.databases import ReadOnly
from giaoban.base.ledger import work
from giaoban.base.ledger.facts import NotAFact
from giaoban.base.ledger.models import GENESIS, Entry
from giaoban.base.ledger.tests.conftest import AT, LAN, StoredFile, row, store
from giaoban.base.ledger.work import NoService, NothingRecorded, record, service
from giaoban.core.refusal import Refusal

pytestmark = pytest.mark.django_db


def test_entries_are_numbered_from_one_without_a_gap_and_each_seals_the_one_before():
    for name in "abc":
        store(name)

    entries = list(Entry.objects.order_by("id"))
    assert [entry.id for entry in entries] == [1, 2, 3]
    previous = GENESIS
    for entry in entries:
        assert entry.hash == entry.sealed(previous)
        previous = entry.hash


def test_an_entry_tells_who_did_what_to_which_row_where_and_with_which_facts():
    stored = store("a", pages=3, changes={"members": (None, 12)})

    entry = Entry.objects.get()
    assert (entry.actor, entry.actor_name, entry.verb, entry.at) == ("person:7", "Lan", "files.stored", AT)
    assert (entry.subject_kind, entry.subject_id, entry.place) == ("attachments.storedfile", stored.pk, "/1/")
    assert entry.facts == {"pages": 3, "changes": {"members": [None, 12]}}


@pytest.mark.parametrize(
    "write",
    [
        lambda: row("new"),
        lambda: StoredFile.objects.bulk_create([StoredFile(sha256="new", size=1, media_type="", stored_at=AT)]),
        lambda: StoredFile.objects.update(size=2),
        lambda: StoredFile.objects.all().delete(),
    ],
    ids=["create", "bulk_create", "update", "delete"],
)
def test_a_service_that_writes_and_tells_nobody_is_rolled_back(write, stored):
    store("a")

    with pytest.raises(NothingRecorded):
        service(write)()

    assert stored() == ["a"]
    assert StoredFile.objects.get().size == 1


def test_a_service_that_changes_no_row_needs_no_entry():
    service(lambda: StoredFile.objects.filter(sha256="nobody").update(size=2))()

    assert work.head() == 0


def test_a_refused_service_leaves_neither_row_nor_entry(stored):
    @service
    def refused():
        store("a")
        raise Refusal()

    with pytest.raises(Refusal):
        refused()

    assert (stored(), work.head()) == ([], 0)


def test_where_the_database_may_only_be_read_a_service_says_so_and_names_it(stored):
    store("a")

    with pytest.raises(ReadOnly) as refused, only_read():
        store("b")

    assert str(connection.settings_dict["NAME"]) in str(refused.value)
    assert stored() == ["a"]
    assert work.head() == 1


@contextmanager
def only_read():
    """The database as one that applies the log of another would be."""
    is_many = connection.vendor == "postgresql"
    try:
        with transaction.atomic(), connection.cursor() as cursor:  # PostgreSQL forgets it with the transaction
            cursor.execute("SET TRANSACTION READ ONLY" if is_many else "PRAGMA query_only = 1")
            yield
    finally:
        if not is_many:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only = 0")


def test_a_service_called_by_another_shares_its_transaction_and_keeps_the_order_of_what_happened():
    @service
    def conclude():
        store("first")
        record(actor=LAN, verb="briefings.concluded", on=StoredFile.objects.get(), at=AT)
        store("second")

    conclude()

    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "files.stored",
        "briefings.concluded",
        "files.stored",
    ]


def test_a_refused_part_leaves_nothing_although_the_whole_goes_on(stored):
    @service
    def part():
        store("lost")
        raise Refusal()

    @service
    def whole():
        store("kept")
        with pytest.raises(Refusal):
            part()

    whole()

    assert stored() == ["kept"]
    assert work.head() == 1


def test_a_part_that_was_refused_does_not_count_as_written(stored):
    @service
    def part():
        row("lost")
        raise Refusal()

    @service
    def whole():
        with pytest.raises(Refusal):
            part()

    whole()

    assert (stored(), work.head()) == ([], 0)


def test_numbers_go_on_within_one_transaction_of_the_caller():
    with transaction.atomic():
        store("a")
        store("b")

    assert list(Entry.objects.order_by("id").values_list("id", flat=True)) == [1, 2]


def test_an_entry_outside_a_service_is_refused():
    with pytest.raises(NoService):
        record(actor=LAN, verb="files.stored", on=StoredFile(pk=1), at=AT)


@pytest.mark.parametrize("fact", [0.1, AT, {1: "one"}, "a\0b", "\ud800", [{"deep": 1.0}]], ids=repr)
def test_what_would_come_back_different_is_no_fact_and_nothing_is_written(fact, stored):
    with pytest.raises(NotAFact):
        store("a", fact=fact)

    assert stored() == []


def test_facts_are_taken_as_they_were_when_it_happened():
    @service
    def fill():
        figures = {"members": 1}
        record(actor=LAN, verb="reports.filled", on=row("a"), at=AT, figures=figures)
        figures["members"] = 2

    fill()

    assert Entry.objects.get().facts == {"figures": {"members": 1}}
