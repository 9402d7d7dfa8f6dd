"""Open, change, move, merge and close a point d'accueil; note its exceptions and its stops.

An act keeps the site and the structure of its day: nothing here touches what was recorded.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from entremise.foundation.accounts.models import User
from entremise.foundation.core.french import search_key
from entremise.foundation.core.periods import day_in_paris
from entremise.foundation.journal import operations as journal
from entremise.ground.network import errors
from entremise.ground.network.enums import SiteKind, SiteState
from entremise.ground.network.lifecycle import MOVES
from entremise.ground.network.models import Membership, OpeningException, Site, Stop, Structure
from entremise.ground.reference import queries as reference
from entremise.ground.reference.models import Commune

EDITABLE = (
    "name", "sort_name", "kind", "opened_on", "address", "address_extra", "postal_code",
    "commune", "latitude", "longitude", "time_zone", "phone", "email", "opening_hours",
    "opening_text", "by_appointment", "comment", "accessibility_url", "france_services",
)  # fmt: skip


@transaction.atomic
def open_site(site: Site, *, by: User, at: datetime) -> Site:
    """Add a point d'accueil to its structure."""
    _derive(site)
    site.save(force_insert=True)
    _note("network.site_opened", site, by=by, at=at)
    return site


@transaction.atomic
def edit_site(site: Site, *, by: User, at: datetime) -> Site:
    """Keep what was changed of a point d'accueil's description."""
    _derive(site)
    site.save(update_fields=EDITABLE)
    _note("network.site_changed", site, by=by, at=at)
    return site


@transaction.atomic
def suspend_site(site: Site, *, on: date, by: User, at: datetime) -> Site:
    """Suspend a point d'accueil from a day. Raises MoveNotPossible, DayNotPossible."""
    _enter(site, SiteState.SUSPENDED, on=on, at=at)
    site.suspended_on = on
    site.save(update_fields=["state", "suspended_on"])
    _note("network.site_suspended", site, by=by, at=at, detail=f"on={on}")
    return site


@transaction.atomic
def reopen_site(site: Site, *, on: date, by: User, at: datetime) -> Site:
    """Bring a suspended point d'accueil back. Raises MoveNotPossible, DayNotPossible."""
    _enter(site, SiteState.OPEN, on=on, at=at)
    if site.suspended_on and on < site.suspended_on:
        raise errors.DayNotPossible
    site.suspended_on = None
    site.save(update_fields=["state", "suspended_on"])
    _note("network.site_reopened", site, by=by, at=at, detail=f"on={on}")
    return site


@transaction.atomic
def close_site(site: Site, *, on: date, by: User, at: datetime) -> Site:
    """Close a point d'accueil for good. Raises MoveNotPossible, DayNotPossible."""
    _enter(site, SiteState.CLOSED, on=on, at=at)
    site.closed_on = on
    site.save(update_fields=["state", "closed_on"])
    _note("network.site_closed", site, by=by, at=at, detail=f"on={on}")
    return site


@transaction.atomic
def move_site(site: Site, *, to: Structure, on: date, by: User, at: datetime) -> Site:
    """Tie a point d'accueil to another structure from a day; its team follows it.

    Raises AlreadyThere, MoveNotPossible when it is closed, DayNotPossible.
    """
    _lock(site)
    if site.structure_id == to.pk:
        raise errors.AlreadyThere
    if site.state == SiteState.CLOSED:
        raise errors.MoveNotPossible
    _check_day(site, on, at)
    left = site.structure_id
    site.structure = to
    site.save(update_fields=["structure"])
    _carry_team(site, structure=to, site=site, on=on, by=by, at=at)
    _note("network.site_moved", site, by=by, at=at, detail=f"on={on},from={left},to={to.pk}")
    return site


@transaction.atomic
def merge_site(site: Site, *, into: Site, on: date, by: User, at: datetime) -> Site:
    """Close a point d'accueil from a day in favour of another, which its team joins.

    Raises MergeNotPossible, MoveNotPossible when it is closed already, DayNotPossible.
    """
    into_now = Site.objects.select_for_update().get(pk=into.pk)
    if site.pk == into_now.pk or into_now.state == SiteState.CLOSED:
        raise errors.MergeNotPossible
    _enter(site, SiteState.CLOSED, on=on, at=at)
    site.closed_on = on
    site.merged_into = into_now
    site.save(update_fields=["state", "closed_on", "merged_into"])
    _carry_team(site, structure=into_now.structure, site=into_now, on=on, by=by, at=at)
    _note("network.site_merged", site, by=by, at=at, detail=f"on={on},into={into.pk}")
    return site


@transaction.atomic
def note_opening_exception(
    site: Site, *, day: date, half_day: str, is_open: bool, reason: str, by: User, at: datetime
) -> OpeningException:
    """Note a closure, or an extra opening, of one half-day or day. Raises MomentAlreadyNoted."""
    try:
        with transaction.atomic():
            noted = OpeningException.objects.create(
                site=site,
                day=day,
                half_day=half_day,
                is_open=is_open,
                reason=reason,
                noted_at=at,
                noted_by=by,
            )
    except IntegrityError as twice:
        raise errors.MomentAlreadyNoted from twice
    told = f"day={day},half={half_day},open={int(is_open)},reason={reason}"
    _note("network.opening_exception_noted", site, by=by, at=at, detail=told)
    return noted


@transaction.atomic
def remove_opening_exception(noted: OpeningException, *, by: User, at: datetime) -> Site:
    """Take back a closure or an extra opening; the journal remembers it."""
    told = f"day={noted.day},half={noted.half_day},open={int(noted.is_open)}"
    noted.delete()
    _note("network.opening_exception_removed", noted.site, by=by, at=at, detail=told)
    return noted.site


@transaction.atomic
def add_stop(
    site: Site, *, label: str, commune: Commune, opening_hours: str, by: User, at: datetime
) -> Stop:
    """Add a stop at the end of a bus's itinerary. Raises OnlyABusHasStops."""
    if site.kind != SiteKind.BUS:
        raise errors.OnlyABusHasStops
    _lock(site)
    last = site.stops.aggregate(last=Max("position"))["last"]
    stop = Stop.objects.create(
        site=site,
        label=label,
        commune=commune,
        opening_hours=opening_hours,
        position=0 if last is None else last + 1,
        valid_from=day_in_paris(at),
    )
    _note("network.stop_added", site, by=by, at=at, detail=f"stop={stop.pk}")
    return stop


@transaction.atomic
def remove_stop(stop: Stop, *, by: User, at: datetime) -> Stop:
    """End a stop today: acts recorded there keep it."""
    stop.valid_until = day_in_paris(at)
    stop.save(update_fields=["valid_until"])
    _note("network.stop_removed", stop.site, by=by, at=at, detail=f"stop={stop.pk}")
    return stop


@transaction.atomic
def raise_stop(stop: Stop, *, by: User, at: datetime) -> Stop:
    """Put a stop before the one that comes before it; the first stays first."""
    _lock(stop.site)
    order = list(stop.site.stops.filter(valid_until=None).order_by("position", "id"))
    rank = order.index(stop)
    if rank:
        order[rank - 1], order[rank] = order[rank], order[rank - 1]
    for position, each in enumerate(order):
        each.position = position
    Stop.objects.bulk_update(order, ["position"])
    _note("network.stops_reordered", stop.site, by=by, at=at)
    return stop


def _derive(site: Site) -> None:
    site.sort_name = search_key(site.name)
    site.time_zone = reference.time_zone(site.commune.departement_id)


def _lock(site: Site) -> None:
    now = Site.objects.select_for_update().get(pk=site.pk)
    site.state, site.structure_id = now.state, now.structure_id


def _enter(site: Site, state: SiteState, *, on: date, at: datetime) -> None:
    _lock(site)
    if state not in MOVES[SiteState(site.state)]:
        raise errors.MoveNotPossible
    _check_day(site, on, at)
    site.state = state


def _check_day(site: Site, on: date, at: datetime) -> None:
    if on > day_in_paris(at) or (site.opened_on and on < site.opened_on):
        raise errors.DayNotPossible


def _carry_team(
    left: Site, *, structure: Structure, site: Site, on: date, by: User, at: datetime
) -> None:
    """End the roles held at a place from a day, and open the same ones where its team goes."""
    team = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), site=left)
    for old in team.exclude(site=site, structure=structure).order_by("starts_on", "id"):
        starts_on, ends_on = max(old.starts_on, on), old.ends_on
        old.ends_on = starts_on
        old.save(update_fields=["ends_on"])
        Membership.objects.create(
            user_id=old.user_id,
            role=old.role,
            status=old.status,
            structure=structure,
            site=site,
            starts_on=starts_on,
            ends_on=ends_on,
            suspended_at=old.suspended_at,
            suspended_by_id=old.suspended_by_id,
            invited_at=at,
            invited_by=by,
        )


def _note(verb: str, site: Site, *, by: User, at: datetime, detail: str = "") -> None:
    journal.note_decision(verb, site, by=by, at=at, structure=site.structure_id, detail=detail)
