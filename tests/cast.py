"""The cast: fourteen people named by role and place, two structures, three points d'accueil."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from entremise.foundation.access import actors
from entremise.foundation.accounts.models import User
from entremise.ground.network.duties import resolve_actor, system_actor
from entremise.ground.network.enums import Module, Role, SiteKind, Status
from entremise.ground.network.models import Membership, Network, Site, Structure
from entremise.ground.reference.enums import CommuneKind
from entremise.ground.reference.models import Commune, Departement, Region
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ActContent, RequestContent
from entremise.practice.activity.models import Activity

AT = datetime(2026, 3, 16, 9, 7, 31, tzinfo=UTC)
DAY = date(2026, 3, 16)
SINCE = date(2025, 1, 1)
PASSWORD = "un mot de passe de test 42"

PLACES: dict[str, tuple[Role, str | None, str | None]] = {
    "mediator_lyon": (Role.MEDIATOR, "lyon", "lyon"),
    "mediator_lille": (Role.MEDIATOR, "lille", "lille"),
    "reception_lyon": (Role.RECEPTION, "lyon", "lyon"),
    "site_lead_lyon": (Role.SITE_LEAD, "lyon", "lyon"),
    "site_lead_lille": (Role.SITE_LEAD, "lille", "lille"),
    "director_lyon": (Role.DIRECTOR, "lyon", None),
    "quality_lyon": (Role.QUALITY, "lyon", None),
    "network_head": (Role.NETWORK_HEAD, None, None),
    "internal_auditor": (Role.INTERNAL_AUDITOR, None, None),
    "auditor": (Role.AUDITOR, None, None),
    "funder": (Role.FUNDER, None, None),
    "dpo": (Role.DPO, None, None),
    "admin": (Role.ADMIN, None, None),
}


@dataclass
class Cast:
    """Who plays, and where."""

    network: Network
    structures: dict[str, Structure]
    sites: dict[str, Site]
    people: dict[str, User]
    memberships: dict[str, Membership] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def actor(self, name: str) -> actors.Actor:
        """Return the actor behind a member of the cast."""
        return resolve_actor(self.people[name])


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Build the network of the tests and act as a system account that sees every structure."""
    cache.clear()
    cast = build_cast()
    with actors.acting_as(system_actor(cast["admin"])):
        yield cast


def build_cast(password: str | None = None) -> Cast:
    """Create the two structures, their places and everybody, with one password if given."""
    network = Network.objects.create(name="Réseau d’essai", invented=True)
    region = Region.objects.create(code="990", name="Région d’essai", search_name="region d essai")
    lyon_commune = _commune("00069", "Lyon-Essai", "69", region)
    lille_commune = _commune("00059", "Lille-Essai", "59", region)
    structures = {
        "lyon": _structure(network, "lyon", "Entremise Lyon"),
        "lille": _structure(network, "lille", "Entremise Lille"),
    }
    sites = {
        "lyon": _site(structures["lyon"], "Point d’accueil Lyon", lyon_commune),
        "lyon_bus": _site(structures["lyon"], "Bus Lyon", lyon_commune, kind=SiteKind.BUS),
        "lille": _site(structures["lille"], "Point d’accueil Lille", lille_commune),
    }
    people = {
        name: User.objects.create_user(
            name, f"{name}@essai.example", password, full_name=_named(name)
        )
        for name in [*PLACES, "stranger"]
    }
    cast = Cast(network, structures, sites, people)
    for name, (role, structure, site) in PLACES.items():
        cast.memberships[name] = Membership.objects.create(
            user=people[name],
            role=role,
            status=Status.MEDIATOR if role == Role.MEDIATOR else Status.OTHER,
            structure=structures[structure] if structure else None,
            site=sites[site] if site else None,
            starts_on=SINCE,
            invited_at=AT,
            invited_by=people["admin"],
        )
    return cast


def _named(name: str) -> str:
    return name.replace("_", " ").title()


def _commune(code: str, name: str, departement: str, region: Region) -> Commune:
    place, _ = Departement.objects.get_or_create(
        code=departement,
        defaults={
            "name": f"Département {departement}",
            "search_name": departement,
            "region": region,
        },
    )
    return Commune.objects.create(
        code=code, name=name, search_name=name.lower().replace("-", " "), departement=place,
        kind=CommuneKind.COMMUNE, invented=True,
    )  # fmt: skip


def _structure(network: Network, code: str, name: str) -> Structure:
    return Structure.objects.create(
        network=network, code=code, name=name, sort_name=name.lower(), modules=list(Module.values)
    )


def _site(structure: Structure, name: str, commune: Commune, kind: str = SiteKind.FIXED) -> Site:
    return Site.objects.create(
        structure=structure,
        name=name,
        sort_name=name.lower(),
        kind=kind,
        commune=commune,
        opened_on=SINCE,
        latitude=45.75,
        longitude=4.85,
        opening_hours="Mo-Fr 09:00-12:00,14:00-17:00; PH off",
    )


@pytest.fixture
def sign_in(cast: Cast) -> Callable[[str], Client]:
    """Return a client signed in as a member of the cast; « visitor » is nobody."""

    def signed(name: str) -> Client:
        client = Client()
        if name != "visitor":
            client.force_login(cast[name])
        return client

    return signed


def act_content(cast: Cast, place: str = "lyon", **changes: Any) -> ActContent:
    """Return the content of an ordinary visit at a place of the cast."""
    usual: dict[str, Any] = {
        "site": cast.sites[place].pk,
        "mediator": cast.memberships[f"mediator_{place.split('_', maxsplit=1)[0]}"].pk,
        "day": DAY,
        "quarter": 37,
        "requests": (RequestContent(theme="energy"),),
    }
    return ActContent(**(usual | changes))


def record(cast: Cast, place: str = "lyon", **changes: Any) -> Activity:
    """Record an ordinary visit, signed by the mediator of the place."""
    who = cast[f"mediator_{place.split('_', maxsplit=1)[0]}"]
    content = act_content(cast, place, **changes)
    return operations.record_activity(content, act=uuid4(), by=who, at=AT).activity
