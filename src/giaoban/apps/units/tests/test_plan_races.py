"""Two hands at once on plans: whoever comes second is refused in words, and the tree is that of the first alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from giaoban.apps.tasks import services as tasks
from giaoban.apps.tasks.models import Task
from giaoban.apps.tasks.tests import scenes
from giaoban.apps.units import queries
from giaoban.apps.units.models import Placement, Plan, Succession, Unit
from giaoban.apps.units.queries import plans
from giaoban.apps.units.rules.plans import PlanChanged, PlanHasFaults, TypedChange
from giaoban.apps.units.services import reorganising
from giaoban.base.ledger.models import Entry
from giaoban.core.moves import WrongMoment
from giaoban.core.refusal import Refusal
from giaoban.site.commands import proofs

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2020, 8, 24)
MERGE = TypedChange(kind="merge", code="01-CG", other="01-DD")
PATIENCE = 60  # seconds until a hand that waits for nothing gives up


class Hand(threading.Thread):
    """Does something on a connection of its own, begun together with others; keeps the refusal it met."""

    def __init__(self, act: Callable[[], object], gate: threading.Barrier) -> None:
        super().__init__()
        self.act, self.gate = act, gate
        self.refusal: Refusal | None = None
        self.trouble: Exception | None = None

    def run(self) -> None:
        try:
            self.gate.wait(PATIENCE)
            self.act()
        except Refusal as refusal:
            self.refusal = refusal
        except Exception as trouble:  # noqa: BLE001 - told to the test that waits for it
            self.trouble = trouble
        finally:
            connection.close()


def at_once(*acts: Callable[[], object]) -> list[Refusal | None]:
    """Do all of these at once; the refusal each met."""
    gate = threading.Barrier(len(acts))
    hands = [Hand(act, gate) for act in acts]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(PATIENCE)
        assert hand.trouble is None
        assert not hand.is_alive()
    return [hand.refusal for hand in hands]


def planned(world, *changes, title="Sắp xếp"):
    plan = reorganising.draft_plan(actor=world.an, unit=world.centre, title=title, basis="", day=DAY, at=world.at)
    return reorganising.change_plan(actor=world.an, plan_id=plan.pk, changes=changes, at=world.at)


def commit(world, plan):
    return reorganising.commit(actor=world.an, plan_id=plan.pk, revision=plan.revision, today=world.day, at=world.at)


def is_sound():
    return not list(proofs.wrong_paths(DAY)) and not list(proofs.overlapping_placements())


def test_of_two_hands_that_carry_out_one_plan_one_does_and_one_is_refused(world):
    plan = planned(world, MERGE)

    met = at_once(lambda: commit(world, plan), lambda: commit(world, plan))

    assert sorted(type(one).__name__ for one in met) == ["NoneType", "WrongMoment"]
    assert Entry.objects.filter(verb="units.reorganised").count() == 1
    assert Succession.objects.count() == 1
    assert world.caugiay.pk not in queries.tree_on(DAY)
    assert is_sound()


def test_of_two_plans_for_one_unit_one_is_carried_out_and_the_other_names_the_change(world):
    merging, moving = planned(world, MERGE), planned(world, TypedChange(kind="move", code="01-CG", other="40"))

    met = at_once(lambda: commit(world, merging), lambda: commit(world, moving))

    refused = [one for one in met if one is not None]
    assert len(refused) == 1
    assert isinstance(refused[0], PlanHasFaults)
    assert len(refused[0].faults) >= 1
    assert sorted(Plan.objects.values_list("state", flat=True)) == ["committed", "draft"]
    assert Placement.objects.filter(unit=world.caugiay, until_day=DAY).count() == 1
    assert is_sound()


def test_what_is_carried_out_is_what_was_looked_at_whoever_changes_it_meanwhile(world):
    plan = planned(world, MERGE)
    more = TypedChange(kind="rename", code="01-BV", name="Đảng bộ xã Ba Vì")

    committing, adding = at_once(
        lambda: commit(world, plan),
        lambda: reorganising.add_change(actor=world.an, plan_id=plan.pk, change=more, at=world.at),
    )

    is_changed = len(plans.typed_changes(Plan.objects.get())) == 2
    assert (type(committing), type(adding)) == ((PlanChanged, type(None)) if is_changed else (type(None), WrongMoment))
    assert (world.caugiay.pk in queries.tree_on(DAY)) is is_changed
    assert Unit.objects.get(code="01-BV").name == "Đảng bộ huyện Ba Vì"
    assert is_sound()


def test_carrying_out_one_plan_while_another_is_taken_back_leaves_one_tree(world):
    first = planned(world, MERGE)
    commit(world, first)
    second = planned(world, TypedChange(kind="close", code="01-DD", other="01"), title="Giải thể")

    taking_back, closing = at_once(
        lambda: reorganising.revert(actor=world.an, plan_id=first.pk, today=world.day, at=world.at),
        lambda: commit(world, second),
    )

    tree = queries.tree_on(DAY)
    assert (world.caugiay.pk in tree) is (taking_back is None)
    assert (world.dongda.pk in tree) is (closing is not None)
    assert taking_back is None or closing is None
    assert is_sound()


def test_a_task_goes_over_or_stays_whole_while_the_plan_is_taken_back(world):
    task = scenes.assigned(world, world.caugiay)
    plan = planned(world, MERGE)
    commit(world, plan)

    met = at_once(
        lambda: tasks.carry_over(actor=world.system, plan_id=plan.pk, at=world.at),
        lambda: reorganising.revert(actor=world.an, plan_id=plan.pk, today=world.day, at=world.at),
    )

    assert met == [None, None]
    assert Task.objects.get(pk=task.pk).lead_unit == world.caugiay
    carried, back = (Entry.objects.filter(verb=f"tasks.{verb}").count() for verb in ("carried_over", "given_back"))
    assert carried == back
    assert is_sound()
