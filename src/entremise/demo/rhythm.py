"""When people come: opening hours, closures, week days, seasons. Shares of domain.md, annex E."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from entremise.demo.chance import Floats, Ints, cumulated, pick
from entremise.foundation.core.periods import Period

WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
AFTERNOON = 52  # the quarter that starts at 13:00
FULL_DAY = 28  # quarters of an ordinary day at the desk
_RULE = re.compile(r"^(\w\w)(?:-(\w\w))? (.+)$")

# Few come in August; the year ends quietly; spring is for taxes, winter for energy.
BY_MONTH = (1.08, 1.06, 1.03, 0.98, 1.12, 1.08, 0.88, 0.55, 1.12, 1.05, 1.06, 0.92)
BY_WEEK_DAY = (1.22, 1.04, 0.94, 0.98, 0.88, 0.8, 0.8)
AFTER_THE_5TH = 1.18  # benefits are paid on the 5th
BETWEEN_THE_YEARS = 0.5
# How busy each hour of the day is, from 08:00 to 19:00.
BY_HOUR = {8: 0.6, 9: 1.1, 10: 1.5, 11: 1.3, 12: 0.6, 13: 0.7, 14: 1.3, 15: 1.2, 16: 1.0, 17: 0.6}


@dataclass(frozen=True, slots=True)
class Timetable:
    """Open quarters of each week day, read from hours in OpenStreetMap's form."""

    hours: str
    quarters: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """A day, or half of one, when the doors stay closed; codes of the domain network."""

    day: date
    half_day: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doors:
    """When the doors of one site are open."""

    timetable: Timetable
    first: date
    holidays: frozenset[date] = frozenset()
    closures: Mapping[date, Closure] = field(default_factory=dict)

    def open_quarters(self, day: date) -> tuple[int, ...]:
        """Return the quarters of the day at which somebody may come."""
        if day < self.first or day in self.holidays:
            return ()
        quarters = self.timetable.quarters[day.weekday()]
        closure = self.closures.get(day)
        if closure is None:
            return quarters
        return {
            "morning": tuple(q for q in quarters if q >= AFTERNOON),
            "afternoon": tuple(q for q in quarters if q < AFTERNOON),
        }.get(closure.half_day, ())


def read_hours(hours: str) -> Timetable:
    """Read rules such as « Mo-Fr 09:00-12:00,14:00-17:00; PH off », the form written here."""
    week: list[tuple[int, ...]] = [()] * 7
    for rule in hours.split("; "):
        match = _RULE.match(rule)
        if match is None or rule == "PH off":
            continue
        first, last = WEEK.index(match[1]), WEEK.index(match[2] or match[1])
        spans = (span.split("-") for span in match[3].split(","))
        quarters = tuple(q for start, end in spans for q in range(_quarter(start), _quarter(end)))
        for weekday in range(first, last + 1):
            week[weekday] = quarters
    return Timetable(hours, tuple(week))


def days_of(period: Period) -> Iterable[date]:
    """Yield each day of the period."""
    return (period.first + timedelta(days=rank) for rank in range(period.days))


def attendance(day: date, doors: Doors) -> float:
    """Return how busy a day is, 1 being an ordinary full day of the year; 0 when closed."""
    hours = len(doors.open_quarters(day)) / FULL_DAY
    factor = hours * BY_MONTH[day.month - 1] * BY_WEEK_DAY[day.weekday()]
    if 5 <= day.day <= 8:
        factor *= AFTER_THE_5TH
    if (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2):
        factor *= BETWEEN_THE_YEARS
    return factor


def moments(
    doors: Doors, period: Period, daily_mean: float, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Draw when people came: the rank of the day in the period and the quarter, in order.

    `daily_mean` is the mean of the open days of a whole year.
    """
    year = Period(period.end - timedelta(days=365), period.end)
    busy = [factor for day in days_of(year) if (factor := attendance(day, doors))]
    days = list(days_of(period))
    factors = np.array([attendance(day, doors) for day in days])
    if not busy or not factors.any():
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    noise = rng.gamma(25, 1 / 25, len(days))  # a market, the weather, a bus on strike
    counts = rng.poisson(factors * noise * daily_mean / (sum(busy) / len(busy)))
    ranks = np.repeat(np.arange(len(days)), counts)
    quarters = np.empty(len(ranks), np.int64)
    shapes = {day: doors.open_quarters(day) for day in days}
    for shape in sorted(set(shapes.values())):
        here = np.isin(ranks, [rank for rank, day in enumerate(days) if shapes[day] == shape])
        if here.any():
            quarters[here] = np.array(shape)[pick(rng, _busy_quarters(shape), int(here.sum()))]
    order = np.lexsort((quarters, ranks))
    return ranks[order], quarters[order]


def _busy_quarters(quarters: tuple[int, ...]) -> Floats:
    return cumulated([BY_HOUR.get(quarter // 4, 0.4) for quarter in quarters])


def _quarter(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 4 + int(minutes) // 15
