"""What the invented network is made of, before anything is written: structures, sites, people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import NormalDist
from uuid import UUID

import numpy as np

from entremise.demo import chance, names
from entremise.demo.parameters import Parameters
from entremise.demo.places import BUS_STOPS, PLACES, QUARTERS, STREETS, TOWN_CODES, Place, Trait
from entremise.demo.rhythm import Closure, Doors, days_of, read_hours
from entremise.foundation.core.periods import Period
from entremise.ground.network.enums import ClosureReason, HalfDay, SiteKind, Status
from entremise.ground.network.roles import NEEDS_SUPERVISOR
from entremise.ground.reference.queries import public_holidays

HOURS = tuple(
    read_hours(f"{hours}; PH off")
    for hours in (
        "Mo-Fr 09:00-12:30,13:30-17:00",
        "Mo-Fr 08:30-12:00,13:30-17:30",
        "Mo-Tu 09:00-12:30,13:30-17:30; We 09:00-12:00; Th-Fr 09:00-12:30,13:30-17:30",
        "Mo-Fr 09:00-12:30,13:30-18:00; Sa 09:00-12:00",
        "Mo-Th 09:00-12:00,14:00-17:00; Fr 09:00-12:00",
    )
)
BUS_HOURS = read_hours("Mo-Fr 09:00-11:00,11:30-13:00,14:00-16:30; PH off")
TINY_HOURS = read_hours("Tu 09:00-12:00; Th 09:00-12:00; PH off")
TINY_MEAN, NEW_MEAN, LEAST, MOST = 4.0, 14.0, 10.0, 120.0
NETWORK_MEAN = 57.0  # with the sites that receive nobody: the others see 60 an open day
GROWING = (Trait.ORDINARY, Trait.MODEL, Trait.SALES, Trait.ALSATIAN)
STATUSES = {
    Status.MEDIATOR: 48, Status.ADULTE_RELAIS: 22, Status.FRANCE_SERVICES: 16,
    Status.WORK_STUDY: 6, Status.CIVIC_SERVICE: 5, Status.INTERN: 3,
}  # fmt: skip
# Mediators that one may sign in as: account, name, structures whose first site they work at.
DESK_CAST = (
    ("mediation", "Solène Montessel", (Trait.MODEL,)),
    ("deux-structures", "Camille Estrabaud", (Trait.MODEL, Trait.BUS)),
)


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person with a desk role at one site."""

    user: UUID
    membership: UUID
    full_name: str
    username: str
    status: Status
    signs_in: bool = False

    @property
    def is_supervised(self) -> bool:
        """True when the status asks for a supervisor."""
        return self.status in NEEDS_SUPERVISOR


@dataclass(frozen=True, slots=True)
class StopPlan:
    """A stop of a bus, and the quarters at which it stands there."""

    id: UUID
    town: str
    label: str
    hours: str
    quarters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SitePlan:
    """A point d'accueil and what its year looks like; `daily_mean` counts acts an open day."""

    rank: int
    id: UUID
    structure: UUID
    place: Place
    name: str
    town: str
    kind: SiteKind
    opened_on: date
    point: tuple[float, float]
    address: str
    is_france_services: bool
    daily_mean: float
    doors: Doors
    team: tuple[Person, ...]
    stops: tuple[StopPlan, ...] = ()

    @property
    def communes(self) -> tuple[str, ...]:
        """Invented communes that its public comes from, its own first."""
        own = TOWN_CODES[self.town]
        return (own, *(TOWN_CODES[t] for t in self.place.towns if TOWN_CODES[t] != own))


@dataclass(frozen=True, slots=True)
class StructurePlan:
    """An invented association and its sites."""

    rank: int
    id: UUID
    place: Place
    sites: list[SitePlan] = field(default_factory=list)


def draw_plan(parameters: Parameters) -> list[StructurePlan]:
    """Return the structures of the network with their sites and teams, the edge cases first."""
    shares = _sites_by_structure(parameters.sites)
    means = _daily_means(parameters, shares)
    structures = []
    rank = 0
    for order, (place, count) in enumerate(zip(PLACES, shares, strict=False)):
        structure = StructurePlan(
            order, chance.random_uuid(chance.generator(parameters.seed, 1, order)), place
        )
        for number in range(count):
            structure.sites.append(_draw_site(structure, number, rank, means[rank], parameters))
            rank += 1
        structures.append(structure)
    return structures


def _sites_by_structure(sites: int) -> list[int]:
    """Share sites among structures: 31 for 68; past that, those without an edge case grow."""
    structures = PLACES[: min(len(PLACES), max(8, round(sites * 31 / 68)))]
    usual = [place.site_count for place in structures]
    largest = [len(QUARTERS) if place.trait in GROWING else 1 for place in structures]
    room = usual if sites <= sum(usual) else largest
    shares = [1] * len(structures)
    while (left := sites - sum(shares)) > 0:
        growing = [rank for rank, share in enumerate(shares) if share < room[rank]]
        for rank in growing[:left]:
            shares[rank] += 1
    return shares


def _daily_means(parameters: Parameters, shares: list[int]) -> list[float]:
    """Return the mean acts an open day of each site: log-normal between 10 and 120."""
    traits = [p.trait for p, count in zip(PLACES, shares, strict=False) for _ in range(count)]
    fixed = {Trait.EMPTY: 0.0, Trait.TINY: TINY_MEAN, Trait.NEW: NEW_MEAN}
    ordinary = [rank for rank, trait in enumerate(traits) if trait not in fixed]
    quantiles = (np.arange(len(ordinary)) + 0.5) / len(ordinary)
    shape = np.exp(0.62 * np.array([NormalDist().inv_cdf(q) for q in quantiles]))
    target = min(NETWORK_MEAN * len(traits) / len(ordinary), 70.0)
    low, high = 1.0, 400.0
    for _ in range(60):  # the clipping moves the mean: look for the scale that gives it back
        scale = (low + high) / 2
        if np.clip(shape * scale, LEAST, MOST).mean() < target:
            low = scale
        else:
            high = scale
    drawn = np.clip(shape * scale, LEAST, MOST)
    chance.generator(parameters.seed, 2).shuffle(drawn)
    means = [fixed.get(trait, 0.0) for trait in traits]
    for rank, mean in zip(ordinary, drawn, strict=True):
        means[rank] = float(mean)
    return means


def _draw_site(
    structure: StructurePlan, number: int, rank: int, mean: float, parameters: Parameters
) -> SitePlan:
    rng = chance.generator(parameters.seed, 3, rank)
    place = structure.place
    town = place.towns[1] if len(place.towns) > 1 and number % 3 == 2 else place.towns[0]
    kind = _kind(place, number, rng)
    period = parameters.period
    opened = period.first - timedelta(days=int(rng.integers(200, 6000)))
    if place.trait is Trait.NEW:
        opened = parameters.until.replace(day=1)
    hours = HOURS[int(rng.integers(len(HOURS)))]
    hours = {Trait.BUS: BUS_HOURS, Trait.TINY: TINY_HOURS}.get(place.trait, hours)
    closures = _closures(period, rng)
    return SitePlan(
        rank=rank,
        id=chance.random_uuid(rng),
        structure=structure.id,
        place=place,
        name=_name(town, kind, number),
        town=town,
        kind=kind,
        opened_on=opened,
        point=(
            round(place.latitude + float(rng.uniform(-0.15, 0.15)), 4),
            round(place.longitude + float(rng.uniform(-0.15, 0.15)), 4),
        ),
        address=f"{int(rng.integers(1, 60))} {STREETS[rank % len(STREETS)]}, {town}",
        is_france_services=place.trait is not Trait.SALES and bool(rng.random() < 0.55),
        daily_mean=mean,
        doors=Doors(
            hours,
            first=opened,
            holidays=_holidays(place.departement, period),
            closures={closure.day: closure for closure in closures},
        ),
        team=(
            *_team(rng, rank, size=int(np.clip(round(mean / 12), 2, 9))),
            *(_desk_cast(place, parameters.seed) if number == 0 else ()),
        ),
        stops=_stops(rng) if place.trait is Trait.BUS else (),
    )


def _kind(place: Place, number: int, rng: np.random.Generator) -> SiteKind:
    if place.trait is Trait.BUS:
        return SiteKind.BUS
    if number == 0:
        return SiteKind.FIXED
    if number == 3:
        return SiteKind.FIELD_TEAM
    return SiteKind.OUTPOST if rng.random() < 0.35 else SiteKind.BRANCH


def _name(town: str, kind: SiteKind, number: int) -> str:
    of_town = f"d’{town}" if town[0] in "AEIOUÉ" else f"de {town}"
    if kind is SiteKind.BUS:
        return f"Bus {of_town}"
    if kind is SiteKind.FIELD_TEAM:
        return f"Équipe de terrain {of_town}"
    words = {SiteKind.OUTPOST: "Permanence", SiteKind.BRANCH: "Antenne"}
    quarter = QUARTERS[number % len(QUARTERS)]
    return f"{words.get(kind, 'Point d’accueil')} {of_town} – {quarter}"


def _holidays(departement: str, period: Period) -> frozenset[date]:
    years = range(period.first.year - 1, period.end.year + 1)
    return frozenset(day for year in years for day in public_holidays(departement, year))


def _closures(period: Period, rng: np.random.Generator) -> list[Closure]:
    days = [day for day in days_of(period) if day.weekday() < 5]
    some = rng.choice(len(days), size=rng.binomial(len(days), 1 / 43), replace=False)
    reasons = (
        ClosureReason.STAFF,
        ClosureReason.TRAINING,
        ClosureReason.WORKS,
        ClosureReason.EVENT,
    )
    halves = (HalfDay.MORNING, HalfDay.AFTERNOON, HalfDay.AFTERNOON, HalfDay.DAY)
    closures = [
        Closure(days[rank], halves[int(rng.integers(4))], reasons[int(rng.integers(4))])
        for rank in sorted(int(r) for r in some)
    ]
    taken = {closure.day for closure in closures}
    start = int(rng.integers(5, 15))
    if rng.random() < 0.3:
        closures += [
            Closure(day, HalfDay.DAY, ClosureReason.HOLIDAY)
            for day in days
            if day.month == 8 and start <= day.day < start + 7 and day not in taken
        ]
    return closures


def _team(rng: np.random.Generator, rank: int, *, size: int) -> tuple[Person, ...]:
    shares = chance.cumulated(list(STATUSES.values()))
    team = []
    for number in range(size):
        given = names.GIVEN[int(rng.integers(len(names.GIVEN)))]
        surname = names.SURNAMES[int(rng.integers(len(names.SURNAMES)))]
        status = list(STATUSES)[int(chance.pick(rng, shares, 1)[0])]
        team.append(
            Person(
                user=chance.random_uuid(rng),
                membership=chance.random_uuid(rng),
                full_name=f"{given} {surname}",
                username=f"equipe-{rank + 1:03d}-{number + 1}",
                status=Status.MEDIATOR if number == 0 else status,  # somebody can supervise
            )
        )
    return tuple(team)


def _desk_cast(place: Place, seed: int) -> Iterator[Person]:
    for order, (username, full_name, traits) in enumerate(DESK_CAST):
        if place.trait in traits:
            yield Person(
                user=chance.random_uuid(chance.generator(seed, 7, order)),
                membership=chance.random_uuid(
                    chance.generator(seed, 8, order, traits.index(place.trait))
                ),
                full_name=full_name,
                username=username,
                status=Status.MEDIATOR,
                signs_in=True,
            )


def _stops(rng: np.random.Generator) -> tuple[StopPlan, ...]:
    return tuple(
        StopPlan(chance.random_uuid(rng), town, label, hours, read_hours(hours).quarters[0])
        for town, _departement, label, hours in BUS_STOPS
    )
