"""Import a list of places: import-sites FILE (--profile NAME | --mapping FILE.toml)."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import acting_as
from entremise.foundation.access.errors import Refusal
from entremise.foundation.accounts.models import User
from entremise.foundation.accounts.queries import system_account
from entremise.foundation.imports.engine.mapping import Mapping
from entremise.foundation.imports.engine.reading import LARGEST_FILE, read_table
from entremise.ground.network.duties import system_actor
from entremise.ground.network.operations import imports
from entremise.ground.network.queries import mappings
from entremise.ground.network.queries.imports import plan_sites

SHOWN = 20


class Command(BaseCommand):
    """Print what was imported, and why rows were refused; exit 1 when nothing could be read."""

    help = "Import a list of places (CSV) under a profile or a mapping of one's own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument("--profile", metavar="NAME", help="a shipped mapping")
        chosen.add_argument("--mapping", metavar="FILE.toml", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing in the database")
        parser.add_argument("--report", metavar="FILE.json", type=Path)
        parser.add_argument("--structure", metavar="CODE", default="", help="who employs them")
        parser.add_argument("--by", metavar="USERNAME", help="the account that signs")

    def handle(self, *, file: Path, report: Path | None, **options: Any) -> None:
        try:
            content = _content_of(file)
            mapping = _mapping(options["profile"], options["mapping"])
            if options["dry_run"]:
                found = _dry_run(content, mapping, options["structure"])
            else:
                by = _account(options["by"])
                found = _import(file.name, content, mapping, options["structure"], by)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if report:
            _write_report(report, found)
        self._tell(found, dry_run=options["dry_run"])

    def _tell(self, found: dict[str, Any], *, dry_run: bool) -> None:
        told = _(
            "%(rows)d lignes : %(created)d ajoutées, %(updated)d modifiées, "
            "%(unchanged)d inchangées, %(refused)d refusées."
        )
        self.stdout.write(
            (_("Essai à blanc, rien n’est écrit. ") if dry_run else "") + told % found
        )
        for title, remarks in (
            (_("Refus"), found["refusals"]),
            (_("À vérifier"), found["warnings"]),
        ):
            for remark in remarks[:SHOWN]:
                label = mappings.LABELS.get(remark["field"], "")
                place = _("ligne %(row)d") % remark + (f", {label}" if label else "")
                self.stdout.write(f"  {title} : {place} : {remark['message']}")
            if len(remarks) > SHOWN:
                more = _("  … et %(count)d autres, tous dans le rapport (--report).")
                self.stdout.write(more % {"count": len(remarks) - SHOWN})
        if found["missing"]:
            missing = _(
                "%(count)d lieux de cette source ne sont plus dans le fichier ; aucun n’est fermé."
            )
            self.stdout.write(missing % {"count": len(found["missing"])})


def _content_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as broken:
        message = _("Le fichier « %(file)s » ne peut pas être ouvert.")
        raise CommandError(message % {"file": file}) from broken


def _mapping(profile: str | None, path: Path | None) -> Mapping:
    return mappings.mapping_file(path) if path else mappings.profile(profile or "")


def _account(username: str | None) -> User:
    if not username:
        return system_account("import-sites")
    found = User.objects.filter(username=username).first()
    if found is None:
        message = _("Aucun compte ne s’appelle « %(name)s ».")
        raise CommandError(message % {"name": username})
    return found


def _dry_run(content: bytes, mapping: Mapping, structure: str) -> dict[str, Any]:
    table = read_table(content, encoding=mapping.encoding, separator=mapping.separator)
    plan = plan_sites(table, mapping, structure=imports.structure_named(structure))
    return plan.report.as_json()


@transaction.atomic
def _import(
    name: str, content: bytes, mapping: Mapping, structure: str, by: User
) -> dict[str, Any]:
    at = timezone.now()
    with acting_as(system_actor(by)):
        batch = imports.keep_list(
            file_name=name,
            content=content,
            mapping=mappings.content_of(mapping),
            structure=structure,
            by=by,
            at=at,
        )
        return imports.import_list(batch.pk, by=by, at=at).report


def _write_report(path: Path, found: dict[str, Any]) -> None:
    try:
        text = json.dumps(found, ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as broken:
        message = _("Le rapport ne peut pas être écrit dans « %(file)s ».")
        raise CommandError(message % {"file": path}) from broken
