"""One number goes to one field, and only what is beyond doubt may be taken unseen."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.reading.assignment import MARGIN, SURE, Offer, pairs, settled

OFFERS = st.lists(
    st.builds(
        Offer,
        st.sampled_from("abc"),
        st.integers(0, 3),
        st.sampled_from(["num", "den"]),
        st.integers(0, 2),
        st.integers(45, 100),
    ),
    max_size=7,
    unique_by=lambda one: (one.field, one.number),
)


def test_a_number_that_two_fields_want_alike_is_taken_for_neither():
    assert settled([Offer("received", 7, "num", 12, 100), Offer("answered", 7, "num", 12, 100 - MARGIN + 1)]) == set()


def test_a_number_goes_to_the_field_it_clearly_fits_best():
    best = Offer("received", 7, "num", 12, 100)

    assert settled([best, Offer("answered", 7, "num", 12, 100 - MARGIN)]) == {best}


def test_a_field_with_a_better_number_of_its_own_is_no_rival():
    received, answered = Offer("received", 7, "num", 14, 97), Offer("answered", 30, "num", 11, 100)

    assert settled([received, Offer("answered", 7, "num", 14, 95), answered]) == {received, answered}


def test_two_numbers_that_fit_one_field_alike_leave_it_open():
    assert settled([Offer("members", 7, "num", 214, 96), Offer("members", 90, "num", 215, 96)]) == set()


def test_the_same_number_said_twice_is_one_number():
    first = Offer("members", 7, "num", 214, 96)

    assert settled([first, Offer("members", 90, "num", 214, 96)]) == {first}


def test_a_ratio_fills_two_fields():
    held, due = Offer("held", 7, "num", 67, 100), Offer("due", 7, "den", 67, 96)

    assert settled([held, due]) == {held, due}


@given(OFFERS)
def test_no_number_and_no_field_is_paired_twice(offers):
    paired = list(pairs(offers).values())

    assert len({one.number for one in paired}) == len(paired)
    assert len({one.field for one in paired}) == len(paired)


@given(OFFERS)
def test_what_is_settled_is_paired_and_fits_whatever_the_order(offers):
    found = settled(offers)

    assert found <= set(pairs(offers).values())
    assert all(one.score >= SURE for one in found)
    for order in list(permutations(offers))[:6]:
        assert settled(order) == found


def test_two_fields_exchange_numbers_when_both_together_then_fit_better():
    offers = [
        Offer("summoned", 40, "num", 248, 100),  # «có mặt 248 đại biểu được triệu tập»
        Offer("attended", 40, "num", 248, 93),
        Offer("summoned", 9, "num", 250, 93),
    ]

    assert {field: one.value for field, one in pairs(offers).items()} == {"summoned": 250, "attended": 248}


@given(OFFERS)
def test_pairing_never_fits_worse_than_taking_the_best_first(offers):
    fields, numbers, best_first = set(), set(), 0
    for one in sorted(offers, key=lambda row: (-row.score, row.start, row.field, row.side)):
        if one.field not in fields and one.number not in numbers:
            fields.add(one.field)
            numbers.add(one.number)
            best_first += one.score

    assert sum(one.score for one in pairs(offers).values()) >= best_first
