"""The journal of decisions as its readers see it: days, never instants (decisions.md 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entremise.foundation.accounts.models import User
from entremise.foundation.core.periods import PARIS, day_in_paris
from entremise.foundation.journal.models import Decision
from entremise.foundation.journal.verbs import verb_label
from entremise.ground.network.models import Membership, Site, Structure

DAYS_SHOWN = 31
# A decision about an act keeps its day, verb and structure: who recorded which act, in which
# order and when is on no screen (decisions.md 3), and nobody counts a colleague's acts.
ACTS = "activity."
NAMED = {"network.structure": Structure, "network.site": Site, "accounts.user": User}


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision in words; what may not be shown is empty."""

    day: date
    verb: str
    who: str
    structure: str
    subject: str
    detail: str


def decisions_found(*, verb: str, until: date) -> QuerySet[Decision]:
    """Return the decisions of the 31 days that end with `until`, the newest first."""
    end = datetime.combine(until + timedelta(days=1), time(0), PARIS)
    found = Decision.objects.filter(at__lt=end, at__gte=end - timedelta(days=DAYS_SHOWN))
    return (found.filter(verb=verb) if verb else found).order_by("-at", "-id")


def decision_lines(decisions: Iterable[Decision]) -> list[DecisionLine]:
    """Return decisions in words; one query for each kind of name."""
    entries = list(decisions)
    people = _names(User, {entry.actor_id for entry in entries})
    structures = _names(Structure, {entry.structure_id for entry in entries})
    subjects = _subjects(entries)
    return [
        DecisionLine(
            day=day_in_paris(entry.at),
            verb=verb_label(entry.verb),
            who="" if (act := entry.verb.startswith(ACTS)) else people.get(entry.actor_id, ""),
            structure=structures.get(entry.structure_id, ""),
            subject="" if act else subjects.get((entry.subject_kind, entry.subject_id), ""),
            detail="" if act else entry.detail,
        )
        for entry in entries
    ]


def _names(model: Any, ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    return {found.pk: str(found) for found in model.objects.filter(pk__in=set(ids) - {None})}


def _subjects(entries: list[Decision]) -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], str] = {}
    for kind, model in NAMED.items():
        ids = {UUID(entry.subject_id) for entry in entries if entry.subject_kind == kind}
        names |= {(kind, str(pk)): name for pk, name in _names(model, ids).items()}
    roles = {e.subject_id for e in entries if e.subject_kind == "network.membership"}
    for role in Membership.objects.filter(pk__in=roles).select_related("user"):
        names["network.membership", str(role.pk)] = str(role)
    return names
