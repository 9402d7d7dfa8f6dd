"""Lines of the rail that the desk adds."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.rights import can
from entremise.foundation.core import menus
from entremise.practice.activity.enums import ActivityPermission as May

DAILY = _("Au quotidien")


def register() -> None:
    """Add the list of acts and the local tags."""
    for rank, label, route, icon, permission in (
        (10, _("Accueils"), "acts", "message-2", May.READ),
        (15, _("Étiquettes locales"), "local_tags", "flag", May.MANAGE_TAGS),
    ):
        menus.register(
            menus.MenuEntry(
                section=DAILY,
                rank=rank,
                label=label,
                route=route,
                icon=icon,
                allowed=partial(can, permission=permission),
            )
        )
