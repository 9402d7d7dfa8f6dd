"""Favourites: what a place meets most, each a whole request on one chip.

A favourite is written `theme|operator|nature|explanation`; an empty part was not told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from entremise.practice.activity.enums import DESK_REGISTER, Explanation
from entremise.practice.activity.forms.lists import NationalLists

SEPARATOR = "|"
OTHER = "other"
FAVOURITES_AT_MOST = 8
FIRST_FAVOURITES = (
    "energy-bill|edf|inform|",
    "family|caf|help-step|",
    "tax|finances-publiques|help-step|",
    "post-letter-understand||read-letter|",
    "energy-bill|edf|clear-misunderstanding|both_sides",
    "health-insurance|assurance-maladie|help-step|",
    "papers||help-online|",
    "work|france-travail|help-online|",
)


class Parts(NamedTuple):
    """What a favourite tells; codes of the national lists, empty when not told."""

    theme: str = ""
    operator: str = ""
    nature: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Favourite:
    """A favourite in words, for its chip. Where an explanation goes without saying more, `unsaid`
    is the action it explains, for those who hear the page; `register` is what the whole derives,
    None for « aucun ».
    """

    value: str
    theme: str
    details: str
    unsaid: str
    register: int | None
    key: str
    chosen: bool


def parts_of(value: str) -> Parts | None:
    """Read a favourite; None for anything else."""
    told = value.split(SEPARATOR)
    return Parts(*told) if len(told) == len(Parts._fields) and told[0] else None


def written(parts: Iterable[str | None]) -> str:
    """Write a favourite as its radio sends it."""
    return SEPARATOR.join(part or "" for part in parts)


def is_in_force(parts: Parts, lists: NationalLists) -> bool:
    """True when every part told is in the lists in force, displayed or not: what a place meets
    most may have changed since the page was opened. An explanation goes with one nature alone.
    """
    return (
        parts.theme in lists.theme_codes
        and parts.operator in {"", *lists.operator_codes}
        and parts.nature in {"", *lists.registers}
        and (
            not parts.explanation
            or (parts.nature == lists.clears_up and parts.explanation in Explanation.values)
        )
    )


def favourites(usual: Iterable[str], lists: NationalLists, chosen: str = "") -> list[Favourite]:
    """Return the favourites shown: the usual requests, completed by common ones while a place has
    little history, then the chosen one (posted, or recorded before) if it is no longer usual.
    """
    read = [(value, parts_of(value)) for value in dict.fromkeys([*usual, *FIRST_FAVOURITES])]
    shown = [(value, parts) for value, parts in read if parts and is_in_force(parts, lists)]
    shown = shown[:FAVOURITES_AT_MOST]
    kept = parts_of(chosen)
    if kept and chosen not in dict(shown):
        shown.append((chosen, kept))
    return [
        Favourite(
            value=value,
            theme=_capital(_name(lists.themes, parts.theme)),
            details=_details(parts, lists),
            unsaid=_name(lists.natures, parts.nature) if parts.explanation else "",
            register=DESK_REGISTER if parts.explanation else None,
            key=str(rank) if rank <= FAVOURITES_AT_MOST else "",
            chosen=value == chosen,
        )
        for rank, (value, parts) in enumerate(shown, start=1)
    ]


def _details(parts: Parts, lists: NationalLists) -> str:
    explained = str(Explanation(parts.explanation).label) if parts.explanation else ""
    named = [
        _name(lists.operators, parts.operator),
        explained or _name(lists.natures, parts.nature),
    ]
    return " · ".join(filter(None, named))


def _name(entries: tuple[Any, ...], code: str) -> str:
    return next((entry.name for entry in entries if entry.code == code), code)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
