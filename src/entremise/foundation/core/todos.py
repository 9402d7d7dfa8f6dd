"""Registry of to-dos: upper domains put their work on « Aujourd’hui » without being imported."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to do: what, where, and by when (None when no date presses)."""

    label: str | Promise
    url: str
    icon: str
    due_on: date | None = None


Provider = Callable[[Any, date], Iterable[ToDo]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider of to-dos, called with the actor and the day: one query each."""
    if provider not in _providers:
        _providers.append(provider)


def todos_for(actor: Any, day: date) -> list[ToDo]:
    """Return what awaits this actor, the nearest date first, undated last."""
    found = [todo for provider in _providers for todo in provider(actor, day)]
    return sorted(found, key=lambda todo: todo.due_on or date.max)
