"""Numbers, days and times as they are read."""

from datetime import date, time

import pytest
from django.utils import translation

from entremise.foundation.ui import formats


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1083412, 0, "1\u202f083\u202f412"),
        (999, 0, "999"),
        (12.345, 1, "12,3"),
        (-4500, 0, "−4\u202f500"),
        (0, 0, "0"),
        (None, 0, "–"),
    ],
)
def test_number_in_french(value, decimals, written):
    with translation.override("fr"):
        assert formats.grouped(value, decimals) == written


def test_number_in_english():
    with translation.override("en"):
        assert formats.grouped(1083412) == "1,083,412"


@pytest.mark.parametrize(
    ("language", "day", "long", "short"),
    [
        ("fr", date(2026, 11, 23), "lundi 23 novembre 2026", "23\u00a0nov.\u00a02026"),
        ("fr", date(2026, 5, 1), "vendredi 1er mai 2026", "1er\u00a0mai\u00a02026"),
        ("en", date(2026, 5, 1), "Friday 1 May 2026", "1\u00a0May\u00a02026"),
    ],
)
def test_day_in_both_languages(language, day, long, short):
    with translation.override(language):
        assert (formats.long_day(day), formats.short_day(day)) == (long, short)


@pytest.mark.parametrize(
    ("language", "moment", "written"),
    [
        ("fr", time(16, 0), "16\u00a0h"),
        ("fr", time(9, 5), "9\u00a0h\u00a005"),
        ("en", time(9, 5), "09:05"),
    ],
)
def test_clock_in_both_languages(language, moment, written):
    with translation.override(language):
        assert formats.clock(moment) == written


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0\u00a0min"), (45, "45\u00a0min"), (60, "1\u00a0h"), (85, "1\u00a0h\u00a025")],
)
def test_duration_of_minutes(minutes, written):
    assert formats.duration(minutes) == written
