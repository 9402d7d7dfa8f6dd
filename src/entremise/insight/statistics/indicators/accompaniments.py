"""Accompagnements: how many people were met, each time they were."""

from django.utils.translation import gettext_lazy as _

from entremise.insight.statistics.engine import Indicator

INDICATOR = Indicator(
    code="accompaniments",
    title=_("accompagnements"),
    definition=_("Les personnes rencontrées, comptées à chaque acte : au moins une par acte."),
    unit=_("personnes, à chaque acte"),
    grain=_("point d’accueil et jour"),
    population=_("participants des actes en vigueur ; n pour une vague de n"),
    exclusions=_("ventes, contacts non aboutis"),
    source="decisions.md 5 ; docs/decisions/0011",
)
