"""The national lists in force on a day, as the forms of an act need them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from entremise.ground.reference import queries as reference
from entremise.ground.reference.models import AgeBand, Nature, Operator, Outcome, Theme
from entremise.practice.activity.enums import DESK_REGISTER


@dataclass(frozen=True)
class NationalLists:
    """The national lists of a day, read once for every request of the form."""

    themes: tuple[Theme, ...]
    families: tuple[Any, ...]
    operators: tuple[Operator, ...]
    natures: tuple[Nature, ...]
    outcomes: tuple[Outcome, ...]
    bands: tuple[AgeBand, ...]

    @cached_property
    def theme_codes(self) -> frozenset[str]:
        """The codes of the themes."""
        return frozenset(theme.code for theme in self.themes)

    @cached_property
    def operator_codes(self) -> frozenset[str]:
        """The codes of the operators."""
        return frozenset(operator.code for operator in self.operators)

    @cached_property
    def registers(self) -> dict[str, int | None]:
        """The register that each nature may lead to."""
        return {nature.code: nature.register for nature in self.natures}

    @cached_property
    def clears_up(self) -> str:
        """The code of the nature that may earn register 3."""
        return next((n.code for n in self.natures if n.register == DESK_REGISTER), "")


@lru_cache(maxsize=4)
def lists_of(day: date) -> NationalLists:
    """Read the lists in force on a day, once a process: they change with a release only."""
    families = tuple(reference.themes_in_force(day))
    return NationalLists(
        themes=tuple(t for group in families for t in (group.theme, *group.children)),
        families=families,
        operators=tuple(reference.operators_in_force(day)),
        natures=tuple(reference.natures_in_force(day)),
        outcomes=tuple(reference.outcomes_in_force(day)),
        bands=tuple(reference.age_bands_in_force(day)),
    )
