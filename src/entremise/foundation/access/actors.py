"""Who acts, and for which structures: told at start-up by the floor that knows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db import connections, transaction
from django.http import HttpRequest
from django.utils import timezone

from entremise.foundation.core.periods import day_in_paris


@dataclass(frozen=True, slots=True)
class Duty:
    """A role held now: in one site, one structure, or the whole network (both None)."""

    role: str
    membership_id: UUID
    structure_id: UUID | None = None
    site_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting now. `structure_id` is the acting structure; `structures` is the wall:
    rows of other structures do not exist for this actor, whatever a query forgets. `modules` are
    the parts of the product that the acting structure has switched on.
    """

    user: Any
    duties: tuple[Duty, ...] = ()
    structure_id: UUID | None = None
    structures: frozenset[UUID] = frozenset()
    modules: frozenset[str] = frozenset()
    today: date = field(default_factory=lambda: day_in_paris(timezone.now()))

    def duties_as(self, *roles: str) -> tuple[Duty, ...]:
        """Return the duties held under one of these roles."""
        return tuple(duty for duty in self.duties if duty.role in roles)

    @property
    def is_stranger(self) -> bool:
        """True when this account holds no duty at all."""
        return not self.duties


class Resolver(Protocol):
    """Turn an account (and the structure it chose, if any) into an actor."""

    def __call__(self, user: Any, *, structure_id: UUID | None = None) -> Actor: ...


_resolvers: list[Resolver] = []
_choice: list[Callable[[HttpRequest], UUID | None]] = []


def tell_who_acts(resolver: Resolver, choice: Callable[[HttpRequest], UUID | None]) -> None:
    """Register, once and at start-up, how accounts become actors and how a request chose."""
    _resolvers[:] = [resolver]
    _choice[:] = [choice]


def actor_for(user: Any, *, structure_id: UUID | None = None) -> Actor:
    """Return the actor behind an account. Without a resolver everybody is a stranger."""
    if not _resolvers or not getattr(user, "is_authenticated", False):
        return Actor(user)
    return _resolvers[0](user, structure_id=structure_id)


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a request, computed once."""
    if not hasattr(request, "actor"):
        chosen = _choice[0](request) if _choice else None
        request.actor = actor_for(request.user, structure_id=chosen)  # type: ignore[attr-defined]
    return request.actor  # type: ignore[attr-defined]


SETTINGS = ("entremise.user", "entremise.structures")


@contextmanager
def acting_as(actor: Actor, *, using: str = "default") -> Iterator[Actor]:
    """Tell PostgreSQL who acts until the block ends: the policies of every table read it.

    Opens a transaction when none runs. On leaving, the settings found on entry come back.
    """
    wanted = (str(actor.user.pk or ""), ",".join(sorted(map(str, actor.structures))))
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting(%s, true), ''),"
            " coalesce(current_setting(%s, true), '')",
            SETTINGS,
        )
        before = cursor.fetchone()
        _tell(cursor, wanted)
        yield actor
        _tell(cursor, before)


def _tell(cursor: Any, values: tuple[str, str]) -> None:
    cursor.execute(
        "SELECT set_config(%s, %s, true), set_config(%s, %s, true)",
        (SETTINGS[0], values[0], SETTINGS[1], values[1]),
    )
