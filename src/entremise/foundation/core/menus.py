"""Registry of the rail: lower floors know nothing of the pages that upper floors add."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of the rail: `route` is a named address, `allowed` says who sees it."""

    section: str | Promise
    rank: int
    label: str | Promise
    route: str
    icon: str
    allowed: Callable[[Any], bool]
    count: Callable[[Any], int] | None = None


_entries: list[MenuEntry] = []


def register(entry: MenuEntry) -> None:
    """Add a line to the rail; called once, at start-up, by the domain that owns the page."""
    if entry not in _entries:
        _entries.append(entry)


def entries_for(actor: Any) -> list[MenuEntry]:
    """Return the lines that this actor may follow, in order."""
    return sorted((e for e in _entries if e.allowed(actor)), key=lambda e: e.rank)
