"""The chain names the first entry that is not what was sealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from giaoban.base.ledger.guards import writing
from giaoban.base.ledger.models import GENESIS, Entry
from giaoban.base.ledger.tests.conftest import store
from giaoban.base.ledger.verify import Break, verify
from giaoban.base.ledger.work import service


@pytest.fixture
def five(db):
    for name in "abcde":
        store(name, note=name)


@pytest.mark.django_db
def test_an_empty_ledger_is_sound():
    verdict = verify()

    assert (verdict.is_sound, verdict.entries, verdict.hash) == (True, 0, GENESIS)


def test_an_untouched_ledger_is_sound_and_its_head_can_be_kept_elsewhere(five):
    walked = []

    verdict = verify(walked.append)

    assert (verdict.is_sound, verdict.entries, verdict.head) == (True, 5, 5)
    assert verdict.hash == Entry.objects.get(id=5).hash
    assert walked[-1] == 5


@pytest.mark.parametrize(
    "spoil",
    [
        {"facts": {"note": "x"}},
        {"actor": "person:8"},
        {"actor_name": "Người khác"},
        {"verb": "files.removed"},
        {"place": "/2/"},
        {"subject_id": 99},
        {"hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_was_changed_afterwards_is_named(five, spoil):
    with writing():
        Entry.objects.filter(id=3).update(**spoil)

    verdict = verify()

    assert (verdict.broken, verdict.how, verdict.head) == (3, Break.CHANGED, 2)


def test_a_removed_entry_is_named(five):
    with writing():
        Entry.objects.filter(id=2).delete()

    assert (verify().broken, verify().how) == (2, Break.MISSING)


def test_an_entry_sealed_anew_breaks_at_the_next(five):
    """Who changes an entry and its own hash is found out one entry later."""
    changed = Entry.objects.get(id=3)
    changed.facts = {"note": "x"}
    changed.hash = changed.sealed(Entry.objects.get(id=2).hash)
    with writing():
        changed.save()

    assert verify().broken == 4


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**80), 2**80) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc10_đ"), inner, max_size=3),
    max_leaves=8,
).filter(lambda value: "\0" not in repr(value) and "\\x00" not in repr(value))


class AnyFact(TestCase):
    @given(json_values)
    def test_a_sealed_fact_comes_back_from_the_database_with_its_seal(self, value):
        service(lambda: store("a", fact=value))()

        assert verify().is_sound
