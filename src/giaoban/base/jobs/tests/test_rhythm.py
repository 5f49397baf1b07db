"""Rhythms hold over gaps, midnights and changes of the clock."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.base.jobs.rhythm import rhythm

HANOI, BERLIN, LORD_HOWE = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")
MOMENTS = st.timedeltas(timedelta(), timedelta(days=36 * 365)).map(lambda past: datetime(1999, 1, 1, tzinfo=UTC) + past)
RHYTHMS = st.sampled_from(
    [
        rhythm(every=timedelta(minutes=7)),
        rhythm(daily_at="07:00"),
        rhythm(daily_at="02:30"),
        rhythm(weekly_at="mon 07:30"),
        rhythm(weekly_at="sun 02:30"),
    ]
)


def run_of(one, zone, begin, count):
    """The moments from `begin` on."""
    moments = [one.next(begin, zone)]
    while len(moments) < count:
        moments.append(one.next(moments[-1], zone))
    return moments


def test_seven_in_the_morning_is_that_of_the_installation():
    at = datetime(2020, 8, 24, 2, 0, tzinfo=UTC)

    assert rhythm(daily_at="07:00").last(at, HANOI) == datetime(2020, 8, 24, 0, 0, tzinfo=UTC)
    assert rhythm(daily_at="07:00").next(at, HANOI) == datetime(2020, 8, 25, 0, 0, tzinfo=UTC)


def test_the_moment_itself_is_due():
    at = datetime(2020, 8, 24, 0, 0, tzinfo=UTC)

    assert rhythm(daily_at="07:00").last(at, HANOI) == at


def test_a_week_is_counted_from_its_day():
    moments = run_of(rhythm(weekly_at="mon 07:30"), HANOI, datetime(2020, 8, 24, 1, 0, tzinfo=UTC), 2)

    assert [moment.astimezone(HANOI).strftime("%a %d %H:%M") for moment in moments] == ["Mon 31 07:30", "Mon 07 07:30"]


@pytest.mark.parametrize("zone", [BERLIN, LORD_HOWE], ids=str)
@pytest.mark.parametrize("hour", ["02:00", "02:15", "02:30"])
def test_each_day_has_one_moment_over_both_changes_of_the_clock(zone, hour):
    moments = run_of(rhythm(daily_at=hour), zone, datetime(2020, 3, 1, tzinfo=UTC), 300)

    days = [moment.astimezone(zone).date() for moment in moments]
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))


def test_an_hour_that_is_left_out_comes_late_and_one_shown_twice_counts_once():
    nightly = rhythm(daily_at="02:30")

    left_out = nightly.next(datetime(2020, 3, 28, 12, tzinfo=UTC), BERLIN)
    twice = nightly.next(datetime(2020, 10, 24, 12, tzinfo=UTC), BERLIN)

    assert left_out.astimezone(BERLIN).strftime("%d %H:%M") == "29 03:30"
    assert twice == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)
    assert nightly.last(datetime(2020, 10, 25, 1, 45, tzinfo=UTC), BERLIN) == twice


@given(one=RHYTHMS, at=MOMENTS, zone=st.sampled_from([HANOI, BERLIN, LORD_HOWE]))
def test_the_last_moment_is_not_after_now_and_the_next_one_follows_it(one, at, zone):
    last, following = one.last(at, zone), one.next(at, zone)

    assert last <= at < following
    assert one.next(last, zone) == following
    assert one.last(following, zone) == following


@pytest.mark.parametrize(
    "wrong",
    [{}, {"daily_at": "7"}, {"daily_at": "25:00"}, {"weekly_at": "07:00"}, {"every": timedelta()},
     {"daily_at": "07:00", "every": timedelta(hours=1)}],
    ids=str,
)  # fmt: skip
def test_what_is_no_rhythm_is_refused_where_it_is_declared(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - three libraries word it
        rhythm(**wrong)
