"""The first line of the rail."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.rights import can
from entremise.foundation.core import menus
from entremise.ground.network.enums import NetworkPermission


def register() -> None:
    """Add « Aujourd’hui »."""
    menus.register(
        menus.MenuEntry(
            section=_("Au quotidien"),
            rank=0,
            label=_("Aujourd’hui"),
            route="today",
            icon="home",
            allowed=lambda actor: can(actor, NetworkPermission.READ_DIRECTORY),
        )
    )
