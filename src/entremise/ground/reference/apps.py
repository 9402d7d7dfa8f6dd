"""Django's view of the domain reference."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """What the whole network shares: lists and territory."""

    name = "entremise.ground.reference"
    label = "reference"
