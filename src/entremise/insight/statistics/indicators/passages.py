"""Passages: how many visits on site."""

from django.utils.translation import gettext_lazy as _

from entremise.insight.statistics.engine import Indicator

INDICATOR = Indicator(
    code="passages",
    title=_("passages"),
    definition=_("Les venues au point d’accueil : une par visite, n pour une vague de n."),
    unit=_("venues"),
    grain=_("point d’accueil et jour"),
    population=_("actes sur place, avec ou sans rendez-vous"),
    exclusions=_("appels, messages, courriers, ventes, contacts non aboutis"),
    source="decisions.md 5",
)
