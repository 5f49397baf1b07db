"""Comparing across reorganisations, against shares handed on by hand and figures added up row by row."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from math import floor
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.apps.forms import services as forms
from giaoban.apps.reports import services as reports
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups import queries
from giaoban.apps.rollups.queries.lineages import pasts
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.rollups.queries.spread import How
from giaoban.apps.rollups.rules import NOBODY, Counted
from giaoban.apps.rollups.tests.scene import define_counts
from giaoban.apps.units import queries as units
from giaoban.apps.units import services as unit_services
from giaoban.apps.units.models import Unit
from giaoban.apps.units.rules import NewUnit
from giaoban.apps.units.rules.plans import PlanHasFaults, TypedChange
from giaoban.apps.units.services import reorganising
from giaoban.core.periods import Period, PeriodKind

LEVELS = ("tt", "tren-co-so", "co-so")
BEFORE, AFTER = date(2020, 8, 16), date(2020, 8, 23)
FIRST, SECOND = date(2020, 8, 18), date(2020, 8, 20)
WHOLE = 1_000_000
numbers = count(1)


@pytest.fixture
def counts(world):
    """The measures of a form that units of three levels owe, and its rounds before and after the plans."""
    form, measures = define_counts(world)
    rounds = [
        forms.open_round(
            actor=world.system,
            form_id=form.pk,
            period=Period.containing(day, PeriodKind.WEEK),
            at=world.at - timedelta(days=20),
        )
        for day in (BEFORE, AFTER)
    ]
    return measures, rounds


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(dice=st.integers(0, 2**32).map(Random))
def test_an_earlier_figure_is_what_was_handed_on_by_hand_or_there_is_none(world, counts, dice):
    measures, (before, after) = counts
    heads, level_of = forest(world, dice, f"R{next(numbers)}")
    told(world, before, dice, [*level_of])
    ways = [{unit: Counter({unit: Fraction(1)}) for unit in level_of} for _ in range(2)]
    chances = [Chance(1), Chance(2)]
    for day in (FIRST, SECOND):
        eve = day - timedelta(days=1)
        standing = {code: one for code, one in level_of.items() if code in codes_on(heads, eve)}
        changes = carried_out(world, plan(dice, standing, prefix=f"{heads[0]}-{day.day}"), day)
        above = {code: superior(code, eve) for code in standing}
        ways = [handed_on(way, changes, above, chance) for way, chance in zip(ways, chances, strict=True)]
    told(world, after, dice, sorted(codes_on(heads, AFTER)))

    rows = {row.unit.code: row for row in Report.objects.filter(round=before).select_related("unit")}
    old, new = Sight(units.tree_on(BEFORE)), Sight(units.tree_on(AFTER))
    with picture([before, after]) as now:
        for code in sorted(codes_on(heads, AFTER)):
            shares, others = (summed(way, new.below(code)) for way in ways)
            for measure in measures:
                for is_official in (False, True):
                    [then] = pasts(
                        now,
                        how=How.of(measure),
                        unit=new.id_of[code],
                        round_=after,
                        earlier=[before],
                        official=is_official,
                    )
                    counted = {one: row for one, row in rows.items() if row.state in STATES[is_official]}
                    wanted = by_hand(measure, shares, counted, old) if shares == others else ("unstated", NOBODY)
                    assert (then.hindrance, then.value) == wanted, (measure.code, code, shares)
    for code in heads:
        if code in new.id_of:
            whole_way(world, measures, before, after, code)


STATES = {False: ("submitted", "accepted"), True: ("accepted",)}


def whole_way(world, measures, before, after, code):
    """What pages show is the difference, or nothing."""
    for measure in measures:
        value = queries.measure_value(actor=world.thu, measure=measure, round_=after, unit=code)
        past = value.past.value
        known = value.live.part is not None and past.part is not None
        assert value.change == (value.live.part - past.part if known else None)
        trend = queries.trend(actor=world.thu, measure=measure, unit=code, rounds=[before, after])
        assert [one.value for one in trend] == [past, value.live]
        assert trend[0] == value.past


# ---------------------------------------------------------------- the scene


def forest(world, dice, name):
    """New units of three levels below the centre: the heads, and every unit with its level."""
    planned = []
    for head in range(dice.randint(1, 3)):
        planned.append((f"{name}-{head}", "TW", "tt"))
        for middle in range(dice.randint(0, 3)):
            planned.append((f"{name}-{head}-{middle}", f"{name}-{head}", "tren-co-so"))
            planned += [
                (f"{name}-{head}-{middle}-{one}", f"{name}-{head}-{middle}", "co-so")
                for one in range(dice.randint(0, 3))
            ]
    unit_services.bring_in(
        actor=world.system,
        below="TW",
        units=[
            NewUnit(
                code=code, parent="" if parent == "TW" else parent, level=level, name=code, from_day=date(2015, 10, 1)
            )
            for code, parent, level in planned
        ],
        source="thử",
        today=world.day,
        at=world.at,
    )
    return [code for code, _, level in planned if level == "tt"], {code: level for code, _, level in planned}


def codes_on(heads, day):
    """The codes of the forest's units that stand on a day."""
    name = heads[0].split("-")[0]
    tree = units.tree_on(day)
    return {one.code for one in Unit.objects.filter(code__startswith=f"{name}-") if one.pk in tree}


def superior(code, day):
    tree = units.tree_on(day)
    return Unit.objects.get(pk=tree.parent(Unit.objects.get(code=code).pk)).code


class Sight:
    """A tree by codes."""

    def __init__(self, tree):
        self.tree = tree
        self.code_of = dict(Unit.objects.values_list("pk", "code"))
        self.id_of = {self.code_of[unit]: unit for unit in tree.units}

    def below(self, code):
        return [self.code_of[self.tree.unit_at(place)] for place in self.tree.subtree(self.id_of[code])]

    def at_level(self, level):
        return [self.code_of[unit] for unit in self.tree.at_level(level)]


def told(world, round_, dice, codes):
    """Some of the units report, some of them accepted; some leave fields empty."""
    tree, unit_of = units.tree_on(round_.day), {one.code: one for one in Unit.objects.filter(code__in=codes)}
    past = []
    for code in codes:
        state = dice.choice(["silent", "submitted", "accepted", "accepted", "nothing"])
        if state == "silent" or unit_of[code].pk not in tree:
            continue
        said = {"held": dice.choice([None, True, True, False])} | {
            field: dice.choice([None, dice.randint(0, 1_000)]) for field in ("people", "invited", "members")
        }
        past.append(
            reports.PastReport(
                unit_id=unit_of[code].pk,
                path=unit_of[code].path,
                figures={} if state == "nothing" else {field: one for field, one in said.items() if one is not None},
                submitted_at=world.at,
                accepted_at=world.at if state == "accepted" else None,
                is_nothing=state == "nothing",
            )
        )
    reports.bring_in(actor=world.system, round_=round_, reports=past, source="thử", at=world.at)


def plan(dice, level_of, prefix):
    """Up to four units each with what becomes of it; together they may have faults."""
    known, found = sorted(level_of), []
    for number, code in enumerate(dice.sample(known, min(len(known), dice.randint(0, 4)))):
        rank = LEVELS.index(level_of[code])
        alike = [one for one in known if level_of[one] == level_of[code] and one != code]
        above = [one for one in known if LEVELS.index(level_of[one]) == rank - 1]
        kind = dice.choice(["found", "merge", "move", "split", "transfer", "close"])
        share = dice.choice([None, 100_000, 375_000, 800_000])
        if kind in ("merge", "transfer") and alike:
            part = share if kind == "transfer" else None
            found.append([TypedChange(kind=kind, code=code, other=dice.choice(alike), share_ppm=part)])
        elif kind == "found" and above:
            new, superior_of_it = f"{prefix}-{number}", dice.choice(above)
            found.append([TypedChange(kind="found", code=new, other=superior_of_it, level=LEVELS[rank], name=new)])
        elif kind == "move" and above:
            found.append([TypedChange(kind="move", code=code, other=dice.choice(above))])
        elif kind == "close" and above:
            found.append([TypedChange(kind="close", code=code)])
        elif kind == "split" and above and alike and rank == len(LEVELS) - 1:
            new, rest = f"{prefix}-{number}", share and WHOLE - share
            found.append(
                [
                    TypedChange(kind="found", code=new, other=dice.choice(above), level=LEVELS[rank], name=new),
                    TypedChange(kind="split", code=code, other=new, share_ppm=share),
                    TypedChange(kind="split", code=code, other=dice.choice(alike), share_ppm=rest),
                ]
            )
    return found


def carried_out(world, groups, day):
    """The changes that were committed: without the last ones as long as they make a fault."""
    while groups:
        changes = [one for group in groups for one in group]
        drafted = reorganising.draft_plan(
            actor=world.system, unit=world.centre, title="Sắp xếp", basis="", day=day, at=world.at
        )
        drafted = reorganising.change_plan(actor=world.system, plan_id=drafted.pk, changes=changes, at=world.at)
        try:
            reorganising.commit(
                actor=world.system, plan_id=drafted.pk, revision=drafted.revision, today=world.day, at=world.at
            )
        except PlanHasFaults:
            groups = groups[:-1]
        else:
            return changes
    return []


# ---------------------------------------------------------------- by hand


def handed_on(way, changes, above, chance):
    """What each unit holds of the units of old after a plan; a share that nobody stated is one by chance.

    A closed unit leaves what it holds to its superior first, the deepest first.
    """
    way = {unit: Counter(held) for unit, held in way.items()}
    closed = {one.code for one in changes if one.kind == "close"}
    for unit in sorted(closed, key=lambda one: -depth(one, above)):
        way.setdefault(above[unit], Counter()).update(way.pop(unit, {}))
    after = {unit: Counter(held) for unit, held in way.items()}
    for one in changes:
        if one.kind not in ("merge", "split", "transfer"):
            continue
        for origin, amount in way.get(one.code, {}).items():
            part = amount * share_of(one, changes, chance)
            after.setdefault(one.other, Counter())[origin] += part
            after[one.code][origin] -= part
    return after


def depth(unit, above):
    return 1 + depth(above[unit], above) if unit in above else 0


class Chance:
    """Shares that nobody stated, as they may have been; another number, other shares."""

    def __init__(self, number):
        self.random, self.known = Random(number), {}

    def share(self, unit, other):
        return self.known.setdefault((unit, other), Fraction(self.random.randint(1, 9_999), 10_007))


def share_of(one, changes, chance):
    if one.kind == "merge":
        return Fraction(1)
    if one.share_ppm is not None:
        return Fraction(one.share_ppm, WHOLE)
    first, *_ = [each for each in changes if (each.kind, each.code) == (one.kind, one.code)]
    share = chance.share(one.code, first.other)
    return share if one == first else 1 - share


def summed(way, codes):
    found = Counter()
    for code in codes:
        found.update(way.get(code, {}))
    return {origin: share for origin, share in found.items() if share}


def by_hand(measure, shares, rows, old):
    """(what hinders, the figure) of a measure over shares of the units of old."""
    if not shares:
        return "new", NOBODY
    is_count = measure.rule in ("share", "complete", "answered") or measure.field == "held"
    if is_count and set(shares.values()) != {1}:
        return "counted", NOBODY
    done = []
    for unit in old.at_level("tren-co-so") if measure.rule == "complete" else ():
        below = set(old.below(unit))
        if unit in shares and not below <= shares.keys():
            return "broken", NOBODY
        if unit in shares:
            done.append(all(one in rows and rows[one].figures.get("held") is True for one in below))
    there = {unit: rows[unit] for unit in shares if unit in rows}
    part = whole = None
    if measure.rule in ("share", "complete", "answered"):
        part = sum(row.figures.get("held") is True for row in there.values()) if there else None
        whole = len(shares)
    if measure.rule == "complete":
        part, whole = sum(done) if there else None, len(done)
    elif measure.rule == "answered":
        part = len(there)
    elif measure.rule in ("sum", "ratio"):
        said = {unit: value for unit, row in there.items() if (value := figure(row, measure.field)) is not None}
        part = weighed(said, shares) if said else None
        if measure.rule == "ratio":
            whole = weighed({unit: figure(row, measure.base_field) or 0 for unit, row in there.items()}, shares)
    return "", Counted(part, whole, len(there), len(shares))


def figure(row, field):
    """What a report says; «không phát sinh» is zero of what flows and nothing of what is held."""
    if row.is_nothing:
        return None if field == "members" else 0
    return row.figures.get(field)


def weighed(said, shares):
    return floor(sum(shares[unit] * value for unit, value in said.items()) + Fraction(1, 2))
