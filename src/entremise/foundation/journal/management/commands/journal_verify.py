"""`entremise journal-verify`: find a flipped byte, name its entry; last line: count and head."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from entremise.foundation.journal import operations, verification

TITLES = {"journal_access": "accès", "journal_decision": "décisions"}


class Command(BaseCommand):
    """Seal what is over, then verify both journals."""

    help = "Vérifie les deux journaux ; la dernière ligne est le nombre de décisions et leur tête."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a journal; exit 1 naming every faulty entry."""
        operations.seal_and_purge_accesses()
        verdicts = {journal: verification.verify(journal) for journal in TITLES}
        for journal, verdict in verdicts.items():
            for fault in verdict.faults:
                self.stderr.write(f"{TITLES[journal]} : {fault}")
            state = "intact" if not verdict.faults else f"{len(verdict.faults)} faute(s)"
            self.stdout.write(f"{TITLES[journal]} : {verdict.entry_count} entrées, {state}")
        decisions = verdicts["journal_decision"]
        self.stdout.write(f"{decisions.entry_count} {decisions.head}")
        if any(verdict.faults for verdict in verdicts.values()):
            raise CommandError("Un journal a été modifié : voyez les entrées nommées ci-dessus.")
