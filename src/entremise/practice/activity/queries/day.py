"""What the desk shows of a day: its counts, its hours, its last acts; what a place meets most."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Sum
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor
from entremise.foundation.access.rights import can
from entremise.foundation.core.periods import day_period
from entremise.ground.network.models import Membership, Site
from entremise.ground.network.roles import AT_THE_DESK
from entremise.practice.activity.enums import (
    FEWEST_IN_POST,
    WITHOUT_REQUEST,
    ActivityPermission,
    Frame,
    Kind,
    PlaceKind,
)
from entremise.practice.activity.models import Activity, Participants, Request

LAST_ACTS = 6
USUAL_DAYS = 30
USUAL_AT_MOST = 16  # of each sort; the form shows fewer, those in force
OUT_OF_DOORS = [PlaceKind.STOP, PlaceKind.COMMUNE, PlaceKind.HOME, PlaceKind.STREET]


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Four of the five counters for one site and day (glossary); people are not known apart."""

    activities: int
    passages: int
    requests: int
    accompaniments: int
    out_of_doors: int
    failed_contacts: int
    sales: int
    visits: int
    public_untold: int
    outcome_untold: int

    @property
    def public_untold_share(self) -> int:
        """How many visits in a hundred say nothing of their public."""
        return _percent(self.public_untold, self.visits)

    @property
    def outcome_untold_share(self) -> int:
        """How many visits in a hundred leave the outcome of a request untold."""
        return _percent(self.outcome_untold, self.visits)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


@dataclass(frozen=True, slots=True)
class Usual:
    """What a site meets most, first things first: themes, operators, and whole requests written
    `theme|operator|nature|explanation`.
    """

    themes: list[str] = field(default_factory=list)
    operators: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def local_day(site: Site, instant: datetime) -> date:
    """Return the site's own day at an instant."""
    return instant.astimezone(ZoneInfo(site.time_zone)).date()


def day_counts(site: Site, day: date) -> DayCounts:
    """Count the current acts of a site on a day; one query.

    Visits are the acts that could tell a public and an outcome; an untouched one stays
    « non renseigné », and « non demandé » is told.
    """
    visits = ~Q(kind__in=WITHOUT_REQUEST)
    of_act = {"activity": OuterRef("pk")}
    told_public = Exists(Participants.objects.filter(**of_act))
    untold_outcome = Exists(Request.objects.filter(outcome=None, **of_act))
    totals = (
        Activity.objects.current()
        .filter(site=site, day=day)
        .aggregate(
            activities=Count("pk"),
            passages=Sum("passage_count", default=0),
            requests=Sum("request_count", default=0),
            accompaniments=Sum("accompaniment_count", default=0),
            out_of_doors=Count("pk", filter=Q(place_kind__in=OUT_OF_DOORS)),
            failed_contacts=Count("pk", filter=Q(kind=Kind.FAILED_CONTACT)),
            sales=Count("pk", filter=Q(kind=Kind.SALE)),
            visits=Count("pk", filter=visits),
            public_untold=Count("pk", filter=visits & ~Q(told_public)),
            outcome_untold=Count("pk", filter=visits & Q(untold_outcome)),
        )
    )
    return DayCounts(**totals)


def acts_by_hour(site: Site, day: date) -> list[tuple[str, int]]:
    """Return how many acts each hour held, from the first busy hour to the last, 9 h to 17 h at
    least.
    """
    quarters = (
        Activity.objects.current()
        .filter(site=site, day=day)
        .values_list("quarter")
        .annotate(count=Count("pk"))
        .order_by("quarter")
    )
    by_hour: dict[int, int] = {}
    for quarter, count in quarters:
        by_hour[quarter // 4] = by_hour.get(quarter // 4, 0) + count
    hours = range(min([9, *by_hour]), max([17, *by_hour]) + 1)
    return [(_("%(hour)d h") % {"hour": hour}, by_hour.get(hour, 0)) for hour in hours]


def last_acts(site: Site, day: date, actor: Actor) -> list[Activity]:
    """Return the last acts of a site's day that this person may read, the latest first."""
    visible = Activity.objects.visible_to(actor).current().filter(site=site, day=day)
    requests = Request.objects.select_related("theme", "operator", "outcome").order_by("position")
    latest = visible.order_by("-quarter", "-recorded_at")
    return list(latest.prefetch_related(Prefetch("requests", requests))[:LAST_ACTS])


def hours_shown_to(actor: Actor, site: Site, day: date) -> list[tuple[str, int]] | None:
    """Return the hours of a day for who receives there; for the others, None unless three people
    do at least (FEWEST_IN_POST).
    """
    shown = can(actor, ActivityPermission.RECORD, site)
    return acts_by_hour(site, day) if shown or len(desk_team(site, day)) >= FEWEST_IN_POST else None


def usual_of(site: Site, day: date) -> Usual:
    """Return what a site met most over the 30 days before a day, the recent ones weighing more;
    one query. Nothing of the day itself: the desk's order never moves while people queue.

    An explanation is learnt under social mediation only, the frame in which it earns a register.
    """
    first = day_period(day).first
    met = (
        Request.objects.filter(
            activity__site=site,
            activity__superseded_at=None,
            activity__day__gte=first - timedelta(days=USUAL_DAYS),
            activity__day__lt=first,
        )
        .values_list("theme", "operator", "nature", "explanation", "frame", "activity__day")
        .annotate(count=Count("pk"))
    )
    themes: Counter[str] = Counter()
    operators: Counter[str] = Counter()
    requests: Counter[str] = Counter()
    for theme, operator, nature, explanation, frame, met_on, count in met:
        weight = count * (USUAL_DAYS + 1 - (first - met_on).days)
        told = explanation if frame == Frame.MEDIATION else ""
        themes[theme] += weight
        requests["|".join((theme, operator or "", nature or "", told))] += weight
        if operator:
            operators[operator] += weight
    return Usual(_first_of(themes), _first_of(operators), _first_of(requests))


def _first_of(weights: Counter[str]) -> list[str]:
    """Return the heaviest codes, equal ones in their own order so that all servers agree."""
    return sorted(weights, key=lambda code: (-weights[code], code))[:USUAL_AT_MOST]


def desk_team(site: Site, day: date) -> list[Membership]:
    """Return who may receive at a site on a day, by name."""
    return list(
        Membership.objects.in_force(day)
        .filter(Q(site=site) | Q(site=None), structure=site.structure_id, role__in=AT_THE_DESK)
        .select_related("user")
        .order_by("user__full_name", "pk")
    )


def desk_sites(actor: Actor, permission: Any) -> list[Site]:
    """Return the living sites where this person holds the permission, by name."""
    return list(
        Site.objects.visible_to(actor, may=permission)
        .living()
        .select_related("structure", "commune")
        .in_order()
    )
