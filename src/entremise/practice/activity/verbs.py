"""What the desk writes in the journal."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.journal.verbs import name_verb


def register() -> None:
    """Name the verbs, at start-up."""
    name_verb("activity.recorded", _("accueil enregistré"))
    name_verb("activity.corrected", _("accueil corrigé"))
    name_verb("activity.undone", _("accueil annulé"))
    name_verb("activity.tag_kept", _("étiquette locale gardée"))
