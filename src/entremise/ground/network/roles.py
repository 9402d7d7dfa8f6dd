"""Roles that describe themselves: the screen that grants one and the rules quote this text."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entremise.ground.network.enums import Role, Scope, Status


@dataclass(frozen=True, slots=True)
class RoleDescription:
    """What a role is for, what it never sees, and where it is held."""

    role: Role
    scope: Scope
    purpose: str | Promise
    never: str | Promise


ROLES: dict[Role, RoleDescription] = {
    description.role: description
    for description in (
        RoleDescription(
            Role.MEDIATOR,
            Scope.SITE,
            _("Reçoit, enregistre et corrige les accueils de son point d’accueil."),
            _("Les dossiers de ses collègues, sauf relais nommé."),
        ),
        RoleDescription(
            Role.RECEPTION,
            Scope.SITE,
            _("Reçoit et enregistre ; voit les accueils du jour de son point d’accueil."),
            _("Les accueils des autres jours et tout dossier."),
        ),
        RoleDescription(
            Role.SITE_LEAD,
            Scope.SITE,
            _("Relit les accueils de son point d’accueil, tient ses horaires."),
            _("L’identité des personnes et le contenu des dossiers."),
        ),
        RoleDescription(
            Role.DIRECTOR,
            Scope.STRUCTURE,
            _("Tient la structure, ses points d’accueil et ses équipes ; voit des nombres."),
            _("Les accueils un à un, l’identité des personnes."),
        ),
        RoleDescription(
            Role.QUALITY,
            Scope.STRUCTURE,
            _("Suit les preuves de la norme et la traçabilité des accueils de la structure."),
            _("L’identité des personnes et le contenu des dossiers."),
        ),
        RoleDescription(
            Role.NETWORK_HEAD,
            Scope.NETWORK,
            _("Tient l’annuaire, importe les lieux, invite les directions ; voit des nombres."),
            _("Tout accueil et tout dossier."),
        ),
        RoleDescription(
            Role.INTERNAL_AUDITOR,
            Scope.NETWORK,
            _("Audite d’autres structures que la sienne, sur échantillon."),
            _("Ce qui n’est pas dans l’échantillon."),
        ),
        RoleDescription(
            Role.AUDITOR,
            Scope.NETWORK,
            _("Vérifie de l’extérieur, pour un temps borné, sans rien écrire."),
            _("L’identité des personnes, et tout ce qui n’est pas dans l’échantillon."),
        ),
        RoleDescription(
            Role.FUNDER,
            Scope.NETWORK,
            _("Consulte l’annuaire, puis les rapports de sa convention."),
            _("Tout accueil, tout dossier, toute personne."),
        ),
        RoleDescription(
            Role.DPO,
            Scope.NETWORK,
            _("Lit le journal et répond aux demandes de droits."),
            _("Le contenu des accueils et des dossiers."),
        ),
        RoleDescription(
            Role.ADMIN,
            Scope.NETWORK,
            _("Fait fonctionner la plateforme."),
            _("Tout accueil, tout dossier, toute personne."),
        ),
    )
}

NEEDS_SUPERVISOR = frozenset(
    {Status.WORK_STUDY, Status.INTERN, Status.VOLUNTEER, Status.CIVIC_SERVICE}
)
AT_THE_DESK = frozenset({Role.MEDIATOR, Role.RECEPTION})
