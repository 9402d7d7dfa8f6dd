"""Write the invented network: communes, structures, sites, people and their memberships."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from stdnum import luhn

from entremise.demo import chance
from entremise.demo.accounts import PASSWORD, account_to_sign_in
from entremise.demo.errors import TerritoryMissing
from entremise.demo.parameters import Parameters
from entremise.demo.places import TOWN_CODES, Trait, departement_of_town
from entremise.demo.plan import Person, SitePlan, StructurePlan
from entremise.foundation.accounts.models import User
from entremise.foundation.core.french import search_key
from entremise.ground.network.enums import (
    FirstStep,
    Module,
    Role,
    SiteKind,
    StructureStatus,
)
from entremise.ground.network.models import (
    Membership,
    Network,
    OpeningException,
    Site,
    Stop,
    Structure,
)
from entremise.ground.reference.enums import CommuneKind
from entremise.ground.reference.models import Commune, Departement

NETWORK_NAME = "Réseau de démonstration (inventé)"
# Numbers that the French regulator keeps for fiction (ARCEP, decision 2012-0856).
FICTION_PHONES = ("+331990010", "+332619100", "+333530100", "+334657100", "+335364900")
STEPS_OF_A_NEWCOMER = (
    FirstStep.CONTACT,
    FirstStep.FIRST_SITE,
    FirstStep.HOURS,
    FirstStep.FIRST_MEDIATOR,
)


def write_network(
    plan: Sequence[StructurePlan], parameters: Parameters, *, by: User, at: datetime
) -> Network:
    """Write the network of the plan, inside the caller's transaction.

    Raises TerritoryMissing when a département that an invented town leans on is not loaded.
    """
    sites = [site for structure in plan for site in structure.sites]
    _write_communes(plan)
    network = Network.objects.create(
        id=chance.random_uuid(chance.generator(parameters.seed, 0)),
        name=NETWORK_NAME,
        invented=True,
    )
    Structure.objects.bulk_create(_structure(structure, network, parameters) for structure in plan)
    Site.objects.bulk_create(_site(site) for site in sites)
    Stop.objects.bulk_create(
        Stop(
            id=stop.id,
            site_id=site.id,
            commune_id=TOWN_CODES[stop.town],
            label=stop.label,
            opening_hours=stop.hours,
            position=position,
        )
        for site in sites
        for position, stop in enumerate(site.stops)
    )
    team = [(site, person) for site in sites for person in site.team]
    hashed = make_password(PASSWORD)
    people = {person.user: person for _site, person in team}
    User.objects.bulk_create(_account(person, hashed, at) for person in people.values())
    Membership.objects.bulk_create(_membership(site, person, by=by, at=at) for site, person in team)
    OpeningException.objects.bulk_create(
        OpeningException(
            id=chance.random_uuid(rng),
            site_id=site.id,
            day=closure.day,
            half_day=closure.half_day,
            reason=closure.reason,
            noted_at=at,
            noted_by=by,
        )
        for site in sites
        for rng in [chance.generator(parameters.seed, 6, site.rank)]
        for closure in site.doors.closures.values()
    )
    return network


def _write_communes(plan: Sequence[StructurePlan]) -> None:
    towns = [town for structure in plan for town in structure.place.towns]
    needed = {departement_of_town(town) for town in towns}
    if Departement.objects.filter(code__in=needed).count() != len(needed):
        raise TerritoryMissing
    Commune.objects.bulk_create(
        Commune(
            code=TOWN_CODES[town],
            name=town,
            search_name=search_key(town),
            kind=CommuneKind.COMMUNE,
            departement_id=departement_of_town(town),
            invented=True,
        )
        for town in towns
    )


def _structure(plan: StructurePlan, network: Network, parameters: Parameters) -> Structure:
    is_new, is_alsatian = plan.place.trait is Trait.NEW, plan.place.trait is Trait.ALSATIAN
    code = f"demo-{plan.rank + 1:02d}"
    since = parameters.until.replace(day=1) if is_new else plan.sites[0].opened_on
    return Structure(
        id=plan.id,
        network=network,
        code=code,
        name=plan.place.name,
        sort_name=search_key(plan.place.name),
        status=StructureStatus.LOCAL_LAW_ASSOCIATION
        if is_alsatian
        else StructureStatus.ASSOCIATION,
        siret="" if is_new else _siret(plan.rank),
        rna="" if is_alsatian or is_new else f"W{plan.rank + 1:09d}",
        franchise_from=since,
        email=f"{code}@demo.example",
        phone=_phone(plan.rank, 10),
        modules=list(_modules(plan)),
        checklist_done=[step.value for step in (STEPS_OF_A_NEWCOMER if is_new else FirstStep)],
        invented=True,
    )


def _modules(plan: StructurePlan) -> Iterator[str]:
    yield Module.DESK
    if plan.place.trait is Trait.BUS:
        yield Module.MOBILE
    if plan.place.trait is Trait.MODEL:
        yield Module.LOCAL_TAGS


def _siret(rank: int) -> str:
    """Return a number whose check digits hold, from a range that was never allotted (000…)."""
    siren = f"0000{rank + 1:04d}"
    siren += luhn.calc_check_digit(siren)
    return siren + "0001" + luhn.calc_check_digit(f"{siren}0001")


def _phone(rank: int, end: int) -> str:
    return f"{FICTION_PHONES[rank % len(FICTION_PHONES)]}{(end + rank) % 100:02d}"


def _site(plan: SitePlan) -> Site:
    moves = plan.kind in {SiteKind.BUS, SiteKind.FIELD_TEAM}
    return Site(
        id=plan.id,
        structure_id=plan.structure,
        name=plan.name,
        sort_name=search_key(plan.name),
        kind=plan.kind,
        opened_on=plan.opened_on,
        address="" if moves else plan.address,
        commune_id=TOWN_CODES[plan.town],
        latitude=plan.point[0],
        longitude=plan.point[1],
        phone=_phone(plan.rank, 40),
        opening_hours=plan.doors.timetable.hours,
        france_services=plan.is_france_services,
        labelled_on=plan.opened_on if plan.is_france_services else None,
        invented=True,
    )


def _account(person: Person, hashed: str, at: datetime) -> User:
    if person.signs_in:
        return account_to_sign_in(person.user, person.username, person.full_name, hashed, at)
    return User(
        id=person.user,
        username=person.username,
        full_name=person.full_name,
        password=make_password(None),
        is_active=False,
        demo_only=True,
        joined_at=at,
    )


def _membership(site: SitePlan, person: Person, *, by: User, at: datetime) -> Membership:
    return Membership(
        id=person.membership,
        user_id=person.user,
        role=Role.MEDIATOR,
        status=person.status,
        structure_id=site.structure,
        site_id=site.id,
        supervisor_id=site.team[0].membership if person.is_supervised else None,
        starts_on=site.opened_on,
        invited_at=at,
        invited_by=by,
    )
