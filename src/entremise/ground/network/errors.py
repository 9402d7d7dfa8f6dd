"""Refusals of the domain network, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.errors import Refusal


class SiteHasActs(Refusal):
    """An import or a deletion would orphan recorded acts."""

    message = _(
        "Des accueils sont déjà enregistrés dans ce lieu : il ne peut plus être retiré,"
        " seulement fermé."
    )


class MoveNotPossible(Refusal):
    """The life of a point d'accueil does not go that way."""

    message = _("Ce changement n’est pas possible dans l’état actuel de ce point d’accueil.")


class MembershipAlreadyEnded(Refusal):
    """The role has ended before."""

    message = _("Ce rôle est déjà terminé.")


class RoleNeedsAnotherPlace(Refusal):
    """The role and the place given do not go together."""

    message = _(
        "Ce rôle ne se donne pas à cet endroit : choisissez une structure, un point d’accueil"
        " ou le réseau selon le rôle."
    )


class OwnRole(Refusal):
    """Nobody ends or suspends their own role."""

    message = _("Vous ne pouvez pas modifier votre propre rôle : demandez à une autre personne.")


class DayNotPossible(Refusal):
    """A dated change falls in the future, or before the place opened."""

    message = _(
        "Cette date n’est pas possible : elle est à venir, ou antérieure à l’ouverture du lieu."
    )


class AlreadyThere(Refusal):
    """The place would move to where it is."""

    message = _("Ce point d’accueil est déjà dans cette structure.")


class MergeNotPossible(Refusal):
    """A place merges into another one that is alive."""

    message = _("Un point d’accueil ne peut être fusionné que dans un autre, qui n’est pas fermé.")


class MomentAlreadyNoted(Refusal):
    """A closure or an extra opening is already noted for this half-day."""

    message = _(
        "Une fermeture ou une ouverture est déjà notée pour ce moment : retirez-la d’abord."
    )


class OnlyABusHasStops(Refusal):
    """Stops belong to an itinerary."""

    message = _("Seul un bus a des arrêts.")


class RoleAlreadyHeld(Refusal):
    """The person holds this role there already."""

    message = _("Cette personne tient déjà ce rôle à cet endroit.")


class AccountClosed(Refusal):
    """The account cannot sign in any more, or belongs to a job."""

    message = _("Ce compte est fermé : il ne peut pas recevoir de rôle.")


class NotYourStructure(Refusal):
    """One acts only for a structure where one holds a role."""

    message = _("Vous ne tenez aucun rôle en cours dans cette structure.")


class UnknownStructure(Refusal):
    """No structure of the network has this code."""

    message = _("Aucune structure du réseau ne porte ce code.")


class NoNetworkYet(Refusal):
    """Places need a network to belong to."""

    message = _("Le réseau n’est pas encore créé : lancez d’abord la commande « entremise init ».")


class ModuleIsOff(Refusal):
    """The structure has not switched this part of the product on."""

    message = _(
        "Ce module n’est pas en service dans cette structure."
        " La direction peut l’ouvrir depuis la page de la structure."
    )


class NetworkAlreadyFounded(Refusal):
    """One database holds one network."""

    message = _(
        "Cette base contient déjà un réseau : invitez les personnes depuis « Personnes et rôles »."
    )
