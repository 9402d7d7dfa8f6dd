"""Days, quarters of an hour and periods, always half-open: the end is not in it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
MINUTES_PER_QUARTER = 15
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` (in it) to `end` (not in it)."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.first:
            raise ValueError(f"the period ends on {self.end}, before it starts on {self.first}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.end

    @property
    def last(self) -> date:
        """The last day in the period."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.end - self.first).days


def day_period(day: date) -> Period:
    """Return the period of one day."""
    return Period(day, day + timedelta(days=1))


def month_period(day: date) -> Period:
    """Return the calendar month that holds the day."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1))


def year_before(day: date) -> Period:
    """Return the twelve months that end with the day, both ends included."""
    try:
        first = day.replace(year=day.year - 1)
    except ValueError:
        first = day.replace(year=day.year - 1, day=28)
    return Period(first + timedelta(days=1), day + timedelta(days=1))


def parse_month(text: str) -> Period:
    """Return the period written YYYY-MM. Raises ValueError when it is not one."""
    match = _MONTH.match(text)
    if not match:
        raise ValueError(f"not a month: {text!r}")
    return month_period(date(int(match[1]), int(match[2]), 1))


def quarter_of_an_hour(moment: time | datetime) -> int:
    """Return the quarter (0 to 95) that holds the moment; finer is never kept (anonymity)."""
    return moment.hour * 4 + moment.minute // MINUTES_PER_QUARTER


def time_of_quarter(quarter: int) -> time:
    """Return when a quarter of an hour starts. Raises ValueError outside 0 to 95."""
    return time(quarter // 4, quarter % 4 * MINUTES_PER_QUARTER)


def day_in_paris(instant: datetime) -> date:
    """Return the day that the network's books write for an instant (Europe/Paris)."""
    return instant.astimezone(PARIS).date()


def end_of_day_in_paris(day: date) -> datetime:
    """Return 24:00 Europe/Paris: what was recorded before it is known *as of* the day."""
    return datetime.combine(day + timedelta(days=1), time(0), PARIS)
