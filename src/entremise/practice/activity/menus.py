"""Lines of the rail that the desk adds."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.rights import can
from entremise.foundation.core import menus
from entremise.ground.network.enums import Module
from entremise.practice.activity.enums import ActivityPermission as May

DAILY = _("Au quotidien")


def register() -> None:
    """Add the list of acts and the local tags."""
    menus.register(
        menus.MenuEntry(
            section=DAILY,
            rank=10,
            label=_("Accueils"),
            route="acts",
            icon="message-2",
            allowed=lambda actor: can(actor, May.READ),
        )
    )
    menus.register(
        menus.MenuEntry(
            section=DAILY,
            rank=15,
            label=_("Étiquettes locales"),
            route="local_tags",
            icon="flag",
            allowed=keeps_local_tags,
        )
    )


def keeps_local_tags(actor: Any) -> bool:
    """True for who may keep tags, in a structure that uses them."""
    return Module.LOCAL_TAGS in actor.modules and can(actor, May.MANAGE_TAGS)
