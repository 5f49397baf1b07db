"""Who owes a form, by when, and asking for a period."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.apps.forms import queries, rules, services
from giaoban.apps.forms.tests.test_services import create, form, publish, schedule, unchanged
from giaoban.apps.reports import services as reports
from giaoban.apps.units import queries as units
from giaoban.core import periods
from giaoban.core.periods.deadlines import NoWorkingDay
from giaoban.core.refusal import NotFound, Refusal

pytestmark = pytest.mark.django_db

__all__ = ["form", "unchanged"]


def month(code: str = "2020-08") -> periods.Period:
    return periods.Period.parse(code)


class TestDuty:
    def lay(self, world, form, level="tren-co-so", day=date(2020, 1, 1)):
        return services.lay_duty(actor=world.binh, form_id=form.pk, level=level, from_day=day, at=world.at)

    def except_(self, world, form, unit, *, owes, from_day=date(2020, 3, 1), until_day=date(2020, 6, 1), reason="vì"):
        return services.except_unit(
            actor=world.an,
            form_id=form.pk,
            unit=unit,
            owes=owes,
            reason=reason,
            from_day=from_day,
            until_day=until_day,
            at=world.at,
        )

    def owing(self, form, day):
        tree = units.tree_on(day)
        return set(queries.owing_units(form_id=form.pk, day=day, tree=tree))

    def committees(self, world):
        return {one.pk for one in world.committees}

    def test_a_level_owes_from_its_first_day_up_to_its_last(self, world, form):
        duty = self.lay(world, form)
        services.end_duty(actor=world.binh, form_id=form.pk, duty_id=duty.pk, until_day=date(2020, 7, 1), at=world.at)

        assert self.owing(form, date(2019, 12, 31)) == set()
        assert self.owing(form, date(2020, 1, 1)) == self.committees(world)
        assert self.owing(form, date(2020, 6, 30)) == self.committees(world)
        assert self.owing(form, date(2020, 7, 1)) == set()

    def test_an_exception_holds_on_its_days_both_ways(self, world, form):
        self.lay(world, form)
        self.except_(world, form, world.bavi, owes=False)
        self.except_(world, form, world.dichvong, owes=True)

        usual = self.committees(world)
        assert self.owing(form, date(2020, 2, 29)) == usual
        assert self.owing(form, date(2020, 3, 1)) == usual - {world.bavi.pk} | {world.dichvong.pk}
        assert self.owing(form, date(2020, 6, 1)) == usual

    def test_an_exception_ends(self, world, form):
        self.lay(world, form)
        exception = self.except_(world, form, world.bavi, owes=False, until_day=None)
        services.end_exception(
            actor=world.an, form_id=form.pk, exception_id=exception.pk, until_day=date(2020, 5, 1), at=world.at
        )

        assert world.bavi.pk not in self.owing(form, date(2020, 4, 30))
        assert world.bavi.pk in self.owing(form, date(2020, 5, 1))

    def test_the_same_duty_twice_is_refused(self, world, form):
        self.lay(world, form)

        with pytest.raises(rules.DutyIsLaid, match="1-1-2020"):
            self.lay(world, form, day=date(2020, 5, 1))
        with pytest.raises(rules.DutyIsLaid):
            self.lay(world, form, day=date(2019, 5, 1))

    def test_a_duty_may_begin_again_after_it_ended(self, world, form):
        duty = self.lay(world, form)
        services.end_duty(actor=world.binh, form_id=form.pk, duty_id=duty.pk, until_day=date(2020, 3, 1), at=world.at)

        assert self.lay(world, form, day=date(2020, 3, 1)).until_day is None

    @pytest.mark.parametrize(
        ("until", "no"), [(date(2020, 1, 1), rules.EndsBeforeItBegins), (date(2019, 1, 1), rules.EndsBeforeItBegins)]
    )
    def test_a_duty_does_not_end_before_it_began(self, world, form, until, no):
        duty = self.lay(world, form)
        with pytest.raises(no):
            services.end_duty(actor=world.binh, form_id=form.pk, duty_id=duty.pk, until_day=until, at=world.at)

    def test_a_duty_ends_once(self, world, form):
        duty = self.lay(world, form)
        end = {"actor": world.binh, "form_id": form.pk, "duty_id": duty.pk, "at": world.at}
        services.end_duty(until_day=date(2020, 3, 1), **end)
        with pytest.raises(rules.NothingToEnd):
            services.end_duty(until_day=date(2020, 3, 1), **end)

    def test_a_level_without_a_deadline_cannot_owe(self, world, form):
        with pytest.raises(rules.NoDeadline, match="chi bộ"):
            self.lay(world, form, level="chi-bo")
        with pytest.raises(rules.NoDeadline, match="chi bộ"):
            self.except_(world, form, world.cells[0], owes=True)
        with pytest.raises(rules.UnknownLevel):
            self.lay(world, form, level="làng")

    def test_exceptions_of_one_unit_do_not_overlap_and_have_a_reason(self, world, form):
        self.except_(world, form, world.bavi, owes=False)

        with pytest.raises(rules.AlreadyExcepted, match="Ba Vì"):
            self.except_(world, form, world.bavi, owes=False, from_day=date(2020, 5, 31), until_day=None)
        with pytest.raises(rules.NoReason):
            self.except_(world, form, world.dongda, owes=False, reason="  ")
        with pytest.raises(rules.EndsBeforeItBegins):
            self.except_(world, form, world.dongda, owes=False, until_day=date(2020, 3, 1))

    def test_a_unit_of_others_cannot_be_excepted(self, world, form):
        with pytest.raises(NotFound):
            services.except_unit(
                actor=world.binh,
                form_id=form.pk,
                unit=world.vinh,
                owes=False,
                reason="vì",
                from_day=world.day,
                until_day=None,
                at=world.at,
            )

    def test_what_changes_duty_changes_the_stamp_of_duty(self, world, form):
        stamps = [queries.duty_stamp()]
        duty = self.lay(world, form)
        stamps.append(queries.duty_stamp())
        exception = self.except_(world, form, world.bavi, owes=False, until_day=None)
        stamps.append(queries.duty_stamp())
        services.end_exception(
            actor=world.an, form_id=form.pk, exception_id=exception.pk, until_day=world.day, at=world.at
        )
        stamps.append(queries.duty_stamp())
        services.end_duty(actor=world.an, form_id=form.pk, duty_id=duty.pk, until_day=world.day, at=world.at)
        stamps.append(queries.duty_stamp())
        assert stamps == sorted(set(stamps))


class TestSchedule:
    def reschedule(self, world, form, *steps):
        return services.reschedule(actor=world.binh, form_id=form.pk, schedule=schedule(*steps), at=world.at)

    def test_open_rounds_keep_their_deadlines_when_the_schedule_changes(self, world, form):
        publish(world, form)
        asked = services.open_round(actor=world.binh, form_id=form.pk, period=month(), at=world.at)
        before = asked.deadlines

        self.reschedule(world, form, ("co-so", 5, 8))

        asked.refresh_from_db()
        assert asked.deadlines == before
        later = services.open_round(actor=world.binh, form_id=form.pk, period=month("2020-09"), at=world.at)
        assert list(later.deadlines) == ["co-so"]

    def test_a_level_that_owes_keeps_its_deadline(self, world, form):
        services.lay_duty(actor=world.binh, form_id=form.pk, level="co-so", from_day=world.day, at=world.at)

        with pytest.raises(rules.StillOwes):
            self.reschedule(world, form, ("tren-co-so", 1, 10))

    def test_a_saved_schedule_fits_the_calendar(self, world):
        form = create(world, calendar="15-14")

        with pytest.raises(NoWorkingDay):
            self.reschedule(world, form, ("co-so", 0, 18))


class TestAskingForAPeriod:
    def open(self, world, form, code="2020-08"):
        return services.open_round(actor=world.binh, form_id=form.pk, period=periods.Period.parse(code), at=world.at)

    def test_a_round_has_the_tree_of_its_last_day_and_a_deadline_per_level(self, world, form):
        publish(world, form)
        asked = self.open(world, form)

        assert asked.day == date(2020, 8, 31)
        assert asked.deadlines == {
            "co-so": "2020-09-01T10:00:00+07:00",
            "tren-co-so": "2020-09-02T10:00:00+07:00",
        }

    def test_an_unpublished_form_asks_for_nothing(self, world, form, unchanged):
        with pytest.raises(rules.NothingPublished):
            self.open(world, form)

    @pytest.mark.parametrize("code", ["2020-W35", "2020-08~15-14", "2020", "@2020-08-24"])
    def test_a_period_of_another_kind_or_calendar_is_refused_in_words(self, world, form, code):
        publish(world, form)
        with pytest.raises(rules.WrongPeriod, match="thu theo kỳ tháng"):
            self.open(world, form, code)

    def test_a_period_is_asked_for_once(self, world, form):
        publish(world, form)
        self.open(world, form)
        with pytest.raises(rules.RoundIsOpen, match="Tháng 8/2020"):
            self.open(world, form)

    def test_what_owes_by_exception_can_open_its_report(self, world, form):
        publish(world, form)
        services.except_unit(
            actor=world.an,
            form_id=form.pk,
            unit=world.dichvong,
            owes=True,
            reason="làm điểm",
            from_day=date(2020, 8, 1),
            until_day=None,
            at=world.at,
        )
        asked = self.open(world, form)
        report = reports.open_report(actor=world.minh, round_id=asked.pk, unit_id=world.dichvong.pk, at=world.at)
        assert report.due_at.isoformat().startswith("2020-09-01")
        with pytest.raises(Refusal):
            reports.open_report(actor=world.lan, round_id=asked.pk, unit_id=world.caugiay.pk, at=world.at)
