"""Days to read over: what awaits the lead of a site, and one day with its findings first."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet

from entremise.foundation.access.actors import Actor
from entremise.ground.network import engine as opening
from entremise.ground.network.models import OpeningException, Site
from entremise.ground.reference import queries as reference
from entremise.practice.activity.enums import ON_SITE, WITHOUT_REQUEST, Entry, PlaceKind
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.models import Activity, Participants, Request
from entremise.practice.activity.queries.anomalies import Findings, ReadAct, ReadDay, found_in

Place = tuple[UUID, date]  # a site and its local day


@dataclass(frozen=True, slots=True)
class DayToReview:
    """A line of the list: a site and a day, with what awaits in it.

    `seen` stands for exactly the versions counted here: it is posted back, so that what changed
    meanwhile is never validated unseen.
    """

    site: Site
    day: date
    count: int
    to_review: int
    finding_count: int
    seen: str


@dataclass(frozen=True, slots=True)
class ReviewedAct:
    """An act of the day as the page shows it, with what is said of it."""

    act: Activity
    sentences: list[str]


@dataclass(frozen=True, slots=True)
class DayAsRead:
    """A day of a site, ready to be read: findings first, past acts taken over apart."""

    findings: Findings
    flagged: list[ReviewedAct]
    others: list[ReviewedAct]
    imported: list[ReviewedAct]
    to_review: int
    seen: str

    @property
    def count(self) -> int:
        """How many current acts the day holds."""
        return len(self.flagged) + len(self.others) + len(self.imported)


def acts_to_review(actor: Actor) -> QuerySet[Activity]:
    """Return the current acts that nobody has read, at the sites that this person leads."""
    sites = Site.objects.visible_to(actor, may=May.REVIEW).values("pk")
    return Activity.objects.current().filter(site__in=sites, reviewed_on=None)


def days_waiting(actor: Actor, before: date) -> tuple[int, date | None]:
    """Return how many days wait to be read, and the oldest; one query."""
    places = acts_to_review(actor).filter(day__lt=before).values("site", "day").distinct()
    found = places.aggregate(count=Count("*"), oldest=Min("day"))
    return found["count"], found["oldest"]


def days_to_review(actor: Actor, page: str | None, per_page: int) -> Page[DayToReview]:
    """Return a page of the days to read, the oldest first; as many queries for one as for all."""
    waiting = acts_to_review(actor).values_list("site", "day").distinct()
    shown: Page[Any] = Paginator(waiting.order_by("day", "site"), per_page).get_page(page)
    places: list[Place] = list(shown.object_list)
    sites = Site.objects.select_related("commune").in_bulk({site for site, _day in places})
    read = _days_as_read(places, sites)
    shown.object_list = [_line(sites[site], day, read[site, day]) for site, day in places]
    return shown


def _line(site: Site, day: date, read: ReadDay) -> DayToReview:
    unread = [act.pk for act in read.acts if act.to_review]
    return DayToReview(
        site, day, len(read.acts), len(unread), found_in(read).count, seen_as(unread)
    )


def day_as_read(site: Site, day: date) -> DayAsRead:
    """Return the acts of a site's day with what deserves a look."""
    read = _days_as_read([(site.pk, day)], {site.pk: site})[site.pk, day]
    findings = found_in(read)
    requests = Request.objects.select_related("theme", "operator").order_by("position")
    acts = (
        Activity.objects.current()
        .filter(pk__in=[act.pk for act in read.acts])
        .order_by("quarter", "id")
        .prefetch_related(Prefetch("requests", requests))
    )
    shown = [
        ReviewedAct(act, [str(said) for said in findings.of_acts.get(act.pk, [])]) for act in acts
    ]
    unread = [one.act.pk for one in shown if one.act.reviewed_on is None]
    return DayAsRead(
        findings=findings,
        flagged=[one for one in shown if one.sentences],
        others=[one for one in shown if not one.sentences and not _is_imported(one)],
        imported=[one for one in shown if _is_imported(one)],
        to_review=len(unread),
        seen=seen_as(unread),
    )


def _is_imported(one: ReviewedAct) -> bool:
    return one.act.entry == Entry.IMPORTED


def seen_as(versions: Iterable[UUID]) -> str:
    """Return a short mark of exactly these versions, whatever their order."""
    joined = ",".join(sorted(map(str, versions)))
    return hashlib.sha256(joined.encode()).hexdigest()[:24]


def _days_as_read(places: Sequence[Place], sites: dict[UUID, Site]) -> dict[Place, ReadDay]:
    """Return the facts of several days: acts in one query, exceptions in another."""
    acts: dict[Place, list[ReadAct]] = {place: [] for place in places}
    if not places:
        return {}
    told = Participants.objects.filter(activity=OuterRef("pk"))
    read_before = Activity.objects.filter(act=OuterRef("act"), reviewed_on__isnull=False).exclude(
        pk=OuterRef("pk")
    )
    rows = (
        Activity.objects.current()
        .filter(reduce(or_, (Q(site=site, day=day) for site, day in places)))
        .annotate(told=Exists(told), read_before=Exists(read_before))
        .values(
            "pk", "site", "day", "kind", "mode", "place_kind", "quarter", "minutes", "entry",
            "gathered_count", "fingerprint", "version", "recorded_at", "reviewed_on",
            "coarsened_on", "told", "read_before",
        )
    )  # fmt: skip
    zones = {pk: ZoneInfo(site.time_zone) for pk, site in sites.items()}
    for row in rows:
        acts[row["site"], row["day"]].append(_facts(row, zones[row["site"]]))
    hours = _slots(places, sites)
    return {place: ReadDay(tuple(acts[place]), hours[place]) for place in places}


def _facts(row: dict[str, Any], zone: ZoneInfo) -> ReadAct:
    typed_on = row["recorded_at"].astimezone(zone).date()
    individual = row["entry"] != Entry.WAVE and row["kind"] not in WITHOUT_REQUEST
    at_the_desk = row["mode"] in ON_SITE and row["place_kind"] == PlaceKind.SITE
    return ReadAct(
        pk=row["pk"],
        to_review=row["reviewed_on"] is None,
        entry=row["entry"],
        quarter=row["quarter"],
        on_site=at_the_desk and row["coarsened_on"] is None,
        minutes=row["minutes"],
        gathered=row["gathered_count"],
        content=bytes(row["fingerprint"]),
        late=row["entry"] == Entry.SHEET or (row["version"] == 1 and typed_on > row["day"]),
        corrected=row["read_before"],
        told=row["told"] if individual else None,
    )


def _slots(
    places: Sequence[Place], sites: dict[UUID, Site]
) -> dict[Place, tuple[tuple[int, int], ...] | None]:
    noted: dict[Place, list[opening.Change]] = {}
    days = [day for _site, day in places]
    exceptions = OpeningException.objects.filter(site__in=sites, day__in=days)
    for one in exceptions:
        change = opening.Change(one.day, one.half_day, one.is_open)
        noted.setdefault((one.site_id, one.day), []).append(change)
    return {place: _slots_of(sites[place[0]], place[1], noted.get(place, [])) for place in places}


def _slots_of(
    site: Site, day: date, changes: list[opening.Change]
) -> tuple[tuple[int, int], ...] | None:
    if not site.opening_hours and not changes:
        return None
    holidays = reference.public_holidays(site.commune.departement_id, day.year)
    try:
        slots = opening.slots_on(site.opening_hours, day, holidays=holidays, changes=changes)
    except opening.BrokenHours:
        return None
    return tuple((slot.start, slot.end) for slot in slots)


def is_over(site: Site, day: date, at: datetime) -> bool:
    """True when the day has ended at the site."""
    return day < at.astimezone(ZoneInfo(site.time_zone)).date()
