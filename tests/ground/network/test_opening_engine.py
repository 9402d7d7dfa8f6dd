"""Opening hours: public holidays, half-days, midnight, time zones, and what people type."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.ground.network.engine import (
    BrokenHours,
    Change,
    Slot,
    check,
    opening_at,
    read_slots,
    slots_on,
    week_of,
    write_osm,
)

OFFICE = "Mo-Fr 09:00-12:00,14:00-17:00; PH off"
MORNING, AFTERNOON = Slot(540, 720), Slot(840, 1020)
MONDAY = date(2026, 3, 16)
PARIS = ZoneInfo("Europe/Paris")


def test_slots_on_an_ordinary_day():
    assert slots_on(OFFICE, MONDAY) == (MORNING, AFTERNOON)


def test_slots_on_a_public_holiday_are_none():
    assert slots_on(OFFICE, MONDAY, holidays={MONDAY}) == ()


def test_slots_on_a_public_holiday_without_a_rule_for_it_are_none():
    assert slots_on("Mo-Fr 09:00-12:00", MONDAY, holidays={MONDAY}) == ()


def test_slots_on_a_public_holiday_that_has_its_own_hours():
    text = "Mo-Fr 09:00-12:00; PH 10:00-11:00"

    assert slots_on(text, MONDAY, holidays={MONDAY}) == (Slot(600, 660),)


def test_slots_on_a_morning_closure_keep_the_afternoon():
    changes = [Change(MONDAY, "morning", is_open=False)]

    assert slots_on(OFFICE, MONDAY, changes=changes) == (AFTERNOON,)


def test_slots_on_another_day_than_the_closure_stay():
    changes = [Change(MONDAY + timedelta(days=1), "day", is_open=False)]

    assert slots_on(OFFICE, MONDAY, changes=changes) == (MORNING, AFTERNOON)


def test_slots_on_an_extra_saturday_morning_are_those_of_an_ordinary_morning():
    text = "Mo-Fr 08:30-12:15; PH off"
    saturday = date(2026, 3, 21)

    slots = slots_on(text, saturday, changes=[Change(saturday, "morning", is_open=True)])

    assert slots == (Slot(510, 735),)


def test_slots_on_an_extra_morning_of_a_place_without_hours():
    slots = slots_on("", MONDAY, changes=[Change(MONDAY, "morning", is_open=True)])

    assert slots == (MORNING,)


def test_slots_on_a_closed_day_with_an_extra_morning_keep_the_morning():
    changes = [Change(MONDAY, "morning", is_open=True), Change(MONDAY, "day", is_open=False)]

    assert slots_on(OFFICE, MONDAY, changes=changes) == (MORNING,)


def test_opening_during_the_morning_says_until_noon():
    opening = opening_at(OFFICE, datetime(2026, 3, 16, 9, 30, tzinfo=PARIS), "Europe/Paris")

    assert (opening.is_open, opening.changes_at) == (
        True,
        datetime(2026, 3, 16, 12, tzinfo=PARIS),
    )


def test_opening_on_friday_evening_says_monday_morning():
    opening = opening_at(OFFICE, datetime(2026, 3, 13, 18, tzinfo=PARIS), "Europe/Paris")

    assert (opening.is_open, opening.changes_at) == (
        False,
        datetime(2026, 3, 16, 9, tzinfo=PARIS),
    )


def test_opening_follows_the_clock_of_the_place():
    instant = datetime(2026, 3, 16, 5, 30, tzinfo=UTC)

    assert opening_at(OFFICE, instant, "Indian/Reunion").is_open is True
    assert opening_at(OFFICE, instant, "Europe/Paris").is_open is False


def test_opening_past_midnight_ends_the_next_day():
    opening = opening_at("Mo 22:00-02:00", datetime(2026, 3, 16, 23, tzinfo=PARIS), "Europe/Paris")

    assert opening.changes_at == datetime(2026, 3, 17, 2, tzinfo=PARIS)


def test_opening_all_day_every_day_never_changes():
    opening = opening_at("24/7", datetime(2026, 3, 16, 9, tzinfo=PARIS), "Europe/Paris")

    assert (opening.is_open, opening.changes_at) == (True, None)


def test_opening_without_hours_is_unknown():
    assert opening_at("", datetime(2026, 3, 16, 9, tzinfo=PARIS), "Europe/Paris") is None


def test_opening_without_hours_on_a_closed_day_is_closed():
    changes = [Change(MONDAY, "day", is_open=False)]

    opening = opening_at(
        "", datetime(2026, 3, 16, 9, tzinfo=PARIS), "Europe/Paris", changes=changes
    )

    assert opening.is_open is False


def test_check_on_french_words_refuses():
    with pytest.raises(BrokenHours):
        check("lundi 9h")


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("9h-12h / 14h-17h", (MORNING, AFTERNOON)),
        ("09:00 - 12:00, 14:00 – 17:00", (MORNING, AFTERNOON)),
        ("de 9h à 12h et 14 h 00 - 17 h 00", (MORNING, AFTERNOON)),
        ("9-12", (MORNING,)),
        ("fermé", ()),
        ("", ()),
        ("22h-24h", (Slot(1320, 1440),)),
    ],
)
def test_slots_as_people_write_them(text, slots):
    assert read_slots(text) == slots


@pytest.mark.parametrize(
    "text", ["12h-9h", "9h", "9h-25h", "9h70-10h", "9h-12h / 11h-14h", "matin"]
)
def test_slots_that_mean_nothing_are_refused(text):
    with pytest.raises(BrokenHours):
        read_slots(text)


def test_week_written_groups_equal_days():
    day = (MORNING, AFTERNOON)
    week = (day, day, (MORNING,), day, day, (), ())

    assert write_osm(week) == ("Mo-Tu,Th-Fr 09:00-12:00,14:00-17:00; We 09:00-12:00; PH off")


@pytest.mark.parametrize(
    "text", ["Mo[1] 09:00-12:00", "Jan-Mar 09:00-12:00", "PH 10:00-12:00", "Mo 99:00-99:30"]
)
def test_week_that_is_not_plain_is_none(text):
    assert week_of(text) is None


@st.composite
def written_days(draw):
    edges = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Slot(start * 15, end * 15) for start, end in pairs)


@given(st.lists(written_days(), min_size=7, max_size=7).map(tuple))
def test_week_written_then_read_is_the_same(week):
    assert week_of(write_osm(week)) == week


@given(written_days(), st.sampled_from(["morning", "afternoon", "day"]))
def test_closure_never_opens_and_never_touches_the_other_half(day, half):
    week = (day, (), (), (), (), (), ())
    text = write_osm(week)

    left = slots_on(text, MONDAY, changes=[Change(MONDAY, half, is_open=False)])

    closed = {"morning": range(780), "afternoon": range(780, 1440), "day": range(1440)}[half]
    before = {minute for slot in day for minute in range(slot.start, slot.end)}
    after = {minute for slot in left for minute in range(slot.start, slot.end)}
    assert after == before - set(closed)


@given(written_days(), st.integers(0, 1439))
def test_opening_agrees_with_the_slots_of_the_day(day, minute):
    text = write_osm((day,) * 7)
    instant = datetime(2026, 3, 16, minute // 60, minute % 60, tzinfo=UTC)

    opening = opening_at(text, instant, "UTC")

    expected = any(slot.start <= minute < slot.end for slot in day)
    assert (opening.is_open if opening else False) == expected
