"""Django's view of the domain activity."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """What is done at the desk."""

    name = "entremise.practice.activity"
    label = "activity"

    def ready(self) -> None:
        """Register rights and pages."""
        from entremise.practice.activity import menus, rules  # noqa: PLC0415 -- apps must be ready

        rules.register()
        menus.register()
