"""What time erases: working notes after 12 months, communes and hours after 24 (domain.md 5.4).

Rows lose what could single somebody out; counts frozen by a closing keep what the rows lose.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count
from django.db.models.functions import TruncMonth

from entremise.foundation.accounts.models import User
from entremise.foundation.core.periods import day_in_paris, same_day_in_months
from entremise.foundation.journal import operations as journal
from entremise.practice.activity.models import Activity, ActNote, MonthClosing

COARSENED_AFTER = 24  # months
# Quarters that stand for half a day once the hour is effaced: « le matin » begins at 8 h and ends
# at noon, « l’après-midi » begins at 14 h and ends at 18 h.
NOON = 48
MORNING, AFTERNOON, EVENING = 32, 56, 72

COARSEN = f"""
    WITH coarsened AS (
        UPDATE activity_activity a SET
            commune_id = NULL, qpv_id = NULL, fingerprint = '', coarsened_on = %(today)s,
            quarter = CASE WHEN a.quarter < {NOON} THEN {MORNING} ELSE {AFTERNOON} END,
            until_quarter = CASE WHEN a.until_quarter IS NULL THEN NULL
                WHEN a.quarter < {NOON} THEN {NOON} ELSE {EVENING} END
        FROM activity_monthclosing c
        WHERE c.structure_id = a.structure_id AND c.month = date_trunc('month', a.day)::date
          AND a.day <= %(last)s AND a.coarsened_on IS NULL
        RETURNING a.structure_id)
    SELECT structure_id, count(*) FROM coarsened GROUP BY structure_id
"""  # noqa: S608 -- our own constants


@dataclass(frozen=True, slots=True)
class MonthLeftOpen:
    """A month old enough to be coarsened and not closed: its acts keep commune and hour."""

    structure: str
    month: date
    act_count: int


@transaction.atomic
def erase_notes(*, by: User, at: datetime) -> int:
    """Erase the working notes whose day has come; return how many."""
    due = ActNote.objects.filter(erase_on__lte=day_in_paris(at))
    counts = dict(due.values_list("structure").annotate(count=Count("pk")).order_by())
    due.delete()
    _note("activity.notes_erased", counts, by=by, at=at)
    return sum(counts.values())


@transaction.atomic
def coarsen_acts(*, by: User, at: datetime) -> int:
    """Efface commune, neighbourhood and hour from every version of 24 months or more whose month
    is closed; return how many. The answers « oui », « non » and the place of the act stay.
    """
    with connection.cursor() as cursor:
        cursor.execute(COARSEN, {"today": day_in_paris(at), "last": last_day_to_coarsen(at)})
        counts = dict(cursor.fetchall())
    _note("activity.acts_coarsened", counts, by=by, at=at)
    return sum(counts.values())


def months_left_open(at: datetime) -> list[MonthLeftOpen]:
    """Return the months that coarsening passed over because they are not closed."""
    closed = set(MonthClosing.objects.values_list("structure", "month"))
    waiting = (
        Activity.objects.filter(day__lte=last_day_to_coarsen(at), coarsened_on=None)
        .annotate(month=TruncMonth("day"))
        .values_list("structure__name", "structure", "month")
        .annotate(count=Count("pk"))
        .order_by("structure__name", "structure", "month")
    )
    return [
        MonthLeftOpen(name, month, count)
        for name, structure, month, count in waiting
        if (structure, month) not in closed
    ]


def last_day_to_coarsen(at: datetime) -> date:
    """Return the last day whose acts lose their commune and hour at this instant."""
    return same_day_in_months(day_in_paris(at), -COARSENED_AFTER)


def _note(verb: str, counts: dict[UUID, int], *, by: User, at: datetime) -> None:
    for structure, count in sorted(counts.items()):
        journal.note_decision(
            verb, None, by=by, at=at, structure=structure, detail=f"count={count}"
        )
