"""The application that invents a network to look at."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Holds the command `demo`; no table of its own."""

    name = "entremise.demo"
    label = "demo"

    def ready(self) -> None:
        """Name what is written in the journal."""
        from entremise.demo import verbs  # noqa: PLC0415 -- apps must be ready first

        verbs.register()
