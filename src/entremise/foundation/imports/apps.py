"""Django's view of the domain imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Tables that come from elsewhere."""

    name = "entremise.foundation.imports"
    label = "imports"

    def ready(self) -> None:
        """Name what is written in the journal."""
        from entremise.foundation.imports import verbs  # noqa: PLC0415 -- apps must be ready first

        verbs.register()
