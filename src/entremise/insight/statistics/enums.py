"""Closed lists of the domain statistics."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatisticsPermission(models.TextChoices):
    """What one may do with figures; each has its ways in the rules."""

    READ = "statistics.read", _("lire les chiffres d’un lieu, d’une structure ou du réseau")
    REPORT_FRANCE_SERVICES = (
        "statistics.report_france_services",
        _("préparer le tableau France services d’un lieu"),
    )


class Channel(models.TextChoices):
    """How a request came in, as the national France services tool asks for it."""

    COUNTER = "counter", _("accueil")
    PHONE = "phone", _("téléphone")
    REMOTE = "remote", _("courriel, SMS ou visio")
    MAIL = "mail", _("courrier")
    OUTSIDE = "outside", _("hors les murs ou à domicile")
    THIRD_PARTY = "third_party", _("par un tiers")
