"""Django's view of the domain standard: a name, no table."""

from django.apps import AppConfig


class StandardConfig(AppConfig):
    """The rules of the trade, read from data files."""

    name = "entremise.ground.standard"
    label = "standard"
