"""Counts of a closed month taken again from every version: what tests compare others with."""

from datetime import datetime

from django.db import connection

from entremise.foundation.core.periods import month_period
from entremise.practice.activity.enums import Slice
from entremise.practice.activity.models import MonthClosing
from entremise.practice.activity.queries import closings
from entremise.practice.activity.queries.slices import rows_sql


def counted_from_versions(closing: MonthClosing, at: datetime) -> closings.Counts:
    """Return the counters of the month by slice and key as the versions tell them at an instant."""
    rows = rows_sql(closings.KNOWN_AT, Slice.values)
    query = f"SELECT slice, key, {closings.SUMS} FROM ({rows}) c GROUP BY slice, key"
    period = month_period(closing.month)
    with connection.cursor() as cursor:
        cursor.execute(query, closings.known_at(closing.structure_id, period, at))
        return {(row[0], row[1]): tuple(row[2:]) for row in cursor.fetchall()}
