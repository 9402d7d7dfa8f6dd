"""Refusals of the domain vault, each with its French sentence."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.errors import Refusal


class KeyMissing(Refusal):
    """There is no master key to seal or open with; the sentence says where it was looked for."""

    message = _("La clé maîtresse manque : rien ne peut être scellé ni ouvert.")
    status = 503


class WrongKey(KeyMissing):
    """The master key found is not the one that wrapped the keys of this database."""

    message = _(
        "La clé maîtresse présente n’est pas celle de cette base : les textes scellés restent "
        "fermés. Remettez la clé d’origine dans ENTREMISE_MASTER_KEY ou dans son fichier."
    )


class SealBroken(Refusal):
    """The sealed value was altered, cut, or moved from another row or another structure."""

    message = _(
        "Ce texte scellé ne s’ouvre pas : il a été altéré, ou déplacé d’un autre enregistrement."
    )
