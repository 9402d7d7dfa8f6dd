"""Refusals of the domain activity, each with its sentence."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.errors import Refusal


class ActDiffers(Refusal):
    """This identifier already holds another content: nothing is written, nothing is dropped."""

    message = _("Cet accueil est déjà enregistré avec un autre contenu.")

    def __init__(self, first: Any) -> None:
        self.first = first
        super().__init__()


class IdentifierTaken(Refusal):
    """The identifier is used elsewhere; the sentence says nothing of where."""

    message = _(
        "Cet accueil n’a pas pu être enregistré sous cet identifiant. Enregistrez-le comme un"
        " nouvel accueil."
    )


class VersionSuperseded(Refusal):
    """Someone corrected or undid this act meanwhile."""

    message = _(
        "Cet accueil a été corrigé ou annulé entre-temps. Ouvrez sa dernière version avant de"
        " le modifier."
    )


class RegisterNotEarned(Refusal):
    """The desk alone gives « aucun registre », or 3 once both sides had the explanation."""

    message = _(
        "Le registre 3 demande une explication donnée des deux côtés, ou un contact pris avec"
        " l’institution, dans le cadre de la médiation sociale."
    )


class MinutesDisagree(Refusal):
    """The minutes of the requests do not sum to the act's."""

    message = _(
        "Les minutes des demandes ne font pas le total de l’accueil. Corrigez l’un ou l’autre."
    )


class MediatorNotThere(Refusal):
    """The mediator named holds no desk role at this site on this day."""

    message = _(
        "Cette personne ne tient pas l’accueil dans ce lieu ce jour-là. Choisissez quelqu’un de"
        " l’équipe."
    )


class MotiveNeeded(Refusal):
    """The day was read and validated, or its month is closed: a correction now says why."""

    message = _(
        "Cette journée a été validée ou son mois est clos : choisissez le motif de la correction,"
        " puis enregistrez à nouveau."
    )


class DayChanged(Refusal):
    """The day is no longer the one that was shown: nothing unseen is validated."""

    message = _(
        "Cette journée a changé depuis que vous l’avez ouverte. Relisez-la telle qu’elle est"
        " maintenant, puis validez-la."
    )


class NothingToReview(Refusal):
    """The day was validated already, or its acts were undone."""

    message = _("Cette journée n’a plus rien à relire.")


class MonthNotOver(Refusal):
    """A month that still runs has no figures to freeze."""

    message = _("Ce mois n’est pas terminé : il pourra être clos dès le premier du mois suivant.")


class MonthAlreadyClosed(Refusal):
    """A month is closed once; its counts never change again."""

    message = _("Ce mois est déjà clos : ses chiffres sont arrêtés et ne changent plus.")


class WaveNotCountable(Refusal):
    """A wave stands for two people at least, over one or more quarters of an hour."""

    message = _(
        "Une vague compte au moins deux passages, et sa fin vient après son début : corrigez le"
        " nombre ou les heures."
    )


class DeskIsOff(Refusal):
    """The structure does not use the desk."""

    message = _("L’accueil n’est pas activé pour cette structure : parlez-en à sa direction.")


class CarriedElsewhere(Refusal):
    """The act belongs to a file, a round or a sheet: only that one may change it."""

    message = _("Cet acte se corrige depuis la fiche qui le porte.")
