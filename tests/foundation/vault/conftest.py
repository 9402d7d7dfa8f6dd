"""Structures that exist only as numbers, which is all the vault knows of them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from entremise.foundation.access.actors import Actor, acting_as
from entremise.foundation.accounts.models import User
from entremise.foundation.vault import keyring

AT = datetime(2026, 3, 16, 9, 7, 31, tzinfo=UTC)
ABOUT = "essai.note:1"


def acting_for(*structures: UUID) -> Actor:
    """Return an actor whose wall opens on these structures."""
    return Actor(User(username="quelqu’un"), structures=frozenset(structures))


@pytest.fixture(autouse=True)
def _empty_memory() -> None:
    """Start as a process that has just started."""
    keyring.forget()


@pytest.fixture
def lyon(db: None) -> Iterator[UUID]:
    """A structure, for which the test acts."""
    structure = uuid4()
    with acting_as(acting_for(structure)):
        yield structure
