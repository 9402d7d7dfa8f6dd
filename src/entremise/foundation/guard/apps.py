"""Django's view of the domain guard."""

from django.apps import AppConfig


class GuardConfig(AppConfig):
    """What a free text says of a person."""

    name = "entremise.foundation.guard"
    label = "guard"
