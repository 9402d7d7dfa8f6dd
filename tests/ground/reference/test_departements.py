"""What a département implies: its code, calendar, telephone region and time zone."""

from datetime import date
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from django.utils import translation

from entremise.ground.reference import queries
from entremise.ground.reference.errors import UnknownDepartement

OVERSEAS = ["971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"]


@pytest.mark.parametrize(
    ("insee", "departement"),
    [
        ("01001", "01"),
        ("2A004", "2A"),
        ("2B033", "2B"),
        ("75112", "75"),
        ("95018", "95"),
        ("97105", "971"),
        ("97701", "977"),
        ("98818", "988"),
    ],
)
def test_departement_of_an_insee_code(insee, departement):
    assert queries.departement_of(insee) == departement


@pytest.mark.parametrize("insee", ["", "1001", "00001", "20004", "2C004", "96001", "979AA", "Lyon"])
def test_departement_of_something_else_is_refused(insee):
    with pytest.raises(UnknownDepartement):
        queries.departement_of(insee)


@pytest.mark.parametrize("departement", ["57", "67", "68"])
def test_alsace_moselle_has_two_more_days(departement):
    common = queries.public_holidays("69", 2026)
    local = queries.public_holidays(departement, 2026)

    assert {day: local[day] for day in local.keys() - common.keys()} == {
        date(2026, 4, 3): "Vendredi saint",
        date(2026, 12, 26): "Saint-Étienne",
    }
    assert common.keys() <= local.keys()


def test_public_holidays_overseas_have_their_own_days():
    assert date(2026, 12, 20) in queries.public_holidays("974", 2026)
    assert date(2026, 12, 20) not in queries.public_holidays("69", 2026)
    assert date(2026, 5, 22) in queries.public_holidays("972", 2026)


def test_public_holidays_are_named_in_the_active_language():
    with translation.override("fr"):
        assert queries.public_holidays("69", 2026)[date(2026, 1, 1)] == "Jour de l’an"
    with translation.override("en"):
        assert queries.public_holidays("69", 2026)[date(2026, 1, 1)] == "New Year’s Day"


def test_public_holidays_cannot_be_spoilt_by_a_caller():
    queries.public_holidays("69", 2026).clear()

    assert len(queries.public_holidays("69", 2026)) == 11


def test_phone_region_comes_from_the_departement():
    regions = [queries.phone_region(departement) for departement in OVERSEAS]

    assert regions == ["GP", "MQ", "GF", "RE", "PM", "YT", "BL", "MF", "WF", "PF", "NC"]
    assert set(regions) <= phonenumbers.SUPPORTED_REGIONS
    assert queries.phone_region("2A") == "FR"


def test_time_zone_comes_from_the_departement():
    assert queries.time_zone("69") == "Europe/Paris"
    assert queries.time_zone("974") == "Indian/Reunion"
    assert len({ZoneInfo(queries.time_zone(departement)) for departement in OVERSEAS}) == 11
