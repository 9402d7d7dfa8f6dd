"""What the desk writes in the journal."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.journal.verbs import name_verb


def register() -> None:
    """Name the verbs, at start-up."""
    name_verb("activity.recorded", _("accueil enregistré"))
    name_verb("activity.corrected", _("accueil corrigé"))
    name_verb("activity.undone", _("accueil annulé"))
    name_verb("activity.imported", _("accueils repris d’un fichier"))
    name_verb("activity.import_undone", _("reprise d’accueils annulée"))
    name_verb("activity.exported", _("liste d’accueils exportée"))
    name_verb("activity.tag_kept", _("étiquette locale gardée"))
    name_verb("activity.day_reviewed", _("journée relue et validée"))
    name_verb("activity.month_closed", _("mois clos"))
    name_verb("activity.note_read", _("note de travail lue"))
    name_verb("activity.notes_erased", _("notes de travail effacées"))
    name_verb("activity.acts_coarsened", _("commune et heure effacées d’accueils de 24 mois"))
