"""Activités: how many acts."""

from django.utils.translation import gettext_lazy as _

from entremise.insight.statistics.engine import Indicator

INDICATOR = Indicator(
    code="activities",
    title=_("activités"),
    definition=_("Les actes enregistrés : accueils, accompagnements, ventes, contacts."),
    unit=_("actes"),
    grain=_("point d’accueil et jour"),
    population=_("actes en vigueur, à relire compris ; une vague compte pour un acte"),
    exclusions=_("actes annulés, versions corrigées"),
    source="decisions.md 5",
)
