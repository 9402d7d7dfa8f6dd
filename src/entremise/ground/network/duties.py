"""Turns an account into an actor: the duties it holds now, in the structure it acts for."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor, Duty
from entremise.foundation.core.periods import day_in_paris
from entremise.ground.network.enums import Role
from entremise.ground.network.models import Membership, Structure

SESSION_KEY = "acting_structure"


def chosen_structure(request: HttpRequest) -> UUID | None:
    """Return the structure that this session chose to act for, if any."""
    chosen = request.session.get(SESSION_KEY)
    return UUID(chosen) if chosen else None


def resolve_actor(user: Any, *, structure_id: UUID | None = None) -> Actor:
    """Return the actor: network duties, and those of one structure, the one chosen or the first.

    A structure chosen and since withdrawn is ignored, so that an ended role ends at once.
    """
    today = day_in_paris(timezone.now())
    held_now = Membership.objects.filter(user=user).in_force(today).select_related("structure")
    memberships = list(held_now.order_by("starts_on", "id"))
    held = list(dict.fromkeys(m.structure_id for m in memberships if m.structure_id))
    acting = structure_id if structure_id in held else (held[0] if held else None)
    duties = tuple(
        Duty(m.role, m.pk, m.structure_id, m.site_id)
        for m in memberships
        if m.structure_id in (None, acting)
    )
    structures = {m.structure_id: m.structure for m in memberships if m.structure}
    modules: list[str] = structures[acting].modules if acting else []
    return Actor(user, duties, acting, frozenset({acting} if acting else ()), frozenset(modules))


def system_actor(account: Any) -> Actor:
    """Return the actor under which a command or a job works: every structure, no duty."""
    return Actor(account, (), None, frozenset(Structure.objects.values_list("pk", flat=True)))


@dataclass(frozen=True, slots=True)
class ActingPlace:
    """Who acts, as every page shows it: name, role, structure, and whether there are several."""

    name: str
    role: str
    structure: str
    several: bool


def acting_place(actor: Actor) -> ActingPlace:
    """Return what the foot of the rail says of the actor."""
    roles = list(dict.fromkeys(Role(duty.role).label for duty in actor.duties))
    structure = Structure.objects.filter(pk__in=actor.structures).first()
    held = Membership.objects.filter(user=actor.user, structure__isnull=False)
    several = held.in_force(actor.today).values("structure").distinct().count() > 1
    return ActingPlace(
        name=str(actor.user),
        role=", ".join(str(role) for role in roles) or str(_("aucun rôle en cours")),
        structure=str(structure or ""),
        several=several,
    )
