"""What the desk shows of a day: its counts, its hours, its last acts, its usual themes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor
from entremise.foundation.core.periods import day_period
from entremise.ground.network.models import Membership, Site
from entremise.ground.network.roles import AT_THE_DESK
from entremise.practice.activity.enums import Kind, PlaceKind
from entremise.practice.activity.models import Activity, Request

LAST_ACTS = 6
USUAL_DAYS = 30
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


def local_day(site: Site, instant: datetime) -> date:
    """Return the site's own day at an instant."""
    return instant.astimezone(ZoneInfo(site.time_zone)).date()


def day_counts(site: Site, day: date) -> DayCounts:
    """Count the current acts of a site on a day; one query."""
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
    return list(
        visible.order_by("-quarter", "-recorded_at").prefetch_related(
            "requests__theme", "requests__operator", "requests__outcome"
        )[:LAST_ACTS]
    )


def usual_codes(site: Site, day: date, field: str, limit: int) -> list[str]:
    """Return the codes (`theme` or `operator`) met most at a site over 30 days, by frequency."""
    period = day_period(day)
    found = (
        Request.objects.filter(
            activity__site=site,
            activity__superseded_at=None,
            activity__day__gte=period.first - timedelta(days=USUAL_DAYS),
            activity__day__lt=period.end,
            **{f"{field}__isnull": False},
        )
        .values_list(field)
        .annotate(count=Count("pk"))
        .order_by("-count", field)[:limit]
    )
    return [code for code, _count in found]


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
