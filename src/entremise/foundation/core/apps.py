"""Django's view of the domain core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The ground under every floor."""

    name = "entremise.foundation.core"
    label = "core"
