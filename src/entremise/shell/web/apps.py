"""Django's view of the domain web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The front door."""

    name = "entremise.shell.web"
    label = "web"

    def ready(self) -> None:
        """Put « Aujourd’hui » first in the rail; say which forms wait for a sign-in."""
        from entremise.foundation.accounts import pending  # noqa: PLC0415 -- apps must be ready first
        from entremise.shell.web import counter_routes, rail  # noqa: PLC0415 -- the same

        rail.register()
        pending.keep_posts_of(*counter_routes.KEPT)
