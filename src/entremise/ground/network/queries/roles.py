"""Each role with what it may do, read from the table of rights itself."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from entremise.foundation.access import rights
from entremise.foundation.access.actors import Actor, Duty
from entremise.foundation.core.identifiers import random_id
from entremise.ground.network.enums import Role, Scope
from entremise.ground.network.roles import ROLES, RoleDescription


@dataclass(frozen=True, slots=True)
class Power:
    """A permission, and each way to obtain it: facts that must all hold."""

    label: str | Promise
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleSheet:
    """A role as its page tells it."""

    description: RoleDescription
    powers: tuple[Power, ...]


def role_sheets(user: Any) -> list[RoleSheet]:
    """Return every role with the permissions that someone who holds only it may obtain."""
    return [RoleSheet(one, tuple(_powers(_holder(user, one)))) for one in ROLES.values()]


def _holder(user: Any, description: RoleDescription) -> Actor:
    """Return someone who holds only this role, in a place of no one's."""
    structure = None if description.scope == Scope.NETWORK else random_id()
    site = random_id() if description.scope == Scope.SITE else None
    duty = Duty(Role(description.role), random_id(), structure, site)
    return Actor(user, (duty,), structure, frozenset({structure} if structure else ()))


def _powers(actor: Actor) -> list[Power]:
    found = []
    for permission, ways in rights.table().values():
        open_ways = tuple(
            ", ".join(str(fact.sentence) for fact in way)
            for way in ways
            if all(fact.rows(actor) is not rights.NOTHING for fact in way)
        )
        if open_ways:
            found.append(Power(permission.label, open_ways))
    return found
