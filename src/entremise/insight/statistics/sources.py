"""Reads counts: sums of the differences appended, and what came since, in one question.

Everything is read as the statistics role, which is granted neutral columns only and sees every
structure: each question carries its scope.
"""
# ruff: noqa: S608 -- every part of the text is written in code; values are always parameters

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import Count, Q

from entremise.foundation.core.periods import Period, day_in_paris
from entremise.ground.network.models import Membership, Site
from entremise.ground.network.roles import AT_THE_DESK
from entremise.insight.statistics.engine import Counts, Scope, cut, last_whole_month
from entremise.practice.activity.enums import Frame, Slice
from entremise.practice.activity.models import Request
from entremise.practice.activity.queries.slices import COUNTERS, ENTRY, counted_sql, event_sql

STATISTICS = "statistics"
SLICES = (
    Slice.TOTAL, ENTRY, Slice.REGISTER, Slice.THEME, Slice.PUBLIC, Slice.OUTCOME, Slice.NATURE,
)  # fmt: skip
PLACE = ("structure_id", "site_id")
SUMS = ", ".join(f"sum({counter})::bigint AS {counter}" for counter in COUNTERS)


@dataclass(frozen=True, slots=True)
class Known:
    """Until when counts are read (None: now), and until when differences are appended."""

    until: date | None
    folded: date | None

    @property
    def stored(self) -> date | None:
        """The last day whose appended differences count."""
        if self.folded is None or self.until is None:
            return self.folded
        return min(self.folded, self.until)

    @property
    def has_tail(self) -> bool:
        """True when something may have become known since the last fold."""
        return self.folded is None or self.until is None or self.until > self.folded


def known(as_of: date | None = None) -> Known:
    """Return what is known now, or was at 24:00 Europe/Paris on a day (decisions.md 7)."""
    with connections[STATISTICS].cursor() as cursor:
        cursor.execute("SELECT max(day) FROM statistics_fold")
        return Known(as_of, cursor.fetchone()[0])


def read_counts(
    scope: Scope, period: Period, *, by: Sequence[str], slices: Sequence[str], what: Known
) -> dict[tuple[Any, ...], Counts]:
    """Return the counts of a period under each value of the columns of `by`, among slice, key,
    day, structure_id, site_id. Keys whose counts all came back to zero are left out.
    """
    parameters: dict[str, Any] = {"first": period.first, "end": period.end}
    where = " AND ".join(["true", *_scoped(scope, parameters)])
    columns = ", ".join(by)
    wanted = ", ".join((*by, *COUNTERS))
    parts = []
    if what.stored:
        names = ", ".join(f"'{one}'" for one in slices)
        parameters["stored"] = what.stored
        kept = f"{where} AND {_rows_for(scope, by)} AND slice IN ({names})"
        parts += _stored(period, wanted, kept, parameters, days="day" in by)
    if what.has_tail:
        parts.append(f"SELECT {wanted} FROM ({_tail(slices, where, what, parameters)}) AS tail")
    rows = " UNION ALL ".join(parts)
    question = f"SELECT {columns}, {SUMS} FROM ({rows}) AS rows GROUP BY {columns}"
    with connections[STATISTICS].cursor() as cursor:
        cursor.execute(question, parameters)
        width = len(by)
        return {row[:width]: Counts(*row[width:]) for row in cursor.fetchall() if any(row[width:])}


def _rows_for(scope: Scope, by: Sequence[str]) -> str:
    """Choose between the sums over the network and the rows of each site: never both."""
    whole = scope.structures is None and scope.sites is None and not {*PLACE} & {*by}
    return "site_id IS NULL" if whole else "site_id IS NOT NULL"


def _scoped(scope: Scope, parameters: dict[str, Any]) -> list[str]:
    conditions = []
    for column, kept in (("structure_id", scope.structures), ("site_id", scope.sites)):
        if kept is not None:
            parameters[column] = sorted(kept)
            conditions.append(f"{column} = ANY(%({column})s::uuid[])")
    return conditions


def _stored(
    period: Period, wanted: str, where: str, parameters: dict[str, Any], *, days: bool
) -> list[str]:
    """Return what is appended: whole months from their sums, the days around them one by one."""

    def during(first: str, end: str, condition: str = "true") -> str:
        return (
            f"SELECT {wanted} FROM statistics_delta WHERE {where} AND known_on <= %(stored)s"
            f" AND day >= %({first})s AND day < %({end})s AND {condition}"
        )

    halves = cut(period)
    if days or halves.months is None:
        return [during("first", "end")]
    parameters |= {
        "whole": last_whole_month(parameters["stored"]),
        "first_month": halves.months.first,
        "end_month": halves.months.end,
    }
    parts = [
        f"SELECT {wanted} FROM statistics_monthlydelta WHERE {where}"
        " AND month >= %(first_month)s AND month < %(end_month)s AND known_month <= %(whole)s",
        during("first_month", "end_month", "known_on > %(whole)s"),
    ]
    for rank, around in enumerate(halves.days):
        parameters |= {f"first_{rank}": around.first, f"end_{rank}": around.end}
        parts.append(during(f"first_{rank}", f"end_{rank}"))
    return parts


def _tail(slices: Sequence[str], where: str, what: Known, parameters: dict[str, Any]) -> str:
    parameters |= {"after": what.folded, "until": what.until}
    window = []
    if what.folded:
        window.append("{known_on} > %(after)s")
    if what.until:
        window.append("{known_on} <= %(until)s")
    place = f"{where} AND a.day >= %(first)s AND a.day < %(end)s"
    return events_sql(" AND ".join(window) or "{known_on} IS NOT NULL", place, slices)


def events_sql(window: str, place: str, slices: Sequence[str]) -> str:
    """Return the SELECT of the differences that recordings, closings and reviews made.

    `window` is a condition on `{known_on}`, the day on which each became known; `place` one on the
    version. A review the day of the recording changes nothing; one that is never taken back.
    """
    late_review = "a.reviewed_on > a.recorded_on"
    recorded = event_sql(
        "a.recorded_on",
        f"{place} AND {window.format(known_on='a.recorded_on')}",
        counted="1",
        unread=f"(a.reviewed_on IS NULL OR {late_review})::int",
    )
    closed = event_sql(
        "a.superseded_on",
        f"{place} AND {window.format(known_on='a.superseded_on')}",
        counted="-1",
        unread="-(a.reviewed_on IS NULL)::int",
    )
    counted = counted_sql(f"{recorded} UNION ALL {closed}", slices, by=("known_on",))
    if Slice.TOTAL not in slices:
        return counted
    reviewed = (
        "SELECT a.reviewed_on AS known_on, a.structure_id, a.site_id, a.day, 'total' AS slice,"
        " '' AS key, 0 AS activities, 0 AS passages, 0 AS requests, 0 AS accompaniments,"
        f" -count(*) AS to_review FROM activity_activity a WHERE {place} AND {late_review}"
        f" AND {window.format(known_on='a.reviewed_on')} GROUP BY 1, 2, 3, 4"
    )
    return f"({counted}) UNION ALL {reviewed}"


def closings(scope: Scope, month: date, what: Known) -> dict[Any, date]:
    """Return the structures of the scope that closed a month, and when."""
    parameters: dict[str, Any] = {"month": month, "until": what.until or date.max}
    where = " AND ".join(["true", *_scoped(scope, parameters)])
    if scope.sites is None:
        found = f"SELECT structure_id, closed_on FROM activity_monthclosing WHERE {where}"
    else:
        place = " AND ".join(f"f.{condition}" for condition in _scoped(scope, parameters))
        found = (
            "SELECT DISTINCT c.structure_id, c.closed_on FROM activity_monthclosing c"
            f" JOIN activity_frozencount f ON f.closing_id = c.id WHERE {place}"
        )
    with connections[STATISTICS].cursor() as cursor:
        cursor.execute(f"{found} AND month = %(month)s AND closed_on <= %(until)s", parameters)
        return dict(cursor.fetchall())


def frozen_total(scope: Scope, month: date, what: Known) -> Counts:
    """Return what the closings of a month froze in the scope."""
    parameters: dict[str, Any] = {"month": month, "until": what.until or date.max}
    where = " AND ".join(f"f.{c}" for c in _scoped(scope, parameters)) or "true"
    sums = ", ".join(f"coalesce(sum(f.{counter}), 0)" for counter in COUNTERS)
    with connections[STATISTICS].cursor() as cursor:
        cursor.execute(
            f"SELECT {sums} FROM activity_frozencount f"
            f" JOIN activity_monthclosing c ON c.id = f.closing_id WHERE {where}"
            " AND c.month = %(month)s AND c.closed_on <= %(until)s AND f.slice = 'total'",
            parameters,
        )
        return Counts(*cursor.fetchone())


def teams(sites: Sequence[Any], period: Period) -> dict[Any, list[list[Period]]]:
    """Return, for each site, the stays of each person in post at its desk during the period: days
    only, no name. Who works in all the sites of the structure counts in each.
    """
    places = dict(Site.objects.filter(pk__in=sites).values_list("pk", "structure_id"))
    held = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=period.first),
        structure__in=set(places.values()),
        role__in=AT_THE_DESK,
        starts_on__lt=period.end,
    ).values_list("user_id", "structure_id", "site_id", "starts_on", "ends_on", "suspended_at")
    stays: dict[Any, dict[Any, list[Period]]] = {}
    for user, structure, site, starts, ends, suspended_at in held:
        suspended = day_in_paris(suspended_at) if suspended_at else None
        last = min(filter(None, (ends, suspended, period.end)))
        if starts >= last:
            continue
        for place, its_structure in places.items():
            if site == place or (site is None and structure == its_structure):
                stays.setdefault(place, {}).setdefault(user, []).append(Period(starts, last))
    return {place: list(by_user.values()) for place, by_user in stays.items()}


def france_services_rows(scope: Scope, period: Period) -> list[tuple[str, str, str, str, int]]:
    """Return (operator, theme, outcome, mode, requests) of the current requests recorded under
    the frame France services; codes, empty when not told.

    Read as the application, behind the wall, like the counts of the day at the desk: a month of
    acts is found by the index of the desk, and nothing is summed beforehand across these lists.
    """
    found = Request.objects.filter(
        frame=Frame.FRANCE_SERVICES,
        activity__superseded_at=None,
        activity__day__gte=period.first,
        activity__day__lt=period.end,
    )
    if scope.structures is not None:
        found = found.filter(activity__structure__in=scope.structures)
    if scope.sites is not None:
        found = found.filter(activity__site__in=scope.sites)
    rows = found.values_list("operator", "theme", "outcome", "activity__mode")
    return [
        (operator or "", theme, outcome or "", mode, count)
        for operator, theme, outcome, mode, count in rows.annotate(count=Count("pk")).order_by()
    ]
