"""Why the demo refuses to load."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.errors import Refusal


class DatabaseNotDemo(Refusal):
    """The database holds a network that the demo did not make: it is never touched."""

    message = _(
        "Cette base contient un réseau qui n’est pas celui de la démonstration : rien n’a été"
        " touché. Choisissez une autre base, ou un autre dossier avec ENTREMISE_HOME."
    )


class OtherDemoLoaded(Refusal):
    """A demo with other parameters is there: its data are kept until one asks otherwise."""

    message = _(
        "Une démonstration avec d’autres paramètres est déjà chargée. Ajoutez --fresh pour la"
        " remplacer, ou retirez ces paramètres pour la garder."
    )


class SitesOutOfRange(Refusal):
    """The network asked for is too small for its edge cases, or larger than its invented names."""

    message = _("La démonstration compte de 8 à 328 points d’accueil, et de 1 à 60 mois.")


class TerritoryMissing(Refusal):
    """The départements that the invented places lean on are not loaded."""

    message = _("Les départements manquent dans la base. Lancez « make setup », puis recommencez.")
