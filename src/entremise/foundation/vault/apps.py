"""Django's view of the domain vault."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """What a copy of the database does not give away."""

    name = "entremise.foundation.vault"
    label = "vault"
