"""Found the network of an empty database, with the account that will invite the others."""

from datetime import datetime

from django.db import transaction

from entremise.foundation.accounts.models import User
from entremise.foundation.core.periods import day_in_paris
from entremise.foundation.journal import operations as journal
from entremise.ground.network.enums import Role, Status
from entremise.ground.network.errors import NetworkAlreadyFounded
from entremise.ground.network.models import Membership, Network

FOUNDING_ROLES = (Role.NETWORK_HEAD, Role.ADMIN)


@transaction.atomic
def found_network(name: str, email: str, *, by: User, at: datetime) -> User:
    """Create the network and its first account, which holds its head and runs the platform.

    The account has no password yet. Raises NetworkAlreadyFounded when there is a network.
    """
    if Network.objects.exists():
        raise NetworkAlreadyFounded
    network = Network.objects.create(name=name)
    first = User.objects.create_user(email, email)
    for role in FOUNDING_ROLES:
        Membership.objects.create(
            user=first, role=role, status=Status.OTHER, starts_on=day_in_paris(at),
            invited_at=at, invited_by=by,
        )  # fmt: skip
    journal.note_decision("network.founded", network, by=by, at=at)
    return first
