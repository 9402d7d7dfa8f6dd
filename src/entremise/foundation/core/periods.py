"""Days, quarters of an hour and periods, always half-open: the end is not in it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
MINUTES_PER_QUARTER = 15


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


def same_day_in_months(day: date, months: int) -> date:
    """Return the same day so many months later, the month's last day when it has none."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(years + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(years, month + 1, min(day.day, last))


def quarter_of_an_hour(moment: time | datetime) -> int:
    """Return the quarter (0 to 95) that holds the moment; finer is never kept (anonymity)."""
    return moment.hour * 4 + moment.minute // MINUTES_PER_QUARTER


def time_of_quarter(quarter: int) -> time:
    """Return when a quarter of an hour starts. Raises ValueError outside 0 to 95."""
    return time(quarter // 4, quarter % 4 * MINUTES_PER_QUARTER)


def day_in_paris(instant: datetime) -> date:
    """Return the day that the network's books write for an instant (Europe/Paris)."""
    return instant.astimezone(PARIS).date()
