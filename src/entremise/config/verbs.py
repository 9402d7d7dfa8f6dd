"""What the commands of the operator write in the journal."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.journal.verbs import name_verb


def register() -> None:
    """Name the verbs, at start-up."""
    name_verb("database.saved", _("sauvegarde faite"))
    name_verb("database.restored", _("sauvegarde rétablie"))
