"""Load a list of priority neighbourhoods: import_qpv FILE [--by USERNAME]."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.accounts.queries import system_account
from entremise.ground.reference import operations
from entremise.ground.reference.errors import BrokenQpvFile


class Command(BaseCommand):
    """Print what was loaded, or every refused row with its reason."""

    help = "Load a list of priority neighbourhoods (code_qp, lib_qp, insee_com)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="USERNAME", help="the account that signs")

    def handle(self, *, file: Path, by: str | None, **_options: Any) -> None:
        account = _account(by) if by else system_account("import-qpv")
        try:
            report = operations.load_qpv(file, by=account, at=timezone.now())
        except BrokenQpvFile as broken:
            for refusal in broken.refusals:
                self.stderr.write(f"{file.name}:{refusal.row}: {refusal.field}: {refusal.message}")
            raise CommandError(broken.message) from broken
        self.stdout.write(
            _(
                "%(rows)d lignes : %(created)d quartiers créés, %(updated)d modifiés, "
                "%(unchanged)d inchangés, %(absent)d connus mais absents du fichier."
            )
            % {
                "rows": report.rows,
                "created": report.created,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "absent": len(report.absent),
            }
        )


def _account(username: str) -> Any:
    accounts = get_user_model()
    try:
        return accounts.objects.get(username=username)
    except accounts.DoesNotExist as unknown:
        raise CommandError(
            _("Aucun compte ne s’appelle « %(name)s ».") % {"name": username}
        ) from unknown
