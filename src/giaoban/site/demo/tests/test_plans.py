"""The demo's plans come out the same every time, and add up before a database is asked."""

from __future__ import annotations

import itertools

from giaoban.core.formlang import FormSpec
from giaoban.site.demo import bases, congress, draw, formbook, places, results


def test_the_plan_is_the_same_every_time():
    once, again = places.above_base(), places.above_base()

    assert once == again
    assert congress.calendar(once) == congress.calendar(again)


def test_every_week_has_its_number_of_congresses():
    units = places.above_base()
    days = congress.calendar(units)
    codes = [unit.code for unit in units]

    assert {by: congress.held_count(days, codes, by=by) for by in congress.HELD_BY} == congress.HELD_BY


def test_codes_are_unique_and_parents_exist():
    above = places.above_base()
    hanoi = [unit for unit in above if unit.parent == "01"]
    found = bases.bases(hanoi, total=bases.HANOI_BASES)
    cells = bases.cells(found, total=bases.HANOI_CELLS)
    codes = [unit.code for unit in [*places.committees(), *above, *found, *cells]]

    assert len(codes) == len(set(codes)) == 67 + 1312 + 2310 + 17118
    assert {unit.parent for unit in [*above, *found, *cells]} <= set(codes)


def test_shares_add_up_whatever_the_weights():
    assert sum(draw.shares(1_000, [3, 7, 11, 0, 2])) == 1_000


def test_the_nation_has_its_number_of_base_organisations_and_cells():
    others = [unit for unit in places.above_base() if unit.parent != "01"]
    found = bases.bases(others, total=bases.NATION_BASES - bases.HANOI_BASES)

    assert len(found) == 52_105 - 2_310
    assert len(bases.cells(found, total=bases.NATION_CELLS - bases.HANOI_CELLS)) == 280_000 - 17_118


def test_commented_drafts_only_grow():
    weeks = [results.commented(by=sunday) for sunday in congress.HELD_BY]

    assert all(earlier <= later for earlier, later in itertools.pairwise(weeks))


def test_every_form_of_the_book_is_whole():
    for code in formbook.CODES:
        spec = FormSpec.parse(formbook.plan(code)["spec"])
        assert 6 <= len(spec.fields) <= 14, code
