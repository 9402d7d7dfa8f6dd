"""The tables of a page of figures: counts put into words, each with the acts behind it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from babel.dates import format_date
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entremise.foundation.core.periods import Period, day_period, month_period
from entremise.foundation.ui.formats import short_day
from entremise.ground.network.models import Site, Structure
from entremise.insight.statistics import breakdowns, indicators
from entremise.insight.statistics.breakdowns import Links
from entremise.insight.statistics.engine import Counts, Scope, summed
from entremise.insight.statistics.facts import Figures, Place
from entremise.insight.statistics.indicators import load
from entremise.insight.statistics.tables import Line, Table
from entremise.practice.activity.enums import Entry, Slice

FEW_DAYS = 31
MANY_WEEKS = 93
SHARED, GREATEST = ("themes", "outcomes", "natures"), 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that a page shows: tables by name, their greatest shares (label, percentage),
    the shares of what was not told, and the points of the chart.
    """

    tables: dict[str, Table]
    shares: dict[str, list[tuple[str, float]]]
    untold: dict[str, float | None]
    points: list[tuple[str, int]]


def acts_links(period: Period, place: Scope) -> Links:
    """Return the function that gives the list of acts behind a number, filters in the URL."""
    usual = {"period": "dates"}
    if place.sites and len(place.sites) == 1:
        usual["site"] = str(next(iter(place.sites)))

    def link(days: Period = period, **filters: str) -> str:
        dates = {"since": days.first.isoformat(), "until": days.last.isoformat()}
        return f"{reverse('acts')}?{urlencode(usual | dates | filters)}"

    return link


def sheet_of(found: Figures, period: Period, place: Scope, links: Links, *, last: date) -> Sheet:
    """Put figures into tables. `last` is the last day that may hold acts."""
    days = _days(found, period, last)
    tables = [
        _counters(found, links),
        Table(
            "days",
            _("Par jour") if period.days <= MANY_WEEKS else _("Par mois"),
            (
                _("jour") if period.days <= MANY_WEEKS else _("mois"),
                *breakdowns.titles(),
                _("à relire"),
            ),
            tuple(
                Line(_named(step), (*breakdowns.four(counts), counts.to_review), links(step))
                for step, counts in days
            ),
            _("Jour local de chaque lieu ; jours avec au moins un acte."),
        ),
        breakdowns.by_register(found, links),
        breakdowns.by_theme(found.along(Slice.THEME), links),
        _places(found.by_place, place, links),
        breakdowns.by_public(found.along(Slice.PUBLIC)),
        breakdowns.by_outcome(found.along(Slice.OUTCOME), links),
        breakdowns.by_nature(found.along(Slice.NATURE)),
    ]
    return Sheet(
        tables={table.name: table for table in tables},
        shares={table.name: _greatest(table) for table in tables if table.name in SHARED},
        untold={
            Slice.PUBLIC: breakdowns.untold_share(found.along(Slice.PUBLIC), "accompaniments"),
            Slice.OUTCOME: breakdowns.untold_share(found.along(Slice.OUTCOME), "requests"),
            Slice.NATURE: breakdowns.untold_share(found.along(Slice.NATURE), "requests"),
        },
        points=[
            (_short(step.first, period), counts.activities)
            for step, counts in _steps(found, period, last)
        ],
    )


def daily(found: Figures) -> Table:
    """Return the table of every day that has acts, for a file."""
    lines = [
        Line(day.isoformat(), (*breakdowns.four(counts), counts.to_review))
        for day, counts in sorted(found.by_day.items())
    ]
    return Table(
        "daily", _("Jour par jour"), (_("jour"), *breakdowns.titles(), _("à relire")), tuple(lines)
    )


def _counters(found: Figures, links: Links) -> Table:
    lines = [
        Line(
            str(one.title),
            (getattr(found.total, one.code), str(one.definition)),
            links() if one.code == "activities" else "",
        )
        for one in indicators.COUNTERS
    ]
    apart = {
        Entry.IMPORTED: _("dont repris"),
        Entry.WAVE: _("dont en vague"),
        Entry.SHEET: _("dont sur feuille de pointage"),
    }
    lines += [
        Line(_("dont à relire"), (found.total.to_review, "")),
        *(
            Line(words, (found.entries[entry].activities, ""))
            for entry, words in apart.items()
            if entry in found.entries
        ),
    ]
    columns = (_("chiffre"), _("nombre"), _("définition"))
    return Table("counters", _("Compteurs"), columns, tuple(lines))


def _steps(found: Figures, period: Period, last: date) -> list[tuple[Period, Counts]]:
    """Cut the period into days, weeks or months, until the last day that may hold acts."""
    end = max(min(period.end, last + timedelta(days=1)), period.first + timedelta(days=1))
    steps, first = [], period.first
    while first < end:
        if period.days <= FEW_DAYS:
            step = day_period(first)
        elif period.days <= MANY_WEEKS:
            step = Period(first, first + timedelta(days=7 - first.weekday()))
        else:
            step = month_period(first)
        step = Period(first, min(step.end, end))
        steps.append(step)
        first = step.end
    return [(step, _during(found, step)) for step in steps]


def _days(found: Figures, period: Period, last: date) -> list[tuple[Period, Counts]]:
    if period.days > MANY_WEEKS:
        return _steps(found, period, last)
    return [(day_period(day), counts) for day, counts in sorted(found.by_day.items())]


def _during(found: Figures, step: Period) -> Counts:
    return summed(counts for day, counts in found.by_day.items() if day in step)


def _named(step: Period) -> str:
    return short_day(step.first) if step.days == 1 else date_format(step.first, "F Y")


def _short(first: date, period: Period) -> str:
    if period.days <= FEW_DAYS:
        return str(first.day)
    if period.days <= MANY_WEEKS:
        return date_format(first, "j/n")
    return format_date(first, "LLL", locale=get_language() or "fr")


def _greatest(table: Table) -> list[tuple[str, float]]:
    """Return the greatest shares of a table of requests, whose second cell is a percentage."""
    lines = [line for line in table.lines if line.level == 1]
    points = [(breakdowns.sentence(line.head), float(line.cells[1] or 0)) for line in lines]
    return sorted(points, key=lambda point: -point[1])[:GREATEST]


def _places(by_place: dict[UUID, Place], place: Scope, links: Links) -> Table:
    by_structure = place.structures is None and place.sites is None
    model: Any = Structure if by_structure else Site
    names = dict(model.objects.filter(pk__in=by_place).values_list("pk", "name"))
    told = {pk: one for pk, one in by_place.items() if pk in names}
    with_load = any(one.in_post is not None for one in told.values())
    lines = []
    for pk in sorted(told, key=lambda pk: -told[pk].counts.activities):
        counts = told[pk].counts
        cells: tuple[Any, ...] = (*breakdowns.four(counts), counts.to_review)
        if with_load:
            cells = (*cells, _load(told[pk]))
        lines.append(Line(names[pk], cells, "" if by_structure else links(site=str(pk))))
    columns = (
        _("structure") if by_structure else _("point d’accueil"),
        *breakdowns.titles(),
        _("à relire"),
    )
    return Table(
        "places",
        _("Par structure") if by_structure else _("Par point d’accueil"),
        (*columns, str(load.INDICATOR.title)) if with_load else columns,
        tuple(lines),
        _("Charge : %(definition)s") % {"definition": load.INDICATOR.definition}
        if with_load
        else _("De la plus active à la moins active."),
    )


def _load(place: Place) -> float | str | None:
    if not place.in_post:
        return None
    found = load.load_of(place.counts.activities, place.in_post)
    return str(load.INDICATOR.rule) if found is None else found
