"""What a page of figures shows of a place and a period: counts, closings, and the load of sites."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from entremise.foundation.core.periods import Period, month_period
from entremise.insight.statistics import sources
from entremise.insight.statistics.engine import Counts, Scope, summed
from entremise.insight.statistics.sources import SLICES
from entremise.practice.activity.enums import Slice
from entremise.practice.activity.queries.slices import ENTRY

Counted = dict[str, Counts]


@dataclass(frozen=True, slots=True)
class Place:
    """The counts of one site or structure; `in_post` has, for each day of activity of a site, how
    many people held its desk, and is None where that is not asked.
    """

    counts: Counts
    in_post: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """The closings of the month shown: its last day, how many structures, and what was frozen.

    `frozen` is None while structures with acts have not closed: sums would not compare.
    """

    closed_on: date
    structures: int
    frozen: Counts | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of a period, in whole and along each slice; `by_place` is by site, or by
    structure for the whole network.
    """

    total: Counts
    slices: dict[str, Counted]
    by_day: dict[date, Counts]
    by_place: dict[UUID, Place]
    closed: Closed | None

    def along(self, one: str) -> Counted:
        """Return the counts under each key of a slice."""
        return self.slices.get(one, {})

    @property
    def entries(self) -> Counted:
        """The counts of what did not come in at the desk: waves, sheets, past acts."""
        return self.along(ENTRY)


def figures(scope: Scope, period: Period, *, as_of: date | None = None) -> Figures:
    """Return the figures of a place and a period, as known now or at the end of a day."""
    what = sources.known(as_of)
    found = sources.read_counts(scope, period, by=("slice", "key"), slices=SLICES, what=what)
    slices: dict[str, Counted] = {}
    for (one, key), counts in found.items():
        slices.setdefault(one, {})[key] = counts
    total = slices.get(Slice.TOTAL, {}).get("", Counts())
    by_day, by_place = _days_and_places(scope, period, what)
    return Figures(
        total=total,
        slices=slices,
        by_day=by_day,
        by_place=by_place,
        closed=_closed(scope, period, what, by_place),
    )


def _days_and_places(
    scope: Scope, period: Period, what: sources.Known
) -> tuple[dict[date, Counts], dict[UUID, Place]]:
    whole_network = scope.structures is None and scope.sites is None
    if whole_network:
        days = sources.read_counts(scope, period, by=("day",), slices=[Slice.TOTAL], what=what)
        places = sources.read_counts(
            scope, period, by=("structure_id",), slices=[Slice.TOTAL], what=what
        )
        return {day: counts for (day,), counts in days.items()}, {
            structure: Place(counts) for (structure,), counts in places.items()
        }
    both = sources.read_counts(
        scope, period, by=("site_id", "day"), slices=[Slice.TOTAL], what=what
    )
    of_day: dict[date, list[Counts]] = {}
    by_site: dict[UUID, dict[date, Counts]] = {}
    for (site, day), counts in both.items():
        of_day.setdefault(day, []).append(counts)
        by_site.setdefault(site, {})[day] = counts
    by_day = {day: summed(several) for day, several in of_day.items()}
    in_post = {} if what.until else _in_post(by_site, period)
    return by_day, {
        site: Place(summed(days.values()), in_post.get(site)) for site, days in by_site.items()
    }


def _in_post(
    by_site: dict[UUID, dict[date, Counts]], period: Period
) -> dict[UUID, tuple[int, ...]]:
    teams = sources.teams(list(by_site), period)
    return {
        site: tuple(
            sum(any(day in stay for stay in stays) for stays in teams.get(site, []))
            for day, counts in days.items()
            if counts.activities > 0
        )
        for site, days in by_site.items()
    }


def _closed(
    scope: Scope, period: Period, what: sources.Known, by_place: dict[UUID, Place]
) -> Closed | None:
    if period != month_period(period.first):
        return None
    closings = sources.closings(scope, period.first, what)
    if not closings:
        return None
    expected = scope.structures or (set(by_place) if scope.sites is None else set(closings))
    comparable = set(closings) >= set(expected)
    frozen = sources.frozen_total(scope, period.first, what) if comparable else None
    return Closed(max(closings.values()), len(closings), frozen)
