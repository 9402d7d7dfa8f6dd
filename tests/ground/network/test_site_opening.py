"""« Ouvert maintenant » of a real place: its holidays, its exceptions, its state, its words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from entremise.ground.network.enums import SiteState
from entremise.ground.network.models import OpeningException
from entremise.ground.network.queries.opening import opening_of, stop_hours_in_words

PARIS = ZoneInfo("Europe/Paris")
MONDAY_MORNING = datetime(2026, 3, 16, 9, 30, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (MONDAY_MORNING, "Ouvert, ferme à 12\u00a0h"),
        (datetime(2026, 3, 16, 12, 30, tzinfo=PARIS), "Fermé, ouvre à 14\u00a0h"),
        (datetime(2026, 3, 16, 18, tzinfo=PARIS), "Fermé, ouvre demain à 9\u00a0h"),
        (datetime(2026, 3, 13, 18, tzinfo=PARIS), "Fermé, ouvre lundi à 9\u00a0h"),
    ],
)
def test_opening_is_said_in_words(cast, at, sentence):
    assert opening_of(cast.sites["lyon"], at=at).sentence == sentence


@pytest.mark.parametrize(("departement", "is_open"), [("69", True), ("67", False), ("974", True)])
def test_opening_on_good_friday_is_refused_in_alsace_only(cast, departement, is_open):
    site = cast.sites["lyon"]
    site.commune.departement_id = departement

    opening = opening_of(site, at=datetime(2026, 4, 3, 9, 30, tzinfo=PARIS))

    assert opening.is_open is is_open


def test_opening_on_the_day_of_abolition_in_la_reunion_is_closed(cast):
    site = cast.sites["lyon"]
    site.commune.departement_id, site.time_zone = "974", "Indian/Reunion"

    opening = opening_of(site, at=datetime(2027, 12, 20, 6, tzinfo=UTC))

    assert opening.is_open is False
    assert "bolition" in opening.week[0].note


def test_opening_of_a_suspended_place_is_not_said(cast):
    site = cast.sites["lyon"]
    site.state = SiteState.SUSPENDED

    assert opening_of(site, at=MONDAY_MORNING).is_open is None


def test_opening_of_a_place_whose_hours_are_broken_is_not_guessed(cast):
    site = cast.sites["lyon"]
    site.opening_hours = "le matin"

    opening = opening_of(site, at=MONDAY_MORNING)

    assert (opening.is_open, opening.week) == (None, ())


def test_week_tells_what_differs_and_why(cast):
    OpeningException.objects.create(
        site=cast.sites["lyon"],
        day=date(2026, 3, 17),
        half_day="morning",
        reason="training",
        noted_at=MONDAY_MORNING,
        noted_by=cast["admin"],
    )

    week = opening_of(cast.sites["lyon"], at=MONDAY_MORNING).week

    assert [row.is_today for row in week] == [True, *[False] * 6]
    assert week[0].note == ""
    assert "14\u00a0h\u00a0– 17\u00a0h (formation ou réunion)" in week[1].note
    assert week[5].hours == "fermé"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tu 09:00-12:30; PH off", "mardi 9\u00a0h\u00a0– 12\u00a0h\u00a030"),
        ("Mo[1] 09:00-12:00", "Mo[1] 09:00-12:00"),
        ("", ""),
    ],
)
def test_hours_of_a_stop_in_words(text, words):
    assert stop_hours_in_words(text) == words
