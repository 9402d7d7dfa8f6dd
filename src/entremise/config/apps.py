"""Django's view of the settings: it holds the commands that need the database itself."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Above every floor."""

    name = "entremise.config"
    label = "config"

    def ready(self) -> None:
        """Name what is written in the journal."""
        from entremise.config import verbs  # noqa: PLC0415 -- apps must be ready first

        verbs.register()
