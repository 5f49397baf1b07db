from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.periods import Calendar, Period, PeriodKind
from giaoban.core.periods import period as refusals
from giaoban.core.periods.calendars import MONTHS

days = st.dates(min_value=date(1905, 1, 1), max_value=date(2190, 12, 31))
ONE_DAY = timedelta(days=1)
TILING = [
    *((kind, Calendar.CALENDAR) for kind in (PeriodKind.WEEK, PeriodKind.TERM, *MONTHS)),
    *((kind, Calendar.FIFTEENTH) for kind in MONTHS),
]
TILING = [(kind, calendar) for kind, calendar in TILING if kind is not PeriodKind.NINE_MONTHS]


@st.composite
def periods(draw):
    day = draw(days)
    make = draw(st.sampled_from(["tiling", "nine", "range", "event", "events", "term"]))
    if make == "tiling":
        return Period.containing(day, *draw(st.sampled_from(TILING)))
    if make == "nine":
        calendar = draw(st.sampled_from([Calendar.CALENDAR, Calendar.FIFTEENTH]))
        return Period.containing(day.replace(month=draw(st.integers(1, 8)), day=1), PeriodKind.NINE_MONTHS, calendar)
    if make == "term":
        return Period.term(day.year, day.year + draw(st.integers(1, 5)))
    last = day + timedelta(days=draw(st.integers(0, 500)))
    if make == "range":
        return Period.days(day, last)
    return Period.event(day, last if make == "events" else None)


@given(periods())
def test_a_period_has_one_code_and_reads_back(period):
    assert Period.parse(period.code) == period


@given(periods())
def test_a_code_needs_no_escaping_in_an_address(period):
    assert set(period.code) <= set("0123456789-.~@WQHM")


@given(periods())
def test_before_and_after_undo_each_other(period):
    assert period.next().previous() == period
    assert period.previous().next() == period
    assert period.previous() < period < period.next()


@given(days, st.sampled_from(TILING))
def test_periods_of_a_kind_cover_every_day_once(day, tile):
    period = Period.containing(day, *tile)
    assert period.contains(day)
    assert period.next().from_day == period.until_day
    assert Period.containing(period.last_day, *tile) == period
    assert Period.containing(period.until_day, *tile) == period.next()


@given(periods())
def test_a_period_holds_its_own_days_and_no_others(period):
    assert period.contains(period.from_day)
    assert period.contains(period.last_day)
    assert not period.contains(period.until_day)
    assert not period.contains(period.from_day - ONE_DAY)


@given(periods())
def test_the_same_period_last_year_is_of_the_same_kind_and_earlier(period):
    before = period.year_before()
    assert (before.kind, before.calendar) == (period.kind, period.calendar)
    assert before.from_day < period.from_day
    if period.kind in MONTHS:
        assert before.from_day == period.from_day.replace(year=period.from_day.year - 1)


@given(periods(), st.sampled_from(list(PeriodKind)))
def test_parts_fill_their_period_exactly_or_are_refused(period, kind):
    try:
        parts = period.parts(kind)
    except refusals.NotMadeOf:
        return
    assert parts[0].from_day == period.from_day
    assert parts[-1].until_day == period.until_day
    assert all(one.until_day == other.from_day for one, other in pairwise(parts))
    assert {(part.kind, part.calendar) for part in parts} == {(kind, period.calendar)}


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("2020-W34", "Tuần 17–23/8/2020", "Week 17–23 August 2020"),
        ("2020-W36", "Tuần 31/8–6/9/2020", "Week 31 August – 6 September 2020"),
        ("2020-W53", "Tuần 28/12/2020–3/1/2021", "Week 28 December 2020 – 3 January 2021"),
        ("2020-08", "Tháng 8/2020", "August 2020"),
        ("2020-08~15-14", "Tháng 8/2020", "August 2020"),
        ("2020-Q4", "Quý IV/2020", "Quarter IV/2020"),
        ("2020-H1", "6 tháng đầu năm 2020", "First half of 2020"),
        ("2020-H2", "6 tháng cuối năm 2020", "Second half of 2020"),
        ("2020-9M", "9 tháng đầu năm 2020", "First nine months of 2020"),
        ("2020", "Năm 2020", "Year 2020"),
        ("2020..2025", "Nhiệm kỳ 2020–2025", "Term 2020–2025"),
        ("2020-08-03..2020-08-23", "Từ 3/8 đến 23/8/2020", "3–23 August 2020"),
        ("2020-12-28..2021-01-03", "Từ 28/12/2020 đến 3/1/2021", "28 December 2020 – 3 January 2021"),
        ("2020-08-03..2020-08-03", "Ngày 3/8/2020", "3 August 2020"),
        ("@2020-05-15", "Tính đến 15/5/2020", "As of 15 May 2020"),
        ("@2020-05-15..2020-05-17", "Từ 15/5 đến 17/5/2020", "15–17 May 2020"),
    ],
)
def test_periods_are_called_what_offices_call_them(code, vi, en):
    period = Period.parse(code)
    assert period.code == code
    assert (period.label(), period.label(language="en")) == (vi, en)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2020-08~15-14", date(2020, 7, 15), date(2020, 8, 14)),
        ("2020-01~15-14", date(2019, 12, 15), date(2020, 1, 14)),
        ("2020-Q1~15-14", date(2019, 12, 15), date(2020, 3, 14)),
        ("2020-Q2~15-14", date(2020, 3, 15), date(2020, 6, 14)),
        ("2020-H1~15-14", date(2019, 12, 15), date(2020, 6, 14)),
        ("2020-H2~15-14", date(2020, 6, 15), date(2020, 12, 14)),
        ("2020-9M~15-14", date(2019, 12, 15), date(2020, 9, 14)),
        ("2020~15-14", date(2019, 12, 15), date(2020, 12, 14)),
    ],
)
def test_decree_09_of_2019_counts_from_the_15th_to_the_14th(code, first, last):
    period = Period.parse(code)
    assert (period.from_day, period.last_day) == (first, last)
    assert Period.containing(last, period.kind, period.calendar) == period


def test_the_15th_of_december_already_belongs_to_the_next_year():
    year = Period.containing(date(2020, 12, 15), PeriodKind.YEAR, Calendar.FIFTEENTH)
    assert year.label() == "Năm 2021"


@pytest.mark.parametrize(
    "code",
    ["", "2020-W54", "2021-W53", "2020-13", "2020-00", "2020-8", "2020-Q5", "2020-H3", "2020-6M", "20", "1899", "2200",
     "2020-W34~15-14", "2020-08~", "2020-08~event", "2020-08~calendar", "2020..2020", "2025..2020", "0000..9999",
     "2020-08-23..2020-08-17", "2020-02-30..2020-03-01", "2020-08-17", "@2020", "@2020-05-15~15-14",
     "@2020-05-15~event", "2020..2025~15-14", "9999-12-31..9999-12-31", "@9999-12-31", "9999-W52",
     "0000-01~15-14", " 2020", "2020\n",
     "２０２０", "2020-08-17..", "x" * 10_000],
)  # fmt: skip
def test_anything_else_is_no_code(code):
    with pytest.raises(refusals.UnknownCode) as refused:
        Period.parse(code)
    assert len(str(refused.value)) < 150


@given(st.text(alphabet="0123456789-.~@WQHM", max_size=24))
def test_any_address_is_a_period_or_refused_in_words(code):
    try:
        period = Period.parse(code)
    except refusals.UnknownCode:
        return
    assert period.code == code


def test_weeks_do_not_fit_into_months_nor_halves_into_nine_months():
    for code, kind in [("2020-08", PeriodKind.WEEK), ("2020-9M", PeriodKind.HALF), ("2020-W34", PeriodKind.DAY),
                       ("2020-08", PeriodKind.YEAR), ("2020", PeriodKind.NINE_MONTHS)]:  # fmt: skip
        with pytest.raises(refusals.NotMadeOf):
            Period.parse(code).parts(kind)


@pytest.mark.parametrize(
    ("code", "kind", "parts"),
    [
        ("2020-Q4", PeriodKind.MONTH, ["2020-10", "2020-11", "2020-12"]),
        ("2020", PeriodKind.HALF, ["2020-H1", "2020-H2"]),
        ("2020-9M", PeriodKind.QUARTER, ["2020-Q1", "2020-Q2", "2020-Q3"]),
        ("2020-H2~15-14", PeriodKind.QUARTER, ["2020-Q3~15-14", "2020-Q4~15-14"]),
        ("2020..2022", PeriodKind.YEAR, ["2020", "2021"]),
        ("2020-08", PeriodKind.MONTH, ["2020-08"]),
    ],
)
def test_a_period_is_made_of_its_parts_in_the_same_calendar(code, kind, parts):
    assert [part.code for part in Period.parse(code).parts(kind)] == parts


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("2020-W53", "2019-W52"),
        ("2021-W34", "2020-W34"),
        ("2020-Q1~15-14", "2019-Q1~15-14"),
        ("2020..2025", "2015..2020"),
        ("@2020-02-29", "@2019-02-28"),
        ("2020-02-01..2020-02-29", "2019-02-01..2019-02-28"),
    ],
)
def test_the_same_period_a_year_earlier(code, before):
    assert Period.parse(code).year_before().code == before


def test_each_calendar_has_its_own_kinds():
    for kind, calendar in [(PeriodKind.WEEK, Calendar.FIFTEENTH), (PeriodKind.TERM, Calendar.FIFTEENTH),
                           (PeriodKind.DAY, Calendar.CALENDAR), (PeriodKind.MONTH, Calendar.EVENT)]:  # fmt: skip
        with pytest.raises(refusals.NoSuchPeriod):
            Period.containing(date(2020, 8, 23), kind, calendar)
    with pytest.raises(refusals.NoSuchPeriod, match="Lịch 15-14 không có kỳ «tuần»"):
        Period.containing(date(2020, 8, 23), PeriodKind.WEEK, Calendar.FIFTEENTH)


@pytest.mark.parametrize("month", [10, 11, 12])
def test_the_last_quarter_is_in_no_nine_months(month):
    with pytest.raises(refusals.NoSuchPeriod):
        Period.containing(date(2020, month, 1), PeriodKind.NINE_MONTHS)


def test_a_term_ends_in_a_later_year_within_the_calendar():
    with pytest.raises(refusals.EndsBeforeItBegins, match="2020"):
        Period.term(2020, 2020)
    for years in [(1899, 1904), (2198, 2201), (-5, 3), (2020, 99_999)]:
        with pytest.raises(refusals.BeyondCalendar, match="1900–2199"):
            Period.term(*years)
    assert Period.term(1900, 2200).code == "1900..2200"


def test_days_that_are_no_period_are_a_bug():
    for kind, first, until in [
        (PeriodKind.WEEK, date(2020, 8, 18), date(2020, 8, 25)),
        (PeriodKind.MONTH, date(2020, 8, 1), date(2020, 8, 31)),
        (PeriodKind.QUARTER, date(2020, 2, 1), date(2020, 5, 1)),
        (PeriodKind.DAY, date(2020, 8, 18), date(2020, 8, 19)),
        (PeriodKind.TERM, date(2020, 8, 18), date(2025, 8, 18)),
        (PeriodKind.TERM, date(2020, 1, 1), date(2020, 1, 1)),
        (PeriodKind.RANGE, date(2020, 8, 18), date(2020, 8, 18)),
    ]:
        with pytest.raises(ValueError, match=kind.value):
            Period(kind=kind, from_day=first, until_day=until)


def test_a_range_given_backwards_is_refused_in_words():
    with pytest.raises(refusals.EndsBeforeItBegins, match="23-8-2020"):
        Period.days(date(2020, 8, 23), date(2020, 8, 17))


def test_the_calendar_of_the_house_ends_in_words_not_in_a_crash():
    for step in (Period.parse("1900-01").previous, Period.parse("2199").next, Period.parse("2195..2200").next):
        with pytest.raises(refusals.BeyondCalendar):
            step()
    with pytest.raises(refusals.BeyondCalendar):
        Period.days(date(2020, 1, 1), date.max)
    for day in (date.min, date(2200, 1, 1), date.max):
        with pytest.raises(refusals.BeyondCalendar, match="1900–2199"):
            Period.containing(day, PeriodKind.WEEK)
