"""Append what became known day by day: fold-figures [--until DATE]. For a nightly timer."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.errors import Refusal
from entremise.insight.statistics import operations


class Command(BaseCommand):
    """Fold the days that are over; nothing happens when they all were."""

    help = "Append to the figures what became known each day until yesterday."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask until which day (in it)."""
        parser.add_argument("--until", type=date.fromisoformat, help="last day (yesterday)")

    def handle(self, *, until: date | None, **_options: Any) -> None:
        """Fold, then say how far the figures go."""
        try:
            folded = operations.fold_figures(until=until, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        said = _("%(rows)d lignes ajoutées ; chiffres repliés jusqu’au %(until)s.")
        self.stdout.write(said % {"rows": folded.rows, "until": folded.until or "–"})
