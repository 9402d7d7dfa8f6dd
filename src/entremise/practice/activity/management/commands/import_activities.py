"""Import past acts: import-activities FILE --mapping FILE.toml, or --undo IMPORT."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import acting_as
from entremise.foundation.access.errors import Refusal
from entremise.foundation.accounts.models import User
from entremise.foundation.accounts.queries import system_account
from entremise.foundation.imports.engine.report import Remark
from entremise.foundation.imports.engine.tally import Remarks, Tally, open_tally
from entremise.foundation.imports.models import ImportBatch
from entremise.ground.network.duties import system_actor
from entremise.practice.activity.operations import imports
from entremise.practice.activity.queries.act_mappings import act_mapping
from entremise.practice.activity.queries.act_rows import label_of


class Command(BaseCommand):
    """Print what was imported, and why rows were refused; exit 1 when nothing could be read."""

    help = "Import past acts (CSV or XLSX) under a mapping of one's own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--mapping", metavar="FILE.toml", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing in the database")
        parser.add_argument("--report", metavar="FILE.json", type=Path)
        parser.add_argument("--undo", metavar="IMPORT", help="take an import back, by its number")
        parser.add_argument("--by", metavar="USERNAME", help="the account that signs")

    def handle(
        self, *, file: Path | None, mapping: Path | None, undo: str | None, **options: Any
    ) -> None:
        by = _account(options["by"])
        try:
            if undo and file is None:
                self._undo(undo, by)
            elif file and mapping and not undo:
                self._import(file, mapping, by, options)
            else:
                raise CommandError(
                    _("Donnez un fichier et sa correspondance (--mapping), ou --undo seul.")
                )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, file: Path, path: Path, by: User, options: dict[str, Any]) -> None:
        mapping = act_mapping(path)
        dry_run, report = options["dry_run"], options["report"]
        at = timezone.now()
        with open_tally(mapping.source) as tally:
            extra: dict[str, Any] = {"dry_run": dry_run}
            with acting_as(system_actor(by)):
                if dry_run:
                    imports.try_acts(file, mapping, tally, at=at)
                else:
                    batch = imports.import_acts(file, mapping, tally, by=by, at=at)
                    extra["import"] = str(batch.pk)
            if report:
                _write_report(report, tally, extra)
            self._tell(tally, extra)

    def _undo(self, number: str, by: User) -> None:
        try:
            with acting_as(system_actor(by)):
                closed = imports.undo_acts(UUID(number), by=by, at=timezone.now())
        except (ValueError, ImportBatch.DoesNotExist) as unknown:
            message = _("Aucun import d’actes ne porte le numéro « %(number)s ».")
            raise CommandError(message % {"number": number}) from unknown
        self.stdout.write(_("Import annulé : %(count)d actes retirés.") % {"count": closed})

    def _tell(self, tally: Tally, extra: dict[str, Any]) -> None:
        told = _(
            "%(rows)d lignes : %(created)d ajoutées, %(updated)d modifiées, "
            "%(unchanged)d inchangées, %(refused)d refusées."
        )
        opening = _("Essai à blanc, rien n’est écrit. ") if extra["dry_run"] else ""
        self.stdout.write(opening + told % tally.as_counts())
        self._tell_remarks(_("Refus"), tally.refusals)
        self._tell_remarks(_("À vérifier"), tally.warnings)
        if "import" in extra:
            number = _("Import numéro %(import)s ; pour le retirer : --undo suivi de ce numéro.")
            self.stdout.write(number % extra)

    def _tell_remarks(self, title: str, remarks: Remarks) -> None:
        for remark in remarks.first:
            self.stdout.write(f"  {title} : {_place(remark)} : {remark.message}")
        if remarks.count > len(remarks.first):
            more = _("  … et %(count)d autres, tous dans le rapport (--report).")
            self.stdout.write(more % {"count": remarks.count - len(remarks.first)})


def _place(remark: Remark) -> str:
    row = _("ligne %(row)d") % {"row": remark.row}
    return f"{row}, {label_of(remark.field)}" if remark.field else row


def _account(username: str | None) -> User:
    if not username:
        return system_account("import-activities")
    found = User.objects.filter(username=username).first()
    if found is None:
        message = _("Aucun compte ne s’appelle « %(name)s ».")
        raise CommandError(message % {"name": username})
    return found


def _write_report(path: Path, tally: Tally, extra: dict[str, Any]) -> None:
    try:
        tally.write(path, extra)
    except OSError as broken:
        message = _("Le rapport ne peut pas être écrit dans « %(file)s ».")
        raise CommandError(message % {"file": path}) from broken
