"""Comparisons across reorganisations follow what became of whom, and refuse to guess."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from giaoban.apps.units import queries
from giaoban.apps.units.models import Unit
from giaoban.apps.units.queries import comparing
from giaoban.apps.units.queries.comparing import Dated, history, lineage
from giaoban.apps.units.rules.plans import TypedChange
from giaoban.apps.units.services import reorganising
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


# ---------------------------------------------------------------- seen from one tree, over many earlier ones

EARLY, MIDDLE, LATE = date(2020, 8, 23), date(2020, 8, 24), date(2020, 8, 27)


def origins(code, *, before, after=NEXT):
    """(what it was, since when not any more) on each of these days, by codes."""
    found = history().origins(
        unit=Unit.objects.get(code=code).pk,
        after=Dated(after, queries.tree_on(after)),
        before=[Dated(day, queries.tree_on(day)) for day in before],
    )
    code_of = dict(Unit.objects.values_list("pk", "code"))
    return {
        day: (
            [(code_of[part.unit], [code_of[one] for one in part.without]) for part in found[day].made.parts],
            found[day].until_day,
        )
        for day in before
    }


def test_what_a_unit_was_is_told_with_the_first_day_on_which_it_was_so_no_more(world):
    committed(world, merge("01-CG", "01-DD"), day=MIDDLE)
    committed(world, merge("01-DD", "01-BV"), day=LATE)

    assert origins("01-BV", before=(EARLY, MIDDLE, LATE)) == {
        EARLY: ([("01-BV", []), ("01-CG", []), ("01-DD", [])], MIDDLE),
        MIDDLE: ([("01-BV", []), ("01-DD", [])], LATE),
        LATE: ([("01-BV", [])], None),
    }


def test_the_day_is_found_among_several_that_changed_the_tree_elsewhere(world):
    committed(world, merge("40-ND", "40-VI"), day=MIDDLE)
    committed(world, TypedChange(kind="move", code="01-CG-NT", other="01-DD"), day=LATE)
    committed(world, TypedChange(kind="close", code="01-CG-DV-3", other="01-CG-DV"), day=date(2020, 8, 28))

    assert origins("01-CG", before=(EARLY,)) == {EARLY: ([("01-CG", ["01-CG-NT"])], LATE)}
    assert origins("40-VI", before=(EARLY,)) == {EARLY: ([("40-ND", []), ("40-VI", [])], MIDDLE)}
    assert origins("01", before=(EARLY,)) == {EARLY: ([("01", [])], None)}
    assert (
        history()
        .origins(
            unit=world.dichvong.pk,
            after=Dated(NEXT, queries.tree_on(NEXT)),
            before=[Dated(EARLY, queries.tree_on(EARLY))],
        )[EARLY]
        .is_itself
    )


def test_the_past_follows_a_plan_that_is_committed_and_one_that_is_reverted(world):
    assert origins("01-DD", before=(EARLY,)) == {EARLY: ([("01-DD", [])], None)}
    plan = committed(world, merge("01-CG", "01-DD"), day=MIDDLE)
    assert origins("01-DD", before=(EARLY,)) == {EARLY: ([("01-CG", []), ("01-DD", [])], MIDDLE)}
    reorganising.revert(actor=world.an, plan_id=plan.pk, today=world.day, at=world.at)
    assert origins("01-DD", before=(EARLY,)) == {EARLY: ([("01-DD", [])], None)}


def test_what_became_of_whom_is_read_once_until_the_tree_changes(world, queries):
    committed(world, merge("01-CG", "01-DD"), day=MIDDLE)
    history()
    with queries(1):
        history()


def test_a_unit_bears_the_name_it_had_on_the_eve_of_a_day(world):
    first, second = date(2020, 8, 12), date(2020, 8, 24)
    for day, name in ((first, "Đảng bộ hai"), (second, "Đảng bộ ba")):
        committed(world, TypedChange(kind="rename", code="01-DD", name=name), day=day)
    unit = world.dongda.pk
    names = comparing.names(queries.names([unit]), of_old=[unit])

    assert [names.until(unit, day).name for day in (date(2020, 8, 3), first, second, NEXT, None)] == [
        "Đảng bộ quận Đống Đa",
        "Đảng bộ quận Đống Đa",
        "Đảng bộ hai",
        "Đảng bộ ba",
        "Đảng bộ ba",
    ]
