"""Lines of the rail that figures add."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.rights import can
from entremise.foundation.core import menus
from entremise.insight.statistics.enums import StatisticsPermission as May

QUALITY = _("Qualité")


def register() -> None:
    """Add the figures and the France services table."""
    for rank, label, route, icon, permission in (
        (30, _("Chiffres"), "figures", "chart-histogram", May.READ),
        (31, _("Tableau France services"), "france_services_table", "table-export",
         May.REPORT_FRANCE_SERVICES),
    ):  # fmt: skip
        menus.register(
            menus.MenuEntry(
                section=QUALITY,
                rank=rank,
                label=label,
                route=route,
                icon=icon,
                allowed=partial(can, permission=permission),
            )
        )
