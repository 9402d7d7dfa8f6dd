"""What a département implies: its number in a code, holidays, telephone region and time zone."""

import re
from datetime import date
from functools import lru_cache

import holidays
from django.utils.translation import get_language

from entremise.ground.reference.errors import UnknownDepartement

_INSEE = re.compile(r"^(?:97[1-8]|98[46789]|2[AB]|(?!00|20|9[6-9])\d{2})")
# Alsace-Moselle keeps two days of its local law: Good Friday and 26 December.
_HOLIDAYS = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "984": "TF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
_PHONES = {
    "971": "GP",
    "972": "MQ",
    "973": "GF",
    "974": "RE",
    "975": "PM",
    "976": "YT",
    "977": "BL",
    "978": "MF",
    "984": "RE",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
_TIME_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


def departement_of(insee: str) -> str:
    """Return the département read in an INSEE code of five characters: 2A, 2B and 97x included.

    An invented commune (00…) tells it only by its row. Raises UnknownDepartement.
    """
    found = _INSEE.match(insee)
    if len(insee) != 5 or not found or not insee[2:].isdigit():
        raise UnknownDepartement(insee)
    return found[0]


def holidays_zone(departement: str) -> str | None:
    """Return the subdivision of the `holidays` package, None for the common calendar."""
    return _HOLIDAYS.get(departement)


def public_holidays(departement: str, year: int) -> dict[date, str]:
    """Return the public holidays of a département in a year, named in the active language."""
    language = "en_US" if (get_language() or "fr").startswith("en") else "fr"
    return dict(_public_holidays(holidays_zone(departement), year, language))


def phone_region(departement: str) -> str:
    """Return the region in which a national telephone number is read (FR, GP, RE…)."""
    return _PHONES.get(departement, "FR")


def time_zone(departement: str) -> str:
    """Return the IANA time zone of a département."""
    return _TIME_ZONES.get(departement, "Europe/Paris")


@lru_cache(maxsize=512)
def _public_holidays(zone: str | None, year: int, language: str) -> dict[date, str]:
    calendar = holidays.country_holidays("FR", subdiv=zone, years=year, language=language)
    return {day: name.replace("'", "’") for day, name in sorted(calendar.items())}
