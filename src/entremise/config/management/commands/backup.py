"""`entremise backup FILE`: the whole database in one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from entremise.config.database import backups
from entremise.config.database.errors import DatabaseRefusalError
from entremise.foundation.accounts.queries import system_account
from entremise.foundation.journal import operations as journal
from entremise.foundation.vault import master


class Command(BaseCommand):
    """Save everything: acts, accounts, journals."""

    help = "Sauvegarde toute la base dans un fichier neuf, lisible de son seul propriétaire."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Save, and note it in the journal of decisions."""
        clerk = system_account("entremise")
        journal.note_decision("database.saved", None, by=clerk, at=timezone.now())
        try:
            backups.save(settings.HOME, options["file"].absolute())
        except DatabaseRefusalError as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"Sauvegarde écrite : {options['file']}")
        place = "ENTREMISE_MASTER_KEY" if master.is_in_environment() else str(master.key_file())
        self.stdout.write(
            f"Elle ne contient pas la clé maîtresse ({place}) : gardez-en une copie à part, "
            "sans elle aucun texte scellé ne se rouvre."
        )
