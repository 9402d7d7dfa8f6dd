"""Plain shapes of figures: where they are read, what they hold, how a period is cut."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Self
from uuid import UUID

from django.utils.functional import Promise

from entremise.foundation.core.periods import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """Where figures may be read: None keeps everything. The statistics role sees every row, so
    that a scope goes with each question.
    """

    structures: frozenset[UUID] | None = None
    sites: frozenset[UUID] | None = None

    def within(self, *, structure: UUID | None = None, site: UUID | None = None) -> Self:
        """Return the part of this scope in a structure or a site; never more than itself."""
        return replace(
            self,
            structures=_narrowed(self.structures, structure),
            sites=_narrowed(self.sites, site),
        )


NOWHERE = Scope(frozenset(), frozenset())


def _narrowed(kept: frozenset[UUID] | None, one: UUID | None) -> frozenset[UUID] | None:
    if one is None:
        return kept
    return frozenset({one}) if kept is None or one in kept else frozenset()


@dataclass(frozen=True, slots=True)
class Counts:
    """Four of the five counters (people are not known apart), and how many acts wait for review."""

    activities: int = 0
    passages: int = 0
    requests: int = 0
    accompaniments: int = 0
    to_review: int = 0


def summed(counts: Iterable[Counts]) -> Counts:
    """Add counts up, column by column: a year of a structure has thousands of them."""
    rows = [(c.activities, c.passages, c.requests, c.accompaniments, c.to_review) for c in counts]
    return Counts(*map(sum, zip(*rows, strict=True)))


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a number counts, in words: shown beside it on screen, in print and in exports."""

    code: str
    title: str | Promise
    definition: str | Promise
    unit: str | Promise
    grain: str | Promise
    population: str | Promise
    exclusions: str | Promise
    source: str
    rule: str | Promise = field(default="")


@dataclass(frozen=True, slots=True)
class Cut:
    """A period cut into whole calendar months, if it holds one, and the days around them."""

    months: Period | None
    days: tuple[Period, ...]


def cut(period: Period) -> Cut:
    """Cut a period so that whole months can be read from their sums."""
    first = period.first
    if first.day > 1:
        first = first_of_next_month(first)
    end = period.end.replace(day=1)
    if end <= first:
        return Cut(None, (period,))
    around = [(period.first, first), (end, period.end)]
    return Cut(Period(first, end), tuple(Period(a, b) for a, b in around if a < b))


def first_of_next_month(day: date) -> date:
    """Return the first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def last_whole_month(until: date) -> date:
    """Return the last day of the latest month that is over at the end of a day."""
    return (until + timedelta(days=1)).replace(day=1) - timedelta(days=1)
