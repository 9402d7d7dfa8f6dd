"""Charge: acts per person in post and day of activity; never shown for one or two people."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from entremise.insight.statistics.engine import Indicator
from entremise.practice.activity.enums import FEWEST_IN_POST

INDICATOR = Indicator(
    code="load",
    title=_("charge"),
    definition=_("Activités par personne en poste à l’accueil et par jour d’activité."),
    unit=_("actes par personne et par jour"),
    grain=_("point d’accueil et période"),
    population=_("jours où un acte au moins a eu lieu ; rôles en cours ces jours-là"),
    exclusions=_("jours sans acte, rôles suspendus"),
    source="domain.md 7.3",
    rule=_("masqué : moins de 3 médiateurs"),
)


def load_of(activities: int, in_post: Iterable[int]) -> float | None:
    """Return the load, given how many people were in post on each day of activity; None when
    fewer than three were on any of them: a mean of two would tell each one's work to the other.
    """
    teams = list(in_post)
    if not teams or min(teams) < FEWEST_IN_POST:
        return None
    return activities / sum(teams)
