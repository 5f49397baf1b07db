import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.periods import (
    Calendar,
    CutOff,
    LevelStep,
    Period,
    PeriodKind,
    Schedule,
    cut_off,
    is_late,
)
from giaoban.core.periods import deadlines as deadlines_of
from giaoban.core.periods.deadlines import (
    DaysOutOfRange,
    LevelTwice,
    NoLevels,
    NotASchedule,
    NotLater,
    NoWorkingDay,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKLY = Schedule(
    cut_off=CutOff(days=0, at=time(17)),
    steps=(
        LevelStep("cell", 1, time(7)),
        LevelStep("above_base", 0, time(8)),
        LevelStep("province", 0, time(9, 30)),
    ),
)
DECREE = Schedule(
    cut_off=CutOff(days=0, at=time(23, 59)),
    steps=(LevelStep("commune", 1, time(17)), LevelStep("district", 2, time(17)), LevelStep("province", 2, time(17))),
)


def at(*when):
    return datetime(*when, tzinfo=HANOI)


def test_a_week_that_ends_on_sunday_is_whole_before_the_briefing_on_monday_afternoon():
    week = Period.parse("2020-W34")
    assert cut_off(period=week, schedule=WEEKLY, tz=HANOI) == at(2020, 8, 23, 17)
    assert deadlines_of(period=week, schedule=WEEKLY, tz=HANOI) == {
        "cell": at(2020, 8, 24, 7),
        "above_base": at(2020, 8, 24, 8),
        "province": at(2020, 8, 24, 9, 30),
    }


def test_deadlines_are_told_deepest_level_first():
    due = deadlines_of(period=Period.parse("2020-W34"), schedule=WEEKLY, tz=HANOI)
    assert list(due) == ["cell", "above_base", "province"]


def test_saturdays_sundays_and_holidays_are_no_working_days():
    month = Period.parse("2020-08~15-14")  # ends on Friday 14 August
    due = deadlines_of(period=month, schedule=DECREE, tz=HANOI, holidays=frozenset({date(2020, 8, 18)}))
    assert due == {
        "commune": at(2020, 8, 17, 17),
        "district": at(2020, 8, 20, 17),
        "province": at(2020, 8, 24, 17),
    }


def test_a_holiday_after_the_week_moves_every_level():
    due = deadlines_of(
        period=Period.parse("2020-W36"), schedule=WEEKLY, tz=HANOI, holidays=frozenset({date(2020, 9, 7)})
    )
    assert due["province"] == at(2020, 9, 8, 9, 30)


def test_the_decree_leaves_one_working_day_after_its_cut_off():
    hasty = replace(DECREE, cut_off=CutOff(0, time(8)), steps=(LevelStep("commune", 0, time(17)),))
    with pytest.raises(NoWorkingDay, match="commune"):
        deadlines_of(period=Period.parse("2020-08~15-14"), schedule=hasty, tz=HANOI)
    with pytest.raises(NoWorkingDay):
        hasty.refuse_unless_fit_for(Calendar.FIFTEENTH)
    hasty.refuse_unless_fit_for(Calendar.CALENDAR)
    assert deadlines_of(period=Period.parse("2020-08"), schedule=hasty, tz=HANOI)["commune"] == at(2020, 8, 31, 17)


def test_figures_may_stop_before_the_period_ends():
    early = Schedule(cut_off=CutOff(days=-1, at=time(17)), steps=(LevelStep("province", 1, time(8)),))
    half = Period.parse("2020-H1")
    assert cut_off(period=half, schedule=early, tz=HANOI) == at(2020, 6, 29, 17)
    assert deadlines_of(period=half, schedule=early, tz=HANOI)["province"] == at(2020, 6, 30, 8)


def test_on_the_minute_is_in_time_and_after_it_is_late():
    due = at(2020, 8, 24, 7)
    assert not is_late(due, due)
    assert is_late(due + timedelta(microseconds=1), due)
    assert not is_late(datetime(2020, 8, 24, 0, 0, tzinfo=ZoneInfo("UTC")), due)


def test_an_hour_without_a_zone_is_a_bug():
    with pytest.raises(TypeError):
        is_late(datetime(2020, 8, 24, 7), at(2020, 8, 24, 7))  # noqa: DTZ001


@pytest.mark.parametrize("hour", [time(7), time(6)])
def test_a_level_on_the_same_day_needs_a_later_hour(hour):
    with pytest.raises(NotLater, match="base"):
        Schedule(CutOff(0, time(5)), (LevelStep("cell", 0, time(7)), LevelStep("base", 0, hour)))
    with pytest.raises(NotLater, match="cell"):
        Schedule(CutOff(0, time(7)), (LevelStep("cell", 0, hour),))


def test_a_schedule_without_levels_or_with_one_twice_is_refused():
    with pytest.raises(NoLevels):
        Schedule(CutOff(0, time(7)), ())
    with pytest.raises(LevelTwice, match="cell"):
        Schedule(CutOff(0, time(7)), (LevelStep("cell", 1, time(7)), LevelStep("cell", 1, time(7))))


@pytest.mark.parametrize("count", [-1, 367, 10**12])
def test_working_days_stay_within_a_year(count):
    with pytest.raises(DaysOutOfRange, match="cell"):
        LevelStep("cell", count, time(7))


def test_a_cut_off_stays_within_a_year_of_its_period():
    with pytest.raises(DaysOutOfRange):
        CutOff(400, time(7))


def test_a_stored_schedule_is_readable_and_loses_no_second():
    schedule = Schedule(CutOff(days=366, at=time(17)), (LevelStep("cell", 1, time(7, 0, 30)),))
    assert schedule.as_json() == {
        "cut_off": {"days": 366, "at": "17:00"},
        "steps": [{"level": "cell", "working_days": 1, "at": "07:00:30"}],
    }
    assert Schedule.from_json(schedule.as_json()) == schedule


hours = st.times().map(lambda hour: hour.replace(fold=0))


@st.composite
def schedules(draw, least=0):
    names = draw(st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=5, unique=True))
    hour = draw(hours)
    stop = CutOff(draw(st.integers(-40, 40)), hour)
    steps = []
    for name in names:
        count, after = draw(st.integers(least if not steps else 0, 9)), draw(hours)
        if count == 0 and after <= hour:
            count = 1
        steps.append(LevelStep(name, count, after))
        hour = after
    return Schedule(stop, tuple(steps))


@given(schedules())
def test_a_schedule_survives_being_stored(schedule):
    assert Schedule.from_json(json.loads(json.dumps(schedule.as_json()))) == schedule


@given(
    schedules(least=1),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from([(PeriodKind.WEEK, Calendar.CALENDAR), (PeriodKind.MONTH, Calendar.FIFTEENTH)]),
    st.integers(0, 10),
)
def test_no_level_is_due_before_the_level_below_it(schedule, day, tile, gap):
    period = Period.containing(day, *tile)
    holidays = frozenset(period.until_day + timedelta(days=n) for n in range(gap))
    due = deadlines_of(period=period, schedule=schedule, tz=HANOI, holidays=holidays)
    moments = [cut_off(period=period, schedule=schedule, tz=HANOI), *due.values()]
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)
    first = due[schedule.steps[0].level].date()
    assert first.weekday() < 5
    assert first not in holidays


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        (None, "lịch nộp"),
        ({}, "cut_off"),
        ({"cut_off": {"days": 0, "at": "17:00"}}, "steps"),
        ({"cut_off": {"days": "0", "at": "17:00"}, "steps": []}, "days"),
        ({"cut_off": {"days": True, "at": "17:00"}, "steps": []}, "days"),
        ({"cut_off": {"days": 0, "at": "25:00"}, "steps": []}, "at"),
        ({"cut_off": {"days": 0, "at": "17:00+07:00"}, "steps": []}, "at"),
        ({"cut_off": {"days": 0, "at": "17:00"}, "steps": [5]}, "steps"),
        ({"cut_off": {"days": 0, "at": "17:00"}, "steps": [{"level": "", "working_days": 1, "at": "07:00"}]}, "level"),
    ],
)
def test_a_damaged_schedule_is_refused_by_place(damage, place):
    with pytest.raises(NotASchedule, match=f"«{place}»"):
        Schedule.from_json(damage)
