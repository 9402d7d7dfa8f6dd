"""What a demo network is made from: the same parameters always give the same data."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from entremise.demo.errors import SitesOutOfRange
from entremise.foundation.core.periods import Period

FEWEST_SITES, MOST_SITES, MOST_MONTHS = 8, 328, 60


@dataclass(frozen=True, slots=True)
class Parameters:
    """How many sites, over how many months until which day (in it), drawn from which seed."""

    sites: int
    months: int
    seed: int
    until: date

    def __post_init__(self) -> None:
        if not FEWEST_SITES <= self.sites <= MOST_SITES or not 1 <= self.months <= MOST_MONTHS:
            raise SitesOutOfRange

    @property
    def period(self) -> Period:
        """The months that end with `until`; one that would start after the 28th starts on it."""
        end = date.fromordinal(self.until.toordinal() + 1)
        year, month = divmod(end.year * 12 + end.month - 1 - self.months, 12)
        return Period(date(year, month + 1, min(end.day, 28)), end)

    def as_json(self) -> dict[str, Any]:
        """Return what the mark on the database remembers."""
        return {
            "sites": self.sites,
            "months": self.months,
            "seed": self.seed,
            "until": self.until.isoformat(),
        }

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> Self:
        """Read what the mark remembers."""
        return cls(**written | {"until": date.fromisoformat(written["until"])})
