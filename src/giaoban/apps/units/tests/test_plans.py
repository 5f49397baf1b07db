"""Plans to reorganise: checked as a whole, committed as a whole, told to the ledger, followed on their day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from giaoban.apps.people import services as people
from giaoban.apps.units import queries
from giaoban.apps.units.models import FormerName, Placement, Plan, Succession, Unit
from giaoban.apps.units.queries import plans as plan_queries
from giaoban.apps.units.rules import plans as rules
from giaoban.apps.units.rules.plans import TypedChange
from giaoban.apps.units.services import reorganising
from giaoban.base.ledger.models import Entry
from giaoban.core.moves import WrongMoment
from giaoban.core.refusal import NotFound
from giaoban.site.commands import proofs

pytestmark = pytest.mark.django_db

DAY = date(2020, 8, 24)


def planned(world, *changes, actor=None, unit=None, day=DAY):
    plan = reorganising.draft_plan(
        actor=actor or world.an, unit=unit or world.centre, title="Sắp xếp", basis="", day=day, at=world.at
    )
    return reorganising.change_plan(actor=actor or world.an, plan_id=plan.pk, changes=changes, at=world.at)


def commit(world, plan, *, actor=None, today=None):
    return reorganising.commit(
        actor=actor or world.an,
        plan_id=plan.pk,
        revision=plan.revision,
        today=today or world.day,
        at=world.at,
    )


def committed(world, *changes, **more):
    return commit(world, planned(world, *changes, **more), actor=more.get("actor"))


def faults(world, plan, *, actor=None):
    found = plan_queries.checked(actor=actor or world.an, plan=plan, changes=plan_queries.typed_changes(plan))
    return [(fault.place, str(fault)) for fault in found.faults]


def merge(code, other, **more):
    return TypedChange(kind="merge", code=code, other=other, **more)


def found(code, other, level, name="Đảng bộ mới"):
    return TypedChange(kind="found", code=code, other=other, level=level, name=name)


def unit(code):
    return Unit.objects.get(code=code)


def paths_are_sound(today=DAY):
    return not list(proofs.wrong_paths(today)) and not list(proofs.overlapping_placements())


def test_a_merged_unit_hands_its_units_on_and_its_past_stays_within_reach(world):
    committed(world, merge("01-CG", "01-DD"))

    tree = queries.tree_on(DAY)
    assert world.caugiay.pk not in tree
    assert set(tree.children(world.dongda.pk)) == {world.dichvong.pk, world.nghiatan.pk}
    assert world.caugiay.pk in queries.tree_on(DAY - timedelta(days=1))
    assert unit("01-CG").path == f"{world.dongda.path}{world.caugiay.pk}/"
    assert unit("01-CG-DV-1").path.startswith(f"{world.dongda.path}{world.dichvong.pk}/")
    one = Succession.objects.get()
    assert (one.predecessor, one.successor, one.day, one.kind) == (world.caugiay, world.dongda, DAY, "merge")
    assert paths_are_sound()


def test_the_ledger_tells_the_plan_once_and_each_change_at_its_unit(world):
    plan = committed(world, merge("01-CG", "01-DD"), TypedChange(kind="rename", code="01-DD", name="Đảng bộ Đống Giấy"))

    told = list(Entry.objects.order_by("-id")[:4])[::-1]
    assert [(one.verb, one.subject_id) for one in told] == [
        ("units.reorganised", plan.pk),
        ("units.merged", world.caugiay.pk),
        ("units.renamed", world.dongda.pk),
        ("units.plan_enforced", plan.pk),
    ]
    assert told[0].facts["changes"] == 2
    assert told[1].facts == {"plan": plan.pk, "day": "2020-08-24", "code": "01-CG", "other": "01-DD"}
    assert told[1].place == world.caugiay.path


def test_a_plan_with_one_fault_changes_nothing(world):
    plan = planned(world, merge("01-CG", "01-DD"), merge("01-BV", "01-CG"))
    before = Placement.objects.count(), Entry.objects.count()

    with pytest.raises(rules.PlanHasFaults) as no:
        commit(world, plan)

    assert (Placement.objects.count(), Entry.objects.count()) == before
    assert [(one.place, str(one)) for one in no.value.faults] == faults(world, plan)
    assert no.value.faults[0].place == "thay đổi 2"
    assert "«Cầu Giấy» (01-CG) cũng kết thúc trong phương án này" in str(no.value.faults[0])


def test_units_merge_into_one_that_the_same_plan_founds(world):
    committed(
        world,
        found("01-X", "01", "tren-co-so", name="Đảng bộ quận Mới"),
        merge("01-CG", "01-X"),
        merge("01-DD", "01-X"),
        TypedChange(kind="move", code="01-BV", other="40"),
    )

    new = unit("01-X")
    assert new.path == f"{world.hanoi.path}{new.pk}/"
    assert set(queries.tree_on(DAY).children(new.pk)) == {world.dichvong.pk, world.nghiatan.pk}
    assert unit("01-BV").path.startswith(world.nghean.path)
    assert [one.code for one in queries.found_units(actor=world.an, words="quận mới")] == ["01-X"]
    assert paths_are_sound()


def test_a_new_name_holds_from_its_day_and_the_old_one_is_kept(world):
    committed(world, TypedChange(kind="rename", code="01-CG", name="Đảng bộ phường Cầu Giấy", short_name="P. Cầu Giấy"))

    assert unit("01-CG").name == "Đảng bộ phường Cầu Giấy"
    old = FormerName.objects.get()
    assert (old.name, old.until_day) == ("Đảng bộ quận Cầu Giấy", DAY)


def test_a_plan_for_a_later_day_changes_names_and_paths_when_that_day_comes(world, run_jobs):
    later = DAY + timedelta(days=7)
    run_jobs(at=world.at)
    plan = committed(
        world, merge("01-CG", "01-DD"), TypedChange(kind="rename", code="01-DD", name="Đảng bộ Đống Giấy"), day=later
    )
    assert unit("01-CG").path == world.caugiay.path
    assert unit("01-DD").name == "Đảng bộ quận Đống Đa"
    assert world.caugiay.pk not in queries.tree_on(later)
    assert paths_are_sound()

    run_jobs(at=world.at + timedelta(days=6))
    assert not list(proofs.plans_behind(later - timedelta(days=1)))
    assert "«Sắp xếp» đã đến ngày" in next(proofs.plans_behind(later))
    assert not Plan.objects.get().is_in_force
    run_jobs(at=world.at + timedelta(days=7))

    assert Plan.objects.get().is_in_force
    assert unit("01-DD").name == "Đảng bộ Đống Giấy"
    assert unit("01-CG").path == f"{world.dongda.path}{world.caugiay.pk}/"
    assert Entry.objects.latest("id").verb == "units.plan_enforced"
    assert Entry.objects.latest("id").subject_id == plan.pk
    assert paths_are_sound(later)
    assert not list(proofs.plans_behind(later))


def test_a_day_on_which_nothing_changes_writes_nothing(world):
    before = Entry.objects.count()
    assert reorganising.follow_day(actor=world.system, today=DAY, at=world.at) == []
    assert Entry.objects.count() == before


def test_a_keeper_plans_for_what_stands_below_and_for_nothing_else(world):
    assert not faults(
        world, planned(world, merge("01-CG", "01-DD"), actor=world.binh, unit=world.hanoi), actor=world.binh
    )
    told = faults(world, planned(world, merge("01-CG", "40-VI"), actor=world.binh, unit=world.hanoi), actor=world.binh)
    assert told == [("thay đổi 1", "Không có đơn vị mã «40-VI» trong phần cây đồng chí được giữ; hãy sửa mã ấy.")]
    same = faults(world, planned(world, merge("01-CG", "không"), actor=world.binh, unit=world.hanoi), actor=world.binh)
    assert same[0][1].replace("không", "40-VI", 1) == told[0][1] or "«không»" in same[0][1]
    own = faults(
        world,
        planned(world, TypedChange(kind="close", code="01"), actor=world.binh, unit=world.hanoi),
        actor=world.binh,
    )
    assert "không nằm dưới «Hà Nội» (01)" in own[0][1]


@pytest.mark.parametrize("who", ["lan", "thu", "hoa"])
def test_who_keeps_nothing_there_finds_no_place_for_a_plan_and_no_plan(world, who):
    plan = planned(world, merge("01-CG", "01-DD"), actor=world.binh, unit=world.hanoi)
    actor = getattr(world, who)

    with pytest.raises(NotFound):
        planned(world, actor=actor, unit=world.hanoi)
    with pytest.raises(NotFound):
        commit(world, plan, actor=actor)


def test_what_was_looked_at_is_what_is_committed(world):
    plan = planned(world, merge("01-CG", "01-DD"))
    reorganising.add_change(actor=world.an, plan_id=plan.pk, change=merge("01-BV", "01-DD"), at=world.at)

    with pytest.raises(rules.PlanChanged):
        commit(world, plan)


def test_an_empty_plan_and_a_dropped_one_are_not_carried_out(world):
    plan = planned(world)
    with pytest.raises(rules.NothingPlanned):
        commit(world, plan)
    reorganising.drop_plan(actor=world.an, plan_id=plan.pk, at=world.at)
    with pytest.raises(WrongMoment):
        commit(world, plan)


def test_a_code_that_exists_and_one_founded_twice_are_taken(world):
    told = faults(
        world,
        planned(
            world, found("40-VI", "01", "tren-co-so"), found("N", "01", "tren-co-so"), found("N", "01", "tren-co-so")
        ),
    )
    assert [place for place, _ in told] == ["thay đổi 1", "thay đổi 3"]


def test_a_change_that_an_earlier_commitment_contradicts_is_told(world):
    later = DAY + timedelta(days=30)
    committed(world, merge("01-CG", "01-DD"), day=later)

    assert "đã có thay đổi khác từ ngày 23-9-2020" in faults(world, planned(world, merge("01-CG", "01-BV")))[0][1]
    told = faults(world, planned(world, TypedChange(kind="close", code="01-DD")))
    assert told == [
        (
            "cả phương án",
            "Từ ngày 23-9-2020 cây tổ chức không còn đúng vì một thay đổi đã ghi trước; hãy hoàn tác thay đổi ấy.",
        )
    ]


class TestTakingBack:
    """A committed plan is taken back whole, or whatever depends on it is named."""

    CHANGES = (
        found("01-X", "01", "tren-co-so", name="Đảng bộ quận Mới"),
        merge("01-CG", "01-X"),
        TypedChange(kind="move", code="01-BV", other="40"),
        TypedChange(kind="rename", code="01-DD", name="Đảng bộ Đống Giấy"),
    )

    def state(self):
        return (
            queries.tree_on(DAY).signature,
            sorted(Unit.objects.values_list("code", "name", "path")),
            sorted(Placement.objects.values_list("unit__code", "parent__code", "from_day", "until_day")),
            Succession.objects.count() + FormerName.objects.count(),
        )

    def revert(self, world, plan, *, at=None):
        return reorganising.revert(actor=world.an, plan_id=plan.pk, today=world.day, at=world.at)

    def test_everything_stands_as_before_and_the_ledger_keeps_both(self, world):
        before = self.state()
        plan = committed(world, *self.CHANGES)
        assert self.state() != before

        self.revert(world, plan)

        assert self.state() == before
        assert Entry.objects.latest("id").verb == "units.reverted"
        assert Plan.objects.get().state == "reverted"
        assert paths_are_sound()

    def test_a_plan_that_waits_for_its_day_is_taken_back_without_a_trace_on_the_tree(self, world):
        later = DAY + timedelta(days=30)
        before, then = self.state(), queries.tree_on(later).signature
        plan = committed(world, *self.CHANGES, day=later)
        assert queries.tree_on(later).signature != then

        self.revert(world, plan)

        assert self.state() == before
        assert queries.tree_on(later).signature == then

    def test_a_later_change_of_one_of_its_units_is_named(self, world):
        plan = committed(world, *self.CHANGES)
        later = committed(world, merge("01-X", "01-DD"), day=DAY + timedelta(days=1))
        before = self.state()

        with pytest.raises(rules.StillDependedOn) as no:
            self.revert(world, plan)

        assert "Đơn vị «Đảng bộ quận Mới» có thay đổi khác từ ngày 25-8-2020" in "".join(map(str, no.value.faults))
        assert self.state() == before
        self.revert(world, later)
        self.revert(world, plan)

    def test_an_office_held_at_a_unit_it_founded_is_named(self, world):
        plan = committed(world, *self.CHANGES)
        people.give_office(
            actor=world.an,
            account=world.accounts["dung"],
            unit=unit("01-X"),
            role="reporter",
            from_day=DAY,
            at=world.at,
        )

        with pytest.raises(rules.StillDependedOn) as no:
            self.revert(world, plan)

        assert [str(fault) for fault in no.value.faults] == [
            "Đơn vị mới lập đã gắn với 1 chức trách; hãy chuyển sang đơn vị khác hoặc giữ phương án."
        ]

    def test_a_draft_cannot_be_taken_back_nor_what_was_taken_back_committed(self, world):
        plan = planned(world, *self.CHANGES)
        with pytest.raises(WrongMoment):
            self.revert(world, plan)
        commit(world, plan)
        self.revert(world, plan)
        with pytest.raises(WrongMoment):
            commit(world, plan)
