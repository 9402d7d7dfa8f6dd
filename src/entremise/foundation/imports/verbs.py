"""What the imports write in the journal."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.journal.verbs import name_verb


def register() -> None:
    """Name the verbs, at start-up."""
    name_verb("imports.file_kept", _("fichier reçu pour un import"))
