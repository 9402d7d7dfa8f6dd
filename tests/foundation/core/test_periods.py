"""Days, quarters and periods: the end is never in, the minute is never kept."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.foundation.core import periods
from entremise.foundation.core.french import search_key, thousands


def test_period_holds_its_first_day_and_not_its_end():
    march = periods.month_period(date(2026, 3, 16))

    assert (march.first, march.end, march.last, march.days) == (
        date(2026, 3, 1),
        date(2026, 4, 1),
        date(2026, 3, 31),
        31,
    )
    assert date(2026, 3, 1) in march
    assert date(2026, 4, 1) not in march


def test_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends on"):
        periods.Period(date(2026, 3, 2), date(2026, 3, 2))


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_each_day_is_in_its_own_month_and_months_touch(day):
    month = periods.month_period(day)

    assert day in month
    assert periods.month_period(month.end).first == month.end


@given(st.times())
def test_quarter_never_tells_more_than_fifteen_minutes(moment):
    start = periods.time_of_quarter(periods.quarter_of_an_hour(moment))

    assert (start.minute % 15, start.second) == (0, 0)
    assert start <= moment.replace(tzinfo=None)
    assert periods.quarter_of_an_hour(start) == periods.quarter_of_an_hour(moment)


def test_last_quarter_of_the_day_is_the_ninety_fifth():
    assert periods.quarter_of_an_hour(time(23, 59, 59)) == 95


def test_evening_in_utc_is_already_tomorrow_in_paris():
    assert periods.day_in_paris(datetime(2026, 7, 14, 22, 30, tzinfo=UTC)) == date(2026, 7, 15)
    assert periods.day_in_paris(datetime(2026, 1, 14, 22, 30, tzinfo=UTC)) == date(2026, 1, 14)


@pytest.mark.parametrize(
    ("written", "key"),
    [("L’Œuvre d’Évry-Courcouronnes", "l oeuvre d evry courcouronnes"), ("  ÇA  va ", "ca va")],
)
def test_search_ignores_accents_case_and_signs(written, key):
    assert search_key(written) == key


def test_thousands_are_apart_without_a_break():
    assert thousands(1083412) == "1\u202f083\u202f412"
