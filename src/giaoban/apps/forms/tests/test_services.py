"""Designing, publishing, laying duty, asking for a period."""

from __future__ import annotations

from datetime import date, time

import pytest

from giaoban.apps.forms import queries, rules, services
from giaoban.apps.forms.models import Duty, Form, FormVersion, Round
from giaoban.base.ledger.work import head
from giaoban.core import formlang, periods
from giaoban.core.periods.deadlines import NoWorkingDay
from giaoban.core.refusal import NotFound

pytestmark = pytest.mark.django_db


def field(code: str = "members", **more) -> dict:
    return {"code": code, "label": f"Chỉ tiêu {code}", "kind": "whole"} | more


def data(*fields: dict) -> dict:
    return {"title": "Biểu thử", "fields": list(fields or [field()])}


def schedule(*steps: tuple[str, int, int], cut_off: int = 17) -> periods.Schedule:
    return periods.Schedule(
        periods.CutOff(0, time(cut_off)),
        tuple(periods.LevelStep(level, days, time(hour)) for level, days, hour in steps or [("tt", 1, 10)]),
    )


def create(world, *, actor=None, **more) -> Form:
    asked = {
        "owner": world.hanoi,
        "code": "THU",
        "name": "Biểu thử",
        "period_kind": "month",
        "calendar": "calendar",
        "schedule": schedule(("co-so", 1, 10), ("tren-co-so", 1, 10)),
        "data": data(),
    }
    return services.create(actor=actor or world.binh, at=world.at, **(asked | more))


def draft(world, form: Form, *fields: dict, revision: int = 0) -> FormVersion:
    return services.draft(actor=world.an, form_id=form.pk, data=data(*fields), revision=revision, at=world.at)


def publish(world, form: Form, number: int = 1, **more) -> FormVersion:
    return services.publish(actor=world.an, form_id=form.pk, number=number, at=world.at, **more)


def month(code: str = "2020-08") -> periods.Period:
    return periods.Period.parse(code)


@pytest.fixture
def form(world) -> Form:
    return create(world)


@pytest.fixture
def unchanged():
    """Nothing was written: neither rows nor the ledger."""

    def standing() -> tuple[int, ...]:
        return Form.objects.count(), FormVersion.objects.count(), Duty.objects.count(), Round.objects.count(), head()

    before = standing()
    yield
    assert standing() == before


class TestBeginning:
    def test_a_form_begins_with_a_draft(self, world, form):
        page = queries.form_page(actor=world.binh, code="THU")

        assert (page.draft.number, page.published) == (1, None)

    def test_a_form_without_fields_yet_has_no_version(self, world):
        create(world, data=None)

        assert queries.form_page(actor=world.binh, code="THU").versions == []

    @pytest.mark.parametrize("code", ["THU", "thu"])
    def test_a_code_in_use_is_refused_whatever_its_case(self, world, form, code):
        with pytest.raises(rules.CodeTaken, match=code):
            create(world, code=code)

    @pytest.mark.parametrize("code", ["", "new", "a b", "a/b", "-a", "x" * 41, "mẫu"])
    def test_a_code_no_address_can_hold_is_refused(self, world, code, unchanged):
        with pytest.raises(rules.NotAForm) as no:
            create(world, code=code)
        assert [fault.place for fault in no.value.faults] == ["code"]

    def test_a_form_is_begun_only_where_one_keeps(self, world, unchanged):
        with pytest.raises(NotFound):
            create(world, owner=world.nghean)
        with pytest.raises(NotFound):
            create(world, actor=world.lan, owner=world.caugiay)

    def test_a_kind_of_period_the_calendar_lacks_is_refused(self, world, unchanged):
        with pytest.raises(rules.NotAForm):
            create(world, period_kind="week", calendar="15-14")

    def test_a_schedule_without_a_working_day_is_refused_on_the_15_14_calendar(self, world, unchanged):
        with pytest.raises(NoWorkingDay):
            create(world, calendar="15-14", schedule=schedule(("co-so", 0, 18)))

    def test_a_level_nobody_has_defined_is_refused(self, world, unchanged):
        with pytest.raises(rules.UnknownLevel, match="làng"):
            create(world, schedule=schedule(("làng", 1, 10)))

    def test_levels_that_owe_are_laid_with_the_form_or_neither_is(self, world, unchanged):
        with pytest.raises(rules.NoDeadline):
            services.begin(
                actor=world.binh,
                owner=world.hanoi,
                code="THU",
                name="Biểu thử",
                period_kind="month",
                calendar="calendar",
                schedule=schedule(("co-so", 1, 10)),
                owing=["co-so", "chi-bo"],
                from_day=date(2020, 1, 1),
                at=world.at,
            )


class TestVersions:
    def test_a_field_more_makes_a_new_version_and_old_rounds_keep_theirs(self, world, form):
        publish(world, form)
        asked = services.open_round(actor=world.binh, form_id=form.pk, period=month(), at=world.at)

        assert draft(world, form, field(), field("women")).number == 2
        publish(world, form, 2)

        asked.refresh_from_db()
        assert asked.form_version.number == 1
        after = services.open_round(actor=world.binh, form_id=form.pk, period=month("2020-09"), at=world.at)
        assert after.form_version.number == 2

    def test_two_people_drafting_do_not_overwrite_each_other(self, world, form):
        read = form.versions.get().revision
        draft(world, form, field(), field("women"), revision=read)

        with pytest.raises(rules.DraftChanged):
            draft(world, form, field(), field("youth"), revision=read)
        assert [one.code for one in form.versions.get().spec.fields] == ["members", "women"]

    def test_two_people_beginning_the_next_version_do_not_overwrite_each_other(self, world, form):
        publish(world, form)
        draft(world, form, field(), field("women"))

        with pytest.raises(rules.DraftChanged):
            draft(world, form, field(), field("youth"))

    def test_a_draft_published_meanwhile_is_not_drafted_on(self, world, form):
        publish(world, form)

        with pytest.raises(rules.DraftChanged):
            draft(world, form, revision=1)

    def test_a_draft_saved_since_it_was_looked_at_is_not_published(self, world, form):
        draft(world, form, field(), field("women"), revision=1)

        with pytest.raises(rules.DraftNotSeen):
            publish(world, form, revision=1)
        assert publish(world, form, revision=2).published_at == world.at

    def test_a_form_is_published_once(self, world, form):
        publish(world, form)

        with pytest.raises(rules.AlreadyPublished) as no:
            publish(world, form)
        assert str(no.value) == (
            "Phiên bản 1 của biểu mẫu THU đã ban hành và không đổi được nữa; hãy tạo phiên bản mới."
        )

    def test_a_version_that_is_not_there_is_refused(self, world, form):
        with pytest.raises(rules.NoSuchVersion):
            publish(world, form, 7)

    def test_a_code_that_was_dropped_does_not_come_back_with_another_meaning(self, world, form):
        publish(world, form)
        draft(world, form, field("women"))
        publish(world, form, 2)

        with pytest.raises(formlang.BrokenSuccession) as no:
            draft(world, form, field("women"), field("members", kind="yesno"))
        assert next(iter(no.value.faults)).place == "members"
        assert draft(world, form, field("women"), field("members")).number == 3

    def test_a_circular_formula_is_refused_and_names_the_ring(self, world, form, unchanged):
        ring = [field("a", formula="b + 1"), field("b", formula="a + 1")]
        with pytest.raises(formlang.BadForm) as no:
            draft(world, form, *ring, revision=1)
        assert "a → b → a" in str(no.value.faults[0])

    @pytest.mark.parametrize("who", ["lan", "hoa", "thu"])
    def test_who_does_not_keep_the_form_finds_none_to_design(self, world, form, who, unchanged):
        for verb in (
            lambda actor: services.draft(actor=actor, form_id=form.pk, data=data(), revision=1, at=world.at),
            lambda actor: services.publish(actor=actor, form_id=form.pk, number=1, at=world.at),
            lambda actor: services.open_round(actor=actor, form_id=form.pk, period=month(), at=world.at),
            lambda actor: services.lay_duty(
                actor=actor, form_id=form.pk, level="co-so", from_day=world.day, at=world.at
            ),
        ):
            with pytest.raises(NotFound):
                verb(getattr(world, who))
