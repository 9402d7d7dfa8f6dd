"""`entremise restore FILE`: bring a backup back, everything or nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import timezone

from entremise.config.database import backups, preparation
from entremise.config.database.errors import DatabaseRefusalError
from entremise.foundation.accounts.queries import system_account
from entremise.foundation.journal import operations as journal


class Command(BaseCommand):
    """Replace the database by a backup, then bring it up to this version."""

    help = (
        "Restaure une sauvegarde, en entier ou pas du tout. --replace remplace un réseau présent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the file."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="remplacer le réseau présent")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, migrate, grant, and note it in the journal of decisions."""
        connections.close_all()
        try:
            backups.bring_back(
                settings.HOME, options["file"].absolute(), replace=options["replace"]
            )
        except DatabaseRefusalError as refusal:
            raise CommandError(refusal.message) from None
        preparation.prepare(restored=True)
        clerk = system_account("entremise")
        journal.note_decision("database.restored", None, by=clerk, at=timezone.now())
        self.stdout.write(f"Sauvegarde restaurée : {options['file']}")
