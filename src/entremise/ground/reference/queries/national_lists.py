"""The national lists as they stand on a day, in their own order."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from entremise.ground.reference.models import AgeBand, Nature, Operator, Outcome, Theme


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """A theme of level 1 with its themes of level 2."""

    theme: Theme
    children: tuple[Theme, ...]


def themes_in_force(day: date) -> list[ThemeGroup]:
    """Return the themes of the day, grouped by family; one query.

    A theme whose family has ended is left out with it.
    """
    themes = list(Theme.objects.in_force(day).order_by("position"))
    return [
        ThemeGroup(family, tuple(theme for theme in themes if theme.parent_id == family.code))
        for family in themes
        if family.parent_id is None
    ]


def operators_in_force(day: date) -> QuerySet[Operator]:
    """Return the operators of the day."""
    return Operator.objects.in_force(day).order_by("position")


def operators_of_france_services(day: date) -> QuerySet[Operator]:
    """Return the operators that belong to France services that day."""
    return operators_in_force(day).filter(
        Q(france_services_until=None) | Q(france_services_until__gt=day),
        france_services_from__lte=day,
    )


def natures_in_force(day: date) -> QuerySet[Nature]:
    """Return the natures of the day."""
    return Nature.objects.in_force(day).order_by("position")


def outcomes_in_force(day: date) -> QuerySet[Outcome]:
    """Return the outcomes of the day."""
    return Outcome.objects.in_force(day).order_by("position")


def age_bands_in_force(day: date) -> QuerySet[AgeBand]:
    """Return the age bands of the day, the youngest first."""
    return AgeBand.objects.in_force(day).order_by("lower")


def band_names() -> dict[str, str]:
    """Return the name of every age band by its code, ended ones included."""
    return {band.code: band.name for band in AgeBand.objects.all()}
