"""What the network writes in the journal."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.journal.verbs import name_verb


def register() -> None:
    """Name the verbs, at start-up."""
    for code, label in (
        ("founded", _("réseau créé")),
        ("structure_opened", _("structure créée")),
        ("structure_changed", _("structure modifiée")),
        ("modules_switched", _("modules choisis")),
        ("step_ticked", _("premier pas coché")),
        ("step_unticked", _("premier pas décoché")),
        ("site_opened", _("point d’accueil créé")),
        ("site_changed", _("point d’accueil modifié")),
        ("site_suspended", _("point d’accueil suspendu")),
        ("site_reopened", _("point d’accueil rouvert")),
        ("site_closed", _("point d’accueil fermé")),
        ("site_moved", _("point d’accueil rattaché à une autre structure")),
        ("site_merged", _("points d’accueil fusionnés")),
        ("opening_exception_noted", _("fermeture ou ouverture exceptionnelle notée")),
        ("opening_exception_removed", _("fermeture ou ouverture exceptionnelle retirée")),
        ("stop_added", _("arrêt ajouté")),
        ("stop_removed", _("arrêt retiré")),
        ("stops_reordered", _("arrêts mis dans un autre ordre")),
        ("member_invited", _("rôle donné")),
        ("member_ended", _("rôle terminé")),
        ("member_suspended", _("rôle suspendu")),
        ("member_resumed", _("rôle repris")),
        ("site_import_checked", _("import de lieux vérifié")),
        ("sites_imported", _("lieux importés")),
        ("site_import_undone", _("import de lieux annulé")),
    ):
        name_verb(f"network.{code}", label)
