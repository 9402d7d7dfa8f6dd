"""Close a month of a structure: its counts are frozen, and stay as they were that day."""

from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from entremise.foundation.accounts.models import User
from entremise.foundation.core.periods import day_in_paris, month_period
from entremise.foundation.journal import operations as journal
from entremise.ground.network.models import Structure
from entremise.practice.activity.errors import MonthAlreadyClosed, MonthNotOver
from entremise.practice.activity.models import MonthClosing
from entremise.practice.activity.queries.closings import KNOWN_AT, is_month_over, known_at
from entremise.practice.activity.queries.slices import COUNTERS, rows_sql

COUNTED = ", ".join(("structure_id", "site_id", "day", "slice", "key", *COUNTERS))
FREEZE = (
    f"INSERT INTO activity_frozencount (id, closing_id, {COUNTED})"  # noqa: S608 -- our own columns
    f" SELECT gen_random_uuid(), %(closing)s, {COUNTED} FROM ({rows_sql(KNOWN_AT)}) AS counted"
)


@transaction.atomic
def close_month(structure: Structure, month: date, *, by: User, at: datetime) -> MonthClosing:
    """Freeze the counts of a month as they stand, acts to review included; never undone.

    `month` is its first day. Raises MonthNotOver before its end in every place of the structure,
    MonthAlreadyClosed the second time.
    """
    if not is_month_over(structure.pk, month, at):
        raise MonthNotOver
    try:
        with transaction.atomic():
            closing = MonthClosing.objects.create(
                structure=structure,
                month=month,
                closed_on=day_in_paris(at),
                closed_at=at,
                closed_by=by,
            )
    except IntegrityError:
        raise MonthAlreadyClosed from None
    with connection.cursor() as cursor:
        cursor.execute(
            FREEZE, {"closing": closing.pk, **known_at(structure.pk, month_period(month), at)}
        )
    journal.note_decision(
        "activity.month_closed",
        closing,
        by=by,
        at=at,
        structure=structure.pk,
        detail=f"{month:%Y-%m}",
    )
    return closing
