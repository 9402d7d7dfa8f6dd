"""Django's view of the domain journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Memory that nobody rewrites."""

    name = "entremise.foundation.journal"
    label = "journal"
