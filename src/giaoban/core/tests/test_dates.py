from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.text_vi import dates

days = st.dates(min_value=date(1000, 1, 1))


@given(days)
def test_a_written_day_reads_back(day):
    assert dates.read_day(dates.write_day(day)) == day
    assert dates.read_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "typed", ["23-8-2020", "23/8/2020", "23.8.2020", "2020-08-23", " 23-08-2020 ", "23 - 8 - 2020", "23\u00a0/ 8/2020"]
)
def test_every_way_offices_type_a_day_is_read(typed):
    assert dates.read_day(typed) == date(2020, 8, 23)


@pytest.mark.parametrize(
    "typed", ["", "23-8", "23-8-20", "23-8/2020", "17-23/8/2020", "8/2020", "hôm nay", "2020/8/23", "x" * 5000]
)
def test_what_is_not_surely_a_day_is_refused(typed):
    with pytest.raises(dates.NotADay) as refused:
        dates.read_day(typed)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("typed", ["30-2-2020", "29/2/2021", "0-1-2020", "1.13.2020", "2020-13-01", "1-1-0000"])
def test_a_day_the_calendar_lacks_is_refused_as_such(typed):
    with pytest.raises(dates.NoSuchDay, match=typed):
        dates.read_day(typed)


def test_a_moment_is_written_in_the_zone_it_carries():
    hanoi = timezone(timedelta(hours=7))
    assert dates.write_moment(datetime(2020, 8, 23, 17, 5, tzinfo=hanoi)) == "17:05 23-8-2020"


def test_only_early_days_and_the_first_two_months_take_a_zero_in_a_document():
    assert dates.write_day_in_document(date(2020, 1, 9)) == "ngày 09 tháng 01 năm 2020"
    assert dates.write_day_in_document(date(2020, 3, 10)) == "ngày 10 tháng 3 năm 2020"
