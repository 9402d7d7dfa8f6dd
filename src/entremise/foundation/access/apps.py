"""Django's view of the domain access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may."""

    name = "entremise.foundation.access"
    label = "access"
