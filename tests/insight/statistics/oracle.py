"""Counts by brute force: every version read one by one in Python, nothing shared with the SQL."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from entremise.foundation.core.periods import Period
from entremise.insight.statistics.engine import Counts, Scope
from entremise.practice.activity.models import Activity

NAMES = ("activities", "passages", "requests", "accompaniments", "to_review")


@dataclass(frozen=True)
class Version:
    """One version as it was written, requests and people included."""

    row: Activity
    requests: tuple[tuple[str, str, str], ...]
    people: tuple[tuple[str, int], ...]


def every_version() -> list[Version]:
    """Read the whole table."""
    rows = Activity.objects.prefetch_related("requests", "participants")
    return [
        Version(
            row,
            tuple((r.theme_id, r.outcome_id or "", r.nature_id or "") for r in row.requests.all()),
            tuple((f"{p.sex}:{p.band}", p.people_count) for p in row.participants.all()),
        )
        for row in rows
    ]


def known(versions: Iterable[Version], as_of: date | None) -> list[Version]:
    """Keep the versions in force at the end of a day, or now."""
    return [
        v
        for v in versions
        if (
            v.row.superseded_at is None
            if as_of is None
            else v.row.recorded_on <= as_of
            and (v.row.superseded_on is None or v.row.superseded_on > as_of)
        )
    ]


def kept(versions: Iterable[Version], scope: Scope, period: Period) -> list[Version]:
    """Keep the versions of a place and a period."""
    return [
        v
        for v in versions
        if v.row.day in period
        and (scope.structures is None or v.row.structure_id in scope.structures)
        and (scope.sites is None or v.row.site_id in scope.sites)
    ]


def counts_of(versions: Iterable[Version], as_of: date | None = None) -> Counts:
    """Count acts one by one."""
    found: Counter[str] = Counter()
    for v in versions:
        unread = v.row.reviewed_on is None or (as_of is not None and v.row.reviewed_on > as_of)
        found.update(
            activities=1,
            passages=v.row.passage_count,
            requests=len(v.requests),
            accompaniments=v.row.accompaniment_count,
            to_review=int(unread),
        )
    return Counts(*(found[name] for name in NAMES))


def total_of(scope: Scope, period: Period, as_of: date | None = None) -> Counts:
    """Count a place and a period."""
    return counts_of(kept(known(every_version(), as_of), scope, period), as_of)


def by_day(versions: list[Version], as_of: date | None) -> dict[date, Counts]:
    """Count each day apart."""
    days = {v.row.day for v in versions}
    return {day: counts_of((v for v in versions if v.row.day == day), as_of) for day in days}


def by_place(versions: list[Version], name: str, as_of: date | None) -> dict[UUID, Counts]:
    """Count each site or structure apart."""
    places = {getattr(v.row, name) for v in versions}
    return {
        place: counts_of((v for v in versions if getattr(v.row, name) == place), as_of)
        for place in places
    }


def by_slice(versions: list[Version]) -> dict[str, dict[str, Counts]]:
    """Count each key of each slice apart; what is told of requests adds by request."""
    slices: dict[str, dict[str, Counts]] = {}

    def add(one: str, key: str, counts: Counts) -> None:
        keys = slices.setdefault(one, {})
        known = keys.get(key, Counts())
        keys[key] = Counts(*(getattr(known, one) + getattr(counts, one) for one in NAMES))

    for v in versions:
        act = Counts(1, v.row.passage_count, len(v.requests), v.row.accompaniment_count)
        add("register", str(v.row.main_register or "none"), act)
        if v.row.entry != "direct":
            add("entry", v.row.entry, act)
        for rank, one in enumerate(("theme", "outcome", "nature")):
            for key, times in Counter(request[rank] for request in v.requests).items():
                add(one, key, Counts(1, act.passages, times, act.accompaniments))
        if act.accompaniments:
            people: Counter[str] = Counter()
            for key, count in v.people:
                people[key] += count
            if untold := act.accompaniments - people.total():
                people[""] += untold
            for key, count in people.items():
                add("public", key, Counts(1, 0, 0, count))
    return slices
