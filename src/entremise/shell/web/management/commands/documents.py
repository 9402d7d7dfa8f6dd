"""Write the generated references of `docs/reference`, or say which ones are out of date."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from entremise.shell.web import references


class Command(BaseCommand):
    """`entremise documents [--check] [--folder FOLDER]`."""

    help = "Write docs/reference from the code; --check compares instead and exits 1."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the comparison and the folder."""
        parser.add_argument("--check", action="store_true", help="compare, write nothing")
        parser.add_argument("--folder", type=Path, default=settings.PROJECT / "docs" / "reference")

    def handle(self, *args: Any, **options: Any) -> None:
        """Obey. Raises CommandError when --check finds a page out of date."""
        folder: Path = options["folder"]
        for name, text in references.pages().items():
            page = folder / name
            if not options["check"]:
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(text, encoding="utf-8")
            elif not page.exists() or page.read_text(encoding="utf-8") != text:
                raise CommandError(f"{page.name} is out of date: run `make docs`")
