"""Months of a structure: which are closed, what a closing froze, and what the books say since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import add
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from entremise.foundation.core.periods import Period, month_period
from entremise.ground.network.models import Site
from entremise.ground.reference.models import Commune, Theme
from entremise.practice.activity.enums import Slice
from entremise.practice.activity.models import Activity, FrozenCount, MonthClosing
from entremise.practice.activity.queries.slices import (
    COUNTERS,
    NO_REGISTER,
    UNTOLD,
    counted_sql,
    event_sql,
)

SHOWN = (Slice.TOTAL, Slice.REGISTER, Slice.THEME, Slice.COMMUNE)
SUMS = ", ".join(f"sum({counter})::int" for counter in COUNTERS)
Counters = tuple[int, ...]  # in the order of COUNTERS
Counts = dict[tuple[str, str], Counters]  # by slice and key

# What was in the books at an instant. Every closing reads this, so that a past one can be remade.
KNOWN_AT = (
    "a.structure_id = %(structure)s AND a.day >= %(first)s AND a.day < %(end)s"
    " AND a.recorded_at <= %(at)s AND (a.superseded_at IS NULL OR a.superseded_at > %(at)s)"
)


@dataclass(frozen=True, slots=True)
class MonthOfActs:
    """A month that holds acts: how many, how many nobody has read, and its closing if any."""

    month: date
    count: int
    to_review: int
    closing: MonthClosing | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class MonthLine:
    """What a closing froze under one key, and the same counted now when it differs."""

    label: str
    frozen: Counters
    now: Counters | None


@dataclass(frozen=True, slots=True)
class MonthSlice:
    """The lines of one slice, the greatest first."""

    title: str
    lines: list[MonthLine]


def is_closed(structure: UUID, day: date) -> bool:
    """True when the month that holds this day is closed for the structure."""
    return MonthClosing.objects.filter(structure=structure, month=day.replace(day=1)).exists()


def needs_motive(activity: Activity) -> bool:
    """True when changing this version asks for a motive: it was read, or its month is closed."""
    return activity.reviewed_on is not None or is_closed(activity.structure_id, activity.day)


def first_open_day(structure: UUID, at: datetime) -> date:
    """Return the day that still runs in one place at least of the structure; one query."""
    zones = set(Site.objects.filter(structure=structure).values_list("time_zone", flat=True))
    return min(at.astimezone(ZoneInfo(zone)).date() for zone in zones | {"Europe/Paris"})


def is_month_over(structure: UUID, month: date, at: datetime) -> bool:
    """True when the month has ended in every place of the structure, by its own time zone."""
    return month_period(month).end <= first_open_day(structure, at)


def months_of(structure: UUID, at: datetime) -> list[MonthOfActs]:
    """Return the months in which the structure has acts, the latest first; four queries."""
    current = Activity.objects.current().filter(structure=structure).order_by()
    counts = _by_month(current)
    unread = _by_month(current.filter(reviewed_on=None))
    closings = {one.month: one for one in MonthClosing.objects.filter(structure=structure)}
    today = first_open_day(structure, at)
    return [
        MonthOfActs(
            month=month,
            count=counts.get(month, 0),
            to_review=unread.get(month, 0),
            closing=closings.get(month),
            is_over=month_period(month).end <= today,
        )
        for month in sorted({*counts, *closings}, reverse=True)
    ]


def _by_month(acts: Any) -> dict[date, int]:
    months = acts.annotate(month=TruncMonth("day")).values_list("month")
    return dict(months.annotate(count=Count("pk")))


def counts_now(closing: MonthClosing, slices: Iterable[str]) -> Counts:
    """Return the counters of a closed month as the books say now: what was frozen, and what was
    recorded or closed since. Few versions change after a closing: they alone are read.
    """
    query = f"SELECT slice, key, {SUMS} FROM ({_changes(slices)}) c GROUP BY slice, key"  # noqa: S608
    told = {"closed_on": closing.closed_on, "closed_at": closing.closed_at}
    place = known_at(closing.structure_id, month_period(closing.month), closing.closed_at)
    now = frozen_counts(closing)
    with connection.cursor() as cursor:
        cursor.execute(query, told | place)
        for one, key, *changes in cursor.fetchall():
            was = now.get((one, key), (0,) * len(COUNTERS))
            now[one, key] = tuple(map(add, was, changes))
    return now


def _changes(slices: Iterable[str]) -> str:
    """Return the versions recorded since a closing, and less those closed since."""
    inside = "a.structure_id = %(structure)s AND a.day >= %(first)s AND a.day < %(end)s"
    recorded = f"{inside} AND a.superseded_at IS NULL AND a.recorded_at > %(closed_at)s"
    closed = (
        f"{inside} AND a.superseded_on >= %(closed_on)s AND a.superseded_at > %(closed_at)s"
        " AND a.recorded_at <= %(closed_at)s"
    )
    events = (
        event_sql("a.day", recorded, counted="1", unread="0"),
        event_sql("a.day", closed, counted="-1", unread="0"),
    )
    return counted_sql(" UNION ALL ".join(events), slices)


def known_at(structure: UUID, period: Period, at: datetime) -> dict[str, Any]:
    """Return the parameters of KNOWN_AT."""
    return {"structure": structure, "first": period.first, "end": period.end, "at": at}


def frozen_counts(closing: MonthClosing) -> Counts:
    """Return what a closing froze, over its sites and days."""
    rows = (
        FrozenCount.objects.filter(closing=closing)
        .values_list("slice", "key")
        .annotate(*(Sum(counter) for counter in COUNTERS))
    )
    return {(row[0], row[1]): tuple(row[2:]) for row in rows}


def month_as_closed(closing: MonthClosing) -> list[MonthSlice]:
    """Return the frozen counts of a month, each beside what the books say now if that differs.

    Once communes are effaced in the rows, only the frozen count knows them: it stands alone.
    """
    frozen = frozen_counts(closing)
    compared = {*SHOWN} - ({Slice.COMMUNE} if _is_coarsened(closing) else set())
    now = counts_now(closing, sorted(compared))
    labels = _labels({key for _slice, key in {*frozen, *now}})
    return [
        MonthSlice(
            str(one.label).capitalize(),
            _lines(one, frozen, now if one in compared else frozen, labels),
        )
        for one in SHOWN
    ]


def _lines(one: Slice, frozen: Counts, now: Counts, labels: dict[str, str]) -> list[MonthLine]:
    nothing = (0,) * len(COUNTERS)
    keys = {key for told, key in {*frozen, *now} if told == one}
    lines = []
    for key in keys:
        was = frozen.get((one, key), nothing)
        stands = now.get((one, key), nothing)
        # What is read after a closing changes no count: only the four counters are compared.
        lines.append(
            MonthLine(_label(one, key, labels), was, stands if stands[:4] != was[:4] else None)
        )
    return sorted(lines, key=lambda line: (-line.frozen[0], line.label))


def _label(one: Slice, key: str, labels: dict[str, str]) -> str:
    if one == Slice.TOTAL:
        return _("toute la structure")
    if one == Slice.REGISTER:
        return _("aucun registre") if key == NO_REGISTER else _("registre %(n)s") % {"n": key}
    return _("non renseigné") if key == UNTOLD else labels.get(key, key)


def _labels(keys: set[str]) -> dict[str, str]:
    themes = {one.code: one.name for one in Theme.objects.filter(code__in=keys)}
    return themes | {one.code: str(one) for one in Commune.objects.filter(code__in=keys)}


def _is_coarsened(closing: MonthClosing) -> bool:
    period = month_period(closing.month)
    acts = Activity.objects.current().filter(structure=closing.structure_id).during(period)
    return acts.filter(coarsened_on__isnull=False).exists()
