"""National lists and territory: what the whole network shares, neutral to every person."""

from entremise.ground.reference.models.national_lists import (
    AgeBand,
    Nature,
    Operator,
    Outcome,
    Theme,
)
from entremise.ground.reference.models.sources import LoadedSource
from entremise.ground.reference.models.territory import (
    Commune,
    Departement,
    Epci,
    FormerCommune,
    Qpv,
    Region,
)

__all__ = [
    "AgeBand",
    "Commune",
    "Departement",
    "Epci",
    "FormerCommune",
    "LoadedSource",
    "Nature",
    "Operator",
    "Outcome",
    "Qpv",
    "Region",
    "Theme",
]
