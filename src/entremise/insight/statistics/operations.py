"""Fold: append, for each day that is over, what became known on it. Run by a timer, every night."""
# ruff: noqa: S608 -- every part of the text is written in code; values are always parameters

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connections, transaction

from entremise.foundation.core.periods import day_in_paris
from entremise.insight.statistics.engine import last_whole_month
from entremise.insight.statistics.errors import DayNotOver
from entremise.insight.statistics.sources import SLICES, SUMS, events_sql
from entremise.practice.activity.queries.slices import COUNTERS

OWNER = "owner"
# A transaction opened before midnight may commit after a fold: the next ones look back.
LOOK_BACK = timedelta(days=7)
MANY = 10_000  # rows after which the planner is told at once

_PLACE = "structure_id, site_id"
_CHANGED = " OR ".join(f"sum({counter}) <> 0" for counter in COUNTERS)
_TOLD = " OR ".join(f"{counter} <> 0" for counter in COUNTERS)
_TAKEN_BACK = ", ".join(f"-{counter}" for counter in COUNTERS)
_SAME = ", ".join(COUNTERS)


@dataclass(frozen=True, slots=True)
class Folded:
    """How far differences are appended (None: nothing was ever recorded), and how many rows this
    call added.
    """

    until: date | None
    rows: int


def fold_figures(*, until: date | None = None, at: datetime) -> Folded:
    """Append the differences of each day not folded yet, to the end of `until` (by default the
    day before `at` in Paris). Run again, or twice at once, it appends nothing more.

    Raises DayNotOver when `until` is not over.
    """
    yesterday = day_in_paris(at) - timedelta(days=1)
    until = until or yesterday
    if until > yesterday:
        raise DayNotOver
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('entremise.fold'))")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute("SELECT max(day) FROM statistics_fold")
        last = cursor.fetchone()[0]
        since = last + timedelta(days=1) - LOOK_BACK if last else _first_known(cursor)
        if since is None:
            return Folded(None, 0)
        until = max(until, last or until)
        rows = _append_days(cursor, since, until, is_first=last is None)
        rows += _append_network(cursor, since, until)
        rows += _append_months(cursor, since.replace(day=1), last_whole_month(until))
        cursor.execute(
            "INSERT INTO statistics_fold (day, folded_at)"
            " SELECT day::date, %s FROM generate_series(%s::date, %s::date, '1 day') AS day"
            " ON CONFLICT DO NOTHING",
            [at, since, until],
        )
        if rows > MANY:
            cursor.execute("ANALYZE statistics_delta, statistics_monthlydelta")
    return Folded(until, rows)


def _first_known(cursor: Any) -> date | None:
    cursor.execute("SELECT min(recorded_on) FROM activity_activity")
    return cursor.fetchone()[0]


def _append_days(cursor: Any, since: date, until: date, *, is_first: bool) -> int:
    """Append what the versions say of these days, less what was appended about them before: the
    first time nothing was, and the sums of the events go in as they are.
    """
    window = "{known_on} BETWEEN %(since)s AND %(until)s"
    columns = f"known_on, {_PLACE}, day, slice, key"
    found = f"SELECT {columns}, {_SAME} FROM ({events_sql(window, 'true', SLICES)}) AS events"
    if is_first:
        found += f" WHERE {_TOLD}"
    else:
        found = (
            f"SELECT {columns}, {SUMS} FROM ({found}"
            f" UNION ALL SELECT {columns}, {_TAKEN_BACK} FROM statistics_delta"
            f" WHERE {window.format(known_on='known_on')} AND site_id IS NOT NULL) AS found"
            f" GROUP BY {columns} HAVING {_CHANGED} ORDER BY known_on, slice, site_id, key"
        )
    cursor.execute(
        f"INSERT INTO statistics_delta ({columns}, {_SAME}) {found}",
        {"since": since, "until": until},
    )
    return int(cursor.rowcount)


def _append_network(cursor: Any, since: date, until: date) -> int:
    """Append the sums over every site, less what was appended about them before."""
    columns = "known_on, day, slice, key"
    signed = ", ".join(
        f"CASE WHEN site_id IS NULL THEN -{counter} ELSE {counter} END AS {counter}"
        for counter in COUNTERS
    )
    cursor.execute(
        f"INSERT INTO statistics_delta ({columns}, {_SAME}) SELECT {columns}, {SUMS} FROM ("
        f"SELECT {columns}, {signed} FROM statistics_delta"
        " WHERE known_on BETWEEN %(since)s AND %(until)s) AS found"
        f" GROUP BY {columns} HAVING {_CHANGED} ORDER BY {columns}",
        {"since": since, "until": until},
    )
    return int(cursor.rowcount)


def _append_months(cursor: Any, since: date, until: date) -> int:
    """Append the sums of the months that are over, less what was appended about them before."""
    if until < since:
        return 0
    columns = f"known_month, {_PLACE}, month, slice, key"
    cursor.execute(
        f"INSERT INTO statistics_monthlydelta ({columns}, {_SAME})"
        f" SELECT {columns}, {SUMS} FROM ("
        f"SELECT date_trunc('month', known_on)::date AS known_month, {_PLACE},"
        f" date_trunc('month', day)::date AS month, slice, key, {_SAME} FROM statistics_delta"
        f" WHERE known_on BETWEEN %(since)s AND %(until)s"
        f" UNION ALL SELECT {columns}, {_TAKEN_BACK} FROM statistics_monthlydelta"
        f" WHERE known_month BETWEEN %(since)s AND %(until)s) AS found"
        f" GROUP BY {columns} HAVING {_CHANGED} ORDER BY known_month, slice, site_id, key",
        {"since": since, "until": until},
    )
    return int(cursor.rowcount)
