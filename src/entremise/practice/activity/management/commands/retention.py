"""`entremise retention [--dry-run]`: erase what has been kept long enough; to run every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import acting_as
from entremise.foundation.accounts.queries import system_account
from entremise.ground.network.duties import system_actor
from entremise.practice.activity.operations import retention


class Command(BaseCommand):
    """Erase notes of 12 months, coarsen acts of 24, and name the months that stand in the way."""

    help = "Efface les notes de plus de 12 mois, la commune et l’heure des accueils de 24 mois."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to change nothing."""
        parser.add_argument("--dry-run", action="store_true", help="compter sans rien effacer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was erased, or would be; running it again erases nothing more."""
        clerk, at = system_account("retention"), timezone.now()
        with acting_as(system_actor(clerk)), transaction.atomic():
            notes = retention.erase_notes(by=clerk, at=at)
            acts = retention.coarsen_acts(by=clerk, at=at)
            left = retention.months_left_open(at)
            transaction.set_rollback(options["dry_run"])
        if options["dry_run"]:
            self.stdout.write(_("Essai à blanc, rien n’est effacé."))
        self.stdout.write(_("notes effacées : %(count)d") % {"count": notes})
        self.stdout.write(
            _("versions d’accueil sans commune ni heure désormais : %(count)d") % {"count": acts}
        )
        for one in left:
            said = _(
                "%(structure)s : %(month)s n’est pas clos, ses %(count)d versions gardent leur"
                " commune et leur heure."
            )
            month = date_format(one.month, "F Y")
            self.stdout.write(
                said % {"structure": one.structure, "month": month, "count": one.act_count}
            )
