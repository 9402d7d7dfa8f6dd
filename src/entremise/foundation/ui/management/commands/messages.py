"""Keep the English catalogue: update it, compile it, or say what it lacks."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import entremise
from entremise.foundation.ui import catalogue


class Command(BaseCommand):
    """`entremise messages [--compile | --check]`."""

    help = "Update the English catalogue from code and templates; --compile it, or --check it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the two other things that the command does."""
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--compile", action="store_true", help="write the compiled catalogues")
        choice.add_argument("--check", action="store_true", help="exit 1 when a message is amiss")

    def handle(self, *args: Any, **options: Any) -> None:
        """Obey. Raises CommandError when --check finds something."""
        folder = Path(settings.LOCALE_PATHS[0])
        path = folder / "en" / "LC_MESSAGES" / "django.po"
        source = catalogue.extracted(Path(entremise.__file__).parent)
        kept = catalogue.read(path)
        if options["compile"]:
            french = folder / "fr" / "LC_MESSAGES" / "django.mo"
            catalogue.compile_to(kept, path.with_suffix(".mo"))
            catalogue.compile_to(catalogue.french_plurals(source), french)
        elif options["check"]:
            self.check_catalogue(source, kept)
        else:
            catalogue.write(catalogue.updated(source, kept), path)
            self.stdout.write(f"{len(source)} messages")

    def check_catalogue(self, source: Any, kept: Any) -> None:
        """List what is amiss. Raises CommandError when something is."""
        found = list(catalogue.problems(source, kept))
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} messages to mend in the English catalogue")
        self.stdout.write(f"{len(source)} messages, all translated")
