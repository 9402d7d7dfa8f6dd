"""`entremise init --network NAME --admin EMAIL`: an empty database becomes a network."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from entremise.foundation.access.errors import Refusal
from entremise.foundation.accounts.queries import system_account
from entremise.ground.network.operations import networks


class Command(BaseCommand):
    """Found the network and give its first account a way in."""

    help = "Crée le réseau et son premier compte ; affiche le lien où choisir le mot de passe."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the name of the network and the first address."""
        parser.add_argument("--network", required=True, help="nom du réseau")
        parser.add_argument("--admin", required=True, help="adresse électronique du premier compte")

    def handle(self, *args: Any, **options: Any) -> None:
        """Found, then print the link, good once."""
        clerk = system_account("entremise")
        try:
            first = networks.found_network(
                options["network"], options["admin"], by=clerk, at=timezone.now()
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        key = f"{user_pk_to_url_str(first)}-{default_token_generator.make_token(first)}"
        uid, _, token = key.partition("-")
        link = reverse("account_reset_password_from_key", args=[uid, token])
        self.stdout.write(f"Réseau « {options['network']} » créé.")
        self.stdout.write(f"Premier compte : {first.username}. Choisissez son mot de passe ici :")
        self.stdout.write(link)
