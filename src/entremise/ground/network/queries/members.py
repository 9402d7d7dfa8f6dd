"""Who holds which role, as the page of people asks for it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from entremise.foundation.access.actors import Actor
from entremise.foundation.access.rights import can
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.models import Membership, Structure

CURRENT, ENDED, ALL = "", "ended", "all"


@dataclass(frozen=True, slots=True)
class MemberSearch:
    """What the list of people is narrowed to; `state` empty keeps the roles that are not over."""

    text: str = ""
    structure: UUID | None = None
    role: str = ""
    state: str = CURRENT


def members_found(actor: Actor, search: MemberSearch, *, day: date) -> QuerySet[Membership]:
    """Return the roles that the actor may know, by name of the person."""
    found = Membership.objects.visible_to(actor).select_related("user", "structure", "site")
    for word in search.text.split():
        found = found.filter(
            Q(user__full_name__icontains=word)
            | Q(user__username__icontains=word)
            | Q(user__email__icontains=word)
        )
    over = Q(ends_on__isnull=False, ends_on__lte=day)
    if search.state != ALL:
        found = found.filter(over if search.state == ENDED else ~over)
    if search.structure:
        found = found.filter(structure=search.structure)
    if search.role:
        found = found.filter(role=search.role)
    ordered: QuerySet[Membership] = found.order_by("user__full_name", "user__username", "id")
    return ordered


def structures_to_staff(actor: Actor) -> list[Structure]:
    """Return the structures in which the actor may give roles, by name; one query."""
    employing = Structure.objects.filter(holding=False).in_order()
    return [one for one in employing if can(actor, May.MANAGE_MEMBERS, one)]


def structures_of_account(account_id: UUID, *, day: date) -> QuerySet[Structure]:
    """Return the structures in which an account holds a role in force that day."""
    held = Membership.objects.filter(user=account_id).in_force(day).values("structure")
    found: QuerySet[Structure] = Structure.objects.filter(pk__in=held).in_order()
    return found
