"""Questions about the reference: lists in force, communes, départements and their calendar."""

from entremise.ground.reference.queries.communes import (
    commune_codes_today,
    commune_for,
    communes_matching,
    qpvs_of,
    whole_commune_of,
)
from entremise.ground.reference.queries.departements import (
    departement_of,
    holidays_zone,
    phone_region,
    public_holidays,
    time_zone,
)
from entremise.ground.reference.queries.national_lists import (
    ThemeGroup,
    age_bands_in_force,
    band_names,
    natures_in_force,
    operators_in_force,
    operators_of_france_services,
    outcomes_in_force,
    themes_in_force,
)

__all__ = [
    "ThemeGroup",
    "age_bands_in_force",
    "band_names",
    "commune_codes_today",
    "commune_for",
    "communes_matching",
    "departement_of",
    "holidays_zone",
    "natures_in_force",
    "operators_in_force",
    "operators_of_france_services",
    "outcomes_in_force",
    "phone_region",
    "public_holidays",
    "qpvs_of",
    "themes_in_force",
    "time_zone",
    "whole_commune_of",
]
