"""Comparisons across reorganisations follow what became of whom, and refuse to guess."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from giaoban.apps.units.models import Unit
from giaoban.apps.units.queries.comparing import lineage
from giaoban.apps.units.rules.plans import TypedChange
from giaoban.apps.units.tests.test_plans import committed, found, merge
from giaoban.core.orgtree.lineage import Exactness

pytestmark = pytest.mark.django_db

BEFORE, DAY, NEXT = date(2020, 8, 23), date(2020, 8, 24), date(2020, 9, 1)


def split(code, other, share=None):
    return TypedChange(kind="split", code=code, other=other, share_ppm=share)


def made_of(code, *, after=DAY):
    told = lineage(unit_id=Unit.objects.get(code=code).pk, before=BEFORE, after=after)
    parts = {(Unit.objects.get(pk=part.unit).code, part.share, part.is_subtree) for part in told.parts}
    return told.exactness, parts


def test_a_merged_unit_is_compared_with_the_sum_of_its_predecessors(world):
    committed(world, merge("01-CG", "01-DD"))

    assert made_of("01-DD") == (Exactness.EXACT, {("01-CG", Fraction(1), True), ("01-DD", Fraction(1), True)})
    assert made_of("01-BV") == (Exactness.EXACT, {("01-BV", Fraction(1), True)})
    assert made_of("01") == (Exactness.EXACT, {("01", Fraction(1), True)})


def test_a_part_of_a_split_unit_is_compared_by_its_stated_share_or_not_at_all(world):
    new = (found("N1", "40", "tren-co-so"), found("N2", "40", "tren-co-so"))
    committed(world, *new, split("40-VI", "N1", 375_000), split("40-VI", "N2", 625_000))
    committed(
        world,
        found("N3", "40", "tren-co-so"),
        found("N4", "40", "tren-co-so"),
        split("40-ND", "N3"),
        split("40-ND", "N4"),
    )

    assert made_of("N1") == (Exactness.BY_SHARE, {("40-VI", Fraction(3, 8), False)})
    assert made_of("N3") == (Exactness.NONE, set())
    assert made_of("40") == (Exactness.EXACT, {("40", Fraction(1), True)})


def test_one_comparison_goes_back_over_several_plans(world):
    committed(world, merge("01-CG", "01-DD"))
    committed(world, merge("01-DD", "01-BV"), TypedChange(kind="close", code="40-ND", other="40"), day=NEXT)

    assert {code for code, *_ in made_of("01-BV", after=NEXT)[1]} == {"01-CG", "01-DD", "01-BV"}
    assert made_of("40", after=NEXT) == (Exactness.EXACT, {("40", Fraction(1), True)})


def test_a_unit_that_is_moved_takes_its_past_along(world):
    committed(world, TypedChange(kind="move", code="01-BV", other="40"))

    exactness, parts = made_of("01")
    assert exactness is Exactness.EXACT
    assert {code for code, *_ in parts} == {"01", "01-CG", "01-DD"}
    assert {code for code, *_ in made_of("40")[1]} == {"40", "01-BV"}


def test_a_new_unit_is_not_comparable(world):
    committed(world, found("N", "01", "tren-co-so"))
    assert made_of("N") == (Exactness.NONE, set())
