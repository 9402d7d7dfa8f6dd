"""Refusals of the domain imports, each with its French sentence."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.errors import Refusal


class UnreadableFile(Refusal):
    """Nothing could be read in the file; the sentence says why and what to do."""

    message = _("Ce fichier ne se lit pas comme un tableau.")


class BrokenMapping(Refusal):
    """The mapping cannot be followed; the sentence names the file and the key."""

    message = _("Cette correspondance de colonnes ne peut pas être suivie.")


class BatchMoveNotPossible(Refusal):
    """The file is not at this step: confirmed twice, or undone before."""

    message = _("Ce fichier n’en est pas à cette étape : rechargez la page pour voir où il en est.")


class ReportOutdated(Refusal):
    """What the dry run showed is no longer what would be written."""

    message = _(
        "La liste du réseau a changé depuis l’essai à blanc : rien n’a été écrit. "
        "Relisez le nouveau résultat, puis confirmez."
    )


class ImportOvertaken(Refusal):
    """What the import wrote has been changed since: going back would lose that."""

    message = _(
        "Cet import ne peut plus être annulé : ce qu’il a écrit a été modifié depuis. "
        "Annulez d’abord les imports plus récents, ou corrigez les fiches une à une."
    )
