"""The reorganisation of 1 July 2025 at its full size: 63 provinces and 707 districts become 34 and 3.321 communes."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from giaoban.apps.forms.models import Round
from giaoban.apps.people import queries as people
from giaoban.apps.people.models import Account
from giaoban.apps.rollups import queries as rollups
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Placement, Succession, Unit
from giaoban.apps.units.queries import plans
from giaoban.apps.units.services import reorganising
from giaoban.site.commands import proofs
from giaoban.site.demo import draw, july

pytestmark = pytest.mark.django_db

CODES = {one.code for one in july.provinces()}


@pytest.fixture
def fresh(db: None):
    """An empty database whose trees are nobody's before or after."""
    units.forget_trees()
    yield
    units.forget_trees()


def test_the_numbers_of_the_34_are_those_published():
    total: Counter[str] = Counter()
    for one in july.provinces():
        total.update(one.counts)
    assert len(july.provinces()) == 34
    assert dict(total) == {"xã": 2621, "phường": 687, "đặc khu": 13}


def test_every_province_of_before_is_part_of_one_of_after():
    parts = [code for codes in july.parts_of().values() for code in codes]
    assert sorted(parts) == sorted(one.code for one in july.before() if not one.parent)
    assert set(july.parts_of()) == CODES


def test_the_table_that_is_loaded_says_what_was_meant():
    read = plans.plan_file(data=july.table().encode("utf-8-sig"), name=july.FILE)

    assert not read.faults
    meant = [(one.kind, one.code, one.other, one.level, one.name, one.short_name) for one in july.changes()]
    assert [(one.kind, one.code, one.other, one.level, one.name, one.short_name) for one in read.changes] == meant


def test_the_plan_of_full_size_is_checked_and_carried_out_with_exact_totals_on_both_sides(fresh, queries):
    founded = july.plant()
    keeper = founded.actor
    plan = july.draft(actor=keeper, top=founded.top)
    with queries(12):
        found = plans.checked(actor=keeper, plan=plan, changes=plans.typed_changes(plan))
    assert not found.faults

    july.commit(actor=keeper, plan=plan)
    before, after = (units.tree_on(july.DAY - timedelta(days=ago)) for ago in (1, 0))
    assert [len(before.at_level(level)) for level in ("tt", "tren-co-so")] == [63, 707]
    assert [len(after.at_level(level)) for level in ("tt", "tren-co-so")] == [34, 3_321]
    closed = set(Unit.objects.filter(code__in=july.districts()).values_list("pk", flat=True))
    assert len(closed) == 707
    assert not closed & set(after.units)

    code_of = dict(Unit.objects.values_list("pk", "code"))
    below = {code_of[one]: len(after.children(one)) for one in after.children(founded.top.pk)}
    assert below == {one.code: sum(one.counts.values()) for one in july.provinces()}
    assert Succession.objects.filter(kind="merge").count() == 63 - 34
    assert Unit.objects.filter(is_made_up=True).count() == 3_321

    reorganising.follow_day(actor=keeper, today=july.DAY, at=july.NOW)
    assert not list(proofs.wrong_paths(july.DAY))
    assert not list(proofs.overlapping_placements())
    first = Unit.objects.get(code="08-X001")
    assert first.name == "Đảng bộ xã số 1 (Tuyên Quang)"
    assert first.path.startswith(Unit.objects.get(code="08").path)


def test_the_plan_of_full_size_is_taken_back_without_a_trace(fresh):
    founded = july.plant()
    state = units.tree_on(july.DAY).signature, Placement.objects.count(), Unit.objects.count()
    plan = july.draft(actor=founded.actor, top=founded.top)
    july.commit(actor=founded.actor, plan=plan)
    assert units.tree_on(july.DAY).signature != state[0]

    reorganising.revert(actor=founded.actor, plan_id=plan.pk, today=july.COMMITTED.date(), at=july.NOW)

    assert (units.tree_on(july.DAY).signature, Placement.objects.count(), Unit.objects.count()) == state


def test_the_world_reports_on_the_tree_of_before_and_on_that_of_after(fresh):
    rollups.forget()
    eve, after = (one for one in july.SUNDAYS if abs((one - july.DAY).days) < 7)
    july.build(sundays=[eve, after])

    rounds = {(one.form_version.form.code, one.day): one for one in Round.objects.select_related("form_version__form")}
    assert not [told for one in rounds.values() for told in proofs.faults_of_round(one)]
    actor = people.actor_of(Account.objects.get(username="trunguong"), after)
    expected = {}
    for key, one in rounds.items():
        form = one.form_version.form
        found = rollups.completeness(actor=actor, form=form, unit="TW", rounds=[one], at=july.NOW)
        expected[key] = len(found.rows), sum(row.marks[0].expected for row in found.rows)
        assert one.is_made_up
    assert expected == {
        ("KQ-TUAN", eve): (63, 63),
        ("DH-TCS", eve): (63, 707),
        ("KQ-TUAN", after): (34, 34),
        ("DH-TCS", after): (34, 3_321),
    }
    rollups.forget()


def test_a_merged_provinces_figures_are_those_of_its_parts():
    parts, total = ("02", "08"), july.results("08", july.SUNDAYS[-1])
    alone = [draw.number(part, july.SUNDAYS[-1], "new", low=15, high=110) for part in parts]
    assert july.parts_of()["08"] == ["08", "02"]
    assert total["new_members"] == sum(alone)
