"""The table of rights: a permission, the ways to obtain it, each a list of named facts.

A fact says one thing twice, as a predicate on an object and as a filter on rows, so that a list
and a detail can never disagree. Deny by default: a permission without a way is refused to all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise

from entremise.foundation.access.actors import Actor, actor_for

NOTHING = Q(pk__in=[])
EVERYTHING = Q()


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement that can be false: `holds` for one object, `rows` for many.

    `rows` returns NOTHING when the actor can have no such row at all.
    """

    sentence: str | Promise
    holds: Callable[[Actor, Any], bool]
    rows: Callable[[Actor], Q]


_ways: dict[str, list[tuple[Fact, ...]]] = {}
_named: dict[str, Any] = {}
_reading: dict[type[Model], str] = {}


def grant(permission: Any, *ways: Iterable[Fact]) -> None:
    """Add ways to obtain a permission; all the facts of one way must hold."""
    _named[str(permission)] = permission
    table = _ways.setdefault(str(permission), [])
    table += [way for way in map(tuple, ways) if way not in table]


def read_with(model: type[Model], permission: Any) -> None:
    """Say which permission lets an actor know that an object of this model exists."""
    _reading[model] = str(permission)


def reading_permission(model: type[Model]) -> str:
    """Return the permission that shows objects of this model. Raises KeyError when untold."""
    return _reading[model]


def as_actor(person: Any) -> Actor:
    """Return the actor, given an actor or an account."""
    return person if isinstance(person, Actor) else actor_for(person)


def can(person: Any, permission: Any, subject: Any = None) -> bool:
    """True when the person may do this to the subject; without one, when some subject may exist."""
    actor = as_actor(person)
    for way in _ways.get(str(permission), ()):
        if subject is None:
            if all(fact.rows(actor) is not NOTHING for fact in way):
                return True
        elif all(fact.holds(actor, subject) for fact in way):
            return True
    return False


def rows_for(person: Any, permission: Any) -> Q:
    """Return the filter of the rows on which the person holds the permission."""
    actor = as_actor(person)
    found = NOTHING
    for way in _ways.get(str(permission), ()):
        parts = [fact.rows(actor) for fact in way]
        if any(part is NOTHING for part in parts):
            continue
        joined = EVERYTHING
        for part in parts:
            joined &= part
        if joined == EVERYTHING:
            return EVERYTHING
        found = joined if found is NOTHING else found | joined
    return found


def table() -> dict[str, tuple[Any, list[tuple[Fact, ...]]]]:
    """Return the whole table, for the generated reference: code → (permission, ways)."""
    return {code: (_named[code], _ways[code]) for code in sorted(_ways)}
