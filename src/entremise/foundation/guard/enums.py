"""What the guard sees, how it answers, and why a harmless word may stay."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a piece of text looks like."""

    NIR = "nir", _("numéro de sécurité sociale")
    CREDENTIALS = "credentials", _("mot de passe ou code")
    PHONE = "phone", _("numéro de téléphone")
    EMAIL = "email", _("adresse électronique")
    IBAN = "iban", _("compte bancaire")
    CASE_NUMBER = "case_number", _("numéro d’allocataire ou de dossier")
    BIRTH_DATE = "birth_date", _("date de naissance")
    PERSON_NAME = "person_name", _("nom d’une personne")
    FULL_NAME = "full_name", _("prénom et nom")


class Severity(TextChoices):
    """How the guard answers."""

    REFUSED = "refused", _("refusé")
    ASK = "ask", _("à justifier")


class Reason(TextChoices):
    """Why a word that looks identifying names nobody."""

    PLACE = "place", _("nom de lieu")
    ORGANISATION = "organisation", _("nom d’un organisme ou d’un professionnel")
    WORD = "word", _("mot courant")
    PUBLIC_NUMBER = "public_number", _("numéro public d’un service")


NEVER_KEPT = frozenset({Kind.NIR, Kind.CREDENTIALS})
