"""Django's view of the domain web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The front door."""

    name = "entremise.shell.web"
    label = "web"

    def ready(self) -> None:
        """Put « Aujourd’hui » first in the rail."""
        from entremise.shell.web import rail  # noqa: PLC0415 -- apps must be ready first

        rail.register()
