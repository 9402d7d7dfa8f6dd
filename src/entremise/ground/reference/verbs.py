"""What the national lists and the territory write in the journal."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.journal.verbs import name_verb


def register() -> None:
    """Name the verbs, at start-up."""
    name_verb("reference.loaded", _("liste nationale chargée"))
    name_verb("reference.qpv_loaded", _("quartiers prioritaires chargés"))
