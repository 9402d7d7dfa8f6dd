"""Found, in the state folder of the environment, one place and eight mediators who record there.

Run as a module: the tests' own process is bound to another database. Prints what they sign with.
"""

# ruff: noqa: T201 -- the identifiers go to the console

import json
import sys
from datetime import date

PEOPLE = 8
PASSWORD = "un mot de passe de panne 42"


def main() -> int:
    """Print the identifiers of the place and of each mediator, as JSON."""
    from entremise.config import cli

    cli.prepare_database()
    from django.utils import timezone

    from entremise.foundation.accounts.models import User
    from entremise.ground.network.enums import Role, SiteKind, Status
    from entremise.ground.network.models import Membership, Network, Site, Structure
    from entremise.ground.reference.enums import CommuneKind
    from entremise.ground.reference.models import Commune, Departement, Region

    region = Region.objects.create(code="990", name="Région d’essai", search_name="region d essai")
    departement = Departement.objects.create(
        code="990", name="Département d’essai", search_name="departement d essai", region=region
    )
    commune = Commune.objects.create(
        code="00001", name="Essai", search_name="essai", departement=departement,
        kind=CommuneKind.COMMUNE, invented=True,
    )  # fmt: skip
    network = Network.objects.create(name="Réseau d’essai", invented=True)
    structure = Structure.objects.create(
        network=network, code="essai", name="Essai", sort_name="essai", modules=["desk"]
    )
    site = Site.objects.create(
        structure=structure, name="Essai", sort_name="essai", kind=SiteKind.FIXED, commune=commune
    )
    staged = []
    for rank in range(PEOPLE):
        user = User.objects.create_user(f"essai{rank}", password=PASSWORD)
        member = Membership.objects.create(
            user=user, role=Role.MEDIATOR, status=Status.MEDIATOR, structure=structure, site=site,
            starts_on=date(2025, 1, 1), invited_at=timezone.now(), invited_by=user,
        )  # fmt: skip
        staged.append({"login": user.username, "user": str(user.pk), "member": str(member.pk)})
    print(json.dumps({"site": str(site.pk), "people": staged}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
