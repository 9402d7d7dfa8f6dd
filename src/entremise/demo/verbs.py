"""What the demo writes in the journal."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.journal.verbs import name_verb


def register() -> None:
    """Name the verb, at start-up."""
    name_verb("demo.loaded", _("réseau de démonstration chargé"))
