"""Who may do what in the network: one readable table. Changes need the network head's approval."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.actors import Actor
from entremise.foundation.access.rights import EVERYTHING, NOTHING, Fact, grant, read_with
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.enums import Role
from entremise.ground.network.models import Membership, OpeningException, Site, Structure


def _structure_of(subject: Any) -> Any:
    if isinstance(subject, Structure):
        return subject.pk
    if isinstance(subject, OpeningException):
        return subject.site.structure_id
    return subject.structure_id


def _site_of(subject: Any) -> Any:
    if isinstance(subject, Site):
        return subject.pk
    return subject.site_id


def holds(role: Role, sentence: Any) -> Fact:
    """Return the fact « holds this role », whatever the object."""
    return Fact(
        sentence,
        holds=lambda actor, _subject: bool(actor.duties_as(role)),
        rows=lambda actor: EVERYTHING if actor.duties_as(role) else NOTHING,
    )


def _belongs(actor: Actor) -> bool:
    return not actor.is_stranger


belongs_to_the_network = Fact(
    _("tient un rôle en cours dans le réseau"),
    holds=lambda actor, _subject: _belongs(actor),
    rows=lambda actor: EVERYTHING if _belongs(actor) else NOTHING,
)
heads_the_network = holds(Role.NETWORK_HEAD, _("tient le siège du réseau"))
protects_data = holds(Role.DPO, _("est délégué à la protection des données"))
runs_the_platform = holds(Role.ADMIN, _("administre la plateforme"))


def _structures_led(actor: Actor) -> list[Any]:
    return [duty.structure_id for duty in actor.duties_as(Role.DIRECTOR)]


def _rows_of_structures(actor: Actor, ids: list[Any]) -> Q:
    return Q(structure__in=ids) if ids else NOTHING


directs_its_structure = Fact(
    _("dirige la structure concernée"),
    holds=lambda actor, subject: _structure_of(subject) in _structures_led(actor),
    rows=lambda actor: _rows_of_structures(actor, _structures_led(actor)),
)
directs_this_structure = Fact(
    _("dirige cette structure"),
    holds=lambda actor, subject: subject.pk in _structures_led(actor),
    rows=lambda actor: Q(pk__in=ids) if (ids := _structures_led(actor)) else NOTHING,
)


def _leads(actor: Actor, subject: Any) -> bool:
    return any(
        duty.structure_id == _structure_of(subject)
        and (duty.site_id is None or duty.site_id == _site_of(subject))
        for duty in actor.duties_as(Role.SITE_LEAD)
    )


def _sites_led(actor: Actor, *, site: str, structure: str) -> Q:
    duties = actor.duties_as(Role.SITE_LEAD)
    if not duties:
        return NOTHING
    found = Q(**{f"{site}__in": [d.site_id for d in duties if d.site_id]})
    return found | Q(**{f"{structure}__in": [d.structure_id for d in duties if not d.site_id]})


leads_this_site = Fact(
    _("est responsable de ce point d’accueil"),
    holds=_leads,
    rows=lambda actor: _sites_led(actor, site="pk", structure="structure"),
)
leads_its_site = Fact(
    _("est responsable du point d’accueil concerné"),
    holds=_leads,
    rows=lambda actor: _sites_led(actor, site="site", structure="structure"),
)


def register() -> None:
    """Write the table, at start-up."""
    read_with(Structure, May.READ_DIRECTORY)
    read_with(Site, May.READ_DIRECTORY)
    read_with(Membership, May.READ_MEMBERS)
    grant(May.READ_DIRECTORY, [belongs_to_the_network])
    grant(May.OPEN_STRUCTURE, [heads_the_network])
    grant(May.EDIT_STRUCTURE, [heads_the_network], [directs_this_structure])
    grant(May.OPEN_SITE, [heads_the_network], [directs_its_structure])
    grant(May.EDIT_SITE, [heads_the_network], [directs_its_structure])
    grant(May.MOVE_SITE, [heads_the_network])
    grant(May.EDIT_OPENING, [heads_the_network], [directs_its_structure], [leads_this_site])
    grant(May.READ_MEMBERS, [heads_the_network], [directs_its_structure], [leads_its_site])
    grant(May.MANAGE_MEMBERS, [heads_the_network], [directs_its_structure])
    grant(May.IMPORT_SITES, [heads_the_network])
    grant(May.READ_JOURNAL, [protects_data], [heads_the_network])
    grant(May.READ_OUTBOX, [runs_the_platform], [heads_the_network])
