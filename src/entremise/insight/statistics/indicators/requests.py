"""Demandes: how many things people came for."""

from django.utils.translation import gettext_lazy as _

from entremise.insight.statistics.engine import Indicator

INDICATOR = Indicator(
    code="requests",
    title=_("demandes"),
    definition=_("Ce pour quoi les personnes sont venues : une visite peut en porter plusieurs."),
    unit=_("demandes"),
    grain=_("point d’accueil, jour et motif"),
    population=_("demandes des actes en vigueur, quel qu’en soit le cadre"),
    exclusions=_("actes sans demande, comme une vente"),
    source="decisions.md 5",
)
