"""The directory: points d'accueil and structures as lists and the map ask for them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from entremise.foundation.access.actors import Actor
from entremise.foundation.core.french import search_key
from entremise.ground.network.enums import SiteKind, SiteState
from entremise.ground.network.models import Site, Structure
from entremise.ground.reference.models import Departement

LIVING, ALL = "", "all"


@dataclass(frozen=True, slots=True)
class SiteSearch:
    """What a list of places is narrowed to; `state` empty keeps all but the closed ones."""

    text: str = ""
    kind: str = ""
    state: str = LIVING
    departement: str = ""
    structure: UUID | None = None


def sites_found(actor: Actor, search: SiteSearch) -> QuerySet[Site]:
    """Return the places that match every word, by name, commune, postal code or structure."""
    found = Site.objects.visible_to(actor).select_related("structure", "commune__departement")
    for word in search_key(search.text).split():
        found = found.filter(
            Q(sort_name__contains=word)
            | Q(commune__search_name__contains=word)
            | Q(postal_code__startswith=word)
            | Q(structure__sort_name__contains=word)
        )
    if search.state == LIVING:
        found = found.living()
    elif search.state != ALL:
        found = found.filter(state=search.state)
    if search.kind:
        found = found.filter(kind=search.kind)
    if search.departement:
        found = found.filter(commune__departement=search.departement)
    if search.structure:
        found = found.filter(structure=search.structure)
    ordered: QuerySet[Site] = found.in_order()
    return ordered


def points_of(sites: QuerySet[Site]) -> dict[str, Any]:
    """Return the places with coordinates (degrees, WGS 84), as the map reads them; one query."""
    rows = sites.exclude(latitude=None).values_list(
        "id", "name", "latitude", "longitude", "kind", "state"
    )
    return {
        "features": [
            {
                "id": str(pk),
                "name": name,
                "lat": latitude,
                "lon": longitude,
                "kind": kind,
                "status": state,
                "url": reverse("site", args=[pk]),
            }
            for pk, name, latitude, longitude, kind, state in rows
        ],
        "kinds": {kind.value: str(kind.label) for kind in SiteKind},
        "statuses": {state.value: str(state.label) for state in SiteState},
    }


def departements_with_sites() -> QuerySet[Departement]:
    """Return the départements where the network stands, by code."""
    return (
        Departement.objects.filter(communes__in=Site.objects.values("commune"))
        .distinct()
        .order_by("code")
    )


def structures_found(actor: Actor, text: str = "") -> QuerySet[Structure]:
    """Return the employing structures whose name or SIRET matches every word, with `site_count`."""
    found = Structure.objects.visible_to(actor).filter(holding=False)
    for word in search_key(text).split():
        found = found.filter(
            Q(sort_name__contains=word)
            | Q(siret__startswith=word)
            | Q(sites__commune__search_name__contains=word)
        )
    living = Count("sites", filter=~Q(sites__state=SiteState.CLOSED), distinct=True)
    counted: QuerySet[Structure] = found.annotate(site_count=living).in_order()
    return counted


def structure_choices(actor: Actor) -> list[tuple[str, str]]:
    """Return the structures as the choices of a list: (id, name)."""
    rows = Structure.objects.visible_to(actor).in_order().values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def unattached_sites() -> QuerySet[Site]:
    """Return the living places that wait in the holding structure for their employer."""
    waiting = Site.objects.living().filter(structure__holding=True)
    found: QuerySet[Site] = waiting.select_related("structure", "commune__departement").in_order()
    return found
