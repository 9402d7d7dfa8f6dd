"""Django's view of the domain statistics."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """What is counted, and for whom."""

    name = "entremise.insight.statistics"
    label = "statistics"

    def ready(self) -> None:
        """Register rights and pages."""
        from entremise.insight.statistics import menus, rules  # noqa: PLC0415 -- apps must be ready

        rules.register()
        menus.register()
