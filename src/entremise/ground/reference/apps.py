"""Django's view of the domain reference."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """What the whole network shares: lists and territory."""

    name = "entremise.ground.reference"
    label = "reference"

    def ready(self) -> None:
        """Name what is written in the journal."""
        from entremise.ground.reference import verbs  # noqa: PLC0415 -- apps must be ready first

        verbs.register()
