"""What the accounts write in the journal."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.journal.verbs import name_verb


def register() -> None:
    """Name the verbs, at start-up."""
    name_verb("account.opened", _("compte ouvert"))
    name_verb("account.changed", _("compte modifié"))
    name_verb("account.password_changed", _("mot de passe changé"))
    name_verb("account.signed_out_everywhere", _("sessions fermées partout"))
    name_verb("account.short_code_set", _("code court choisi"))
    name_verb("account.short_code_removed", _("code court retiré"))
    name_verb("account.changed_at_counter", _("poste pris par une autre personne"))
