"""Bénéficiaires: distinct people, which anonymous visits cannot tell."""

from django.utils.translation import gettext_lazy as _

from entremise.insight.statistics.engine import Indicator

INDICATOR = Indicator(
    code="beneficiaries",
    title=_("bénéficiaires"),
    definition=_("Les personnes connues, comptées une seule fois."),
    unit=_("personnes"),
    grain=_("structure et période"),
    population=_("personnes d’un dossier nominatif"),
    exclusions=_("toutes les personnes accueillies anonymement"),
    source="decisions.md 5",
    rule=_("non connu : les accueils sont anonymes"),
)
