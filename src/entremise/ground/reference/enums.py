"""The closed lists behind the national ones."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OperatorKind(TextChoices):
    """The trade of an operator."""

    ENERGY = "energy", _("énergie")
    WATER = "water", _("eau")
    TELECOM = "telecom", _("télécom")
    TRANSPORT = "transport", _("transport")
    POST = "post", _("poste")
    BANK = "bank", _("banque et assurance")
    SOCIAL = "social", _("protection sociale")
    HEALTH = "health", _("santé")
    EMPLOYMENT = "employment", _("emploi")
    HOUSING = "housing", _("logement")
    EDUCATION = "education", _("enseignement")
    STATE = "state", _("État")
    LOCAL = "local", _("collectivité")
    ASSOCIATION = "association", _("association")
    COMPANY = "company", _("entreprise")
    OTHER = "other", _("autre")


class Carrier(TextChoices):
    """The record that a nature opens: it alone then gives a register (decisions.md 6)."""

    REFERRAL = "referral", _("orientation")
    CASE = "case", _("dossier de médiation")


class Zone(TextChoices):
    """Where a département or a region lies."""

    METRO = "metro", _("métropole")
    DROM = "drom", _("département d’outre-mer")
    COM = "com", _("collectivité d’outre-mer")


class CommuneKind(TextChoices):
    """What an INSEE code designates today."""

    COMMUNE = "commune", _("commune")
    DISTRICT = "district", _("arrondissement municipal")
    DELEGATED = "delegated", _("commune déléguée")
    ASSOCIATED = "associated", _("commune associée")
    FORMER = "former", _("ancienne commune")
