"""Django's view of the domain network; tells the engine of rights who acts."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Who works where."""

    name = "entremise.ground.network"
    label = "network"

    def ready(self) -> None:
        """Register actors, rights, pages and to-dos."""
        from entremise.foundation.access import actors  # noqa: PLC0415 -- apps must be ready first
        from entremise.ground.network import duties, menus, rules, verbs  # noqa: PLC0415 -- same

        actors.tell_who_acts(duties.resolve_actor, duties.chosen_structure)
        rules.register()
        menus.register()
        verbs.register()
