"""Who may read figures, and of which places: one readable table.

Mediators and reception have « Mon activité » instead; nobody reads a figure by person.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.actors import Actor
from entremise.foundation.access.rights import grant
from entremise.ground.network.enums import Role
from entremise.ground.network.rules import heads_the_network, holds
from entremise.insight.statistics.engine import NOWHERE, Scope
from entremise.insight.statistics.enums import StatisticsPermission as May
from entremise.practice.activity.rules import (
    directs_here,
    follows_quality_here,
    leads_here,
    mediates_here,
)

audits_the_network = holds(Role.INTERNAL_AUDITOR, _("est auditeur interne du réseau"))

OF_THE_NETWORK = (Role.NETWORK_HEAD, Role.INTERNAL_AUDITOR)
OF_A_PLACE = {
    May.READ: (Role.SITE_LEAD, Role.DIRECTOR, Role.QUALITY),
    May.REPORT_FRANCE_SERVICES: (Role.MEDIATOR, Role.SITE_LEAD, Role.DIRECTOR, Role.QUALITY),
}


def scope_of(actor: Actor, may: May = May.READ) -> Scope:
    """Return where this person may read figures: everything for the network's duties, else the
    structure or the sites of the duties held there.
    """
    if may == May.READ and actor.duties_as(*OF_THE_NETWORK):
        return Scope()
    duties = actor.duties_as(*OF_A_PLACE[may])
    if not duties:
        return NOWHERE
    structures = frozenset(duty.structure_id for duty in duties if duty.structure_id)
    sites: list[Any] = [duty.site_id for duty in duties]
    return Scope(structures, None if None in sites else frozenset(sites))


def register() -> None:
    """Write the table, at start-up."""
    grant(
        May.READ,
        [leads_here],
        [directs_here],
        [follows_quality_here],
        [heads_the_network],
        [audits_the_network],
    )
    grant(
        May.REPORT_FRANCE_SERVICES,
        [mediates_here],
        [leads_here],
        [directs_here],
        [follows_quality_here],
    )
