"""What the guard says of each thing it sees, and what to do about it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.foundation.guard.engine import Finding
from entremise.foundation.guard.enums import Kind

# A number that must never be kept is not repeated either.
SENTENCES = {
    Kind.NIR: gettext_lazy(
        "Ceci ressemble à un numéro de sécurité sociale : retirez-le, il n’est jamais gardé."
    ),
    Kind.CREDENTIALS: gettext_lazy(
        "Ceci ressemble à un mot de passe, un identifiant ou un code : retirez-le, il n’est jamais"
        " gardé."
    ),
    Kind.PHONE: gettext_lazy(
        "« %(word)s » ressemble à un numéro de téléphone : retirez-le, ou dites pourquoi il peut"
        " rester."
    ),
    Kind.EMAIL: gettext_lazy(
        "« %(word)s » ressemble à une adresse électronique : retirez-la, ou dites pourquoi elle"
        " peut rester."
    ),
    Kind.IBAN: gettext_lazy(
        "« %(word)s » ressemble à un compte bancaire : retirez-le, ou dites pourquoi il peut"
        " rester."
    ),
    Kind.CASE_NUMBER: gettext_lazy(
        "« %(word)s » ressemble à un numéro d’allocataire ou de dossier : retirez-le, ou dites"
        " pourquoi il peut rester."
    ),
    Kind.BIRTH_DATE: gettext_lazy(
        "« %(word)s » ressemble à une date de naissance : retirez-la, la tranche d’âge suffit, ou"
        " dites pourquoi elle peut rester."
    ),
    Kind.PERSON_NAME: gettext_lazy(
        "« %(word)s » ressemble au nom d’une personne : écrivez plutôt « la personne », ou dites"
        " pourquoi il peut rester."
    ),
    Kind.FULL_NAME: gettext_lazy(
        "« %(word)s » ressemble à un prénom et un nom : écrivez plutôt « la personne », ou dites"
        " pourquoi ils peuvent rester."
    ),
}


def sentence_of(finding: Finding, text: str) -> str:
    """Say what was seen in the text, and what to do."""
    return str(SENTENCES[finding.kind]) % {"word": text[finding.start : finding.end]}


def reason_wanted() -> str:
    """Ask why a word may stay."""
    return _("Dites pourquoi ce mot ne désigne personne, ou retirez-le.")
