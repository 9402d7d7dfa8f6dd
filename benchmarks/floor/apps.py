"""Django's view of the floor."""

from django.apps import AppConfig


class FloorConfig(AppConfig):
    """One table."""

    name = "floor"
    label = "floor"
