"""The figures of one mediator, for herself alone: no argument names anybody else."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from django.db.models import Count, Q, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor
from entremise.foundation.core.periods import Period, day_period, month_period
from entremise.ground.reference.models import Outcome, Theme
from entremise.practice.activity.enums import WITHOUT_REQUEST, Entry
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.models import Activity, Participants, Request

WEEK, MONTH, QUARTER, YEAR = "week", "month", "quarter", "year"
Points = list[tuple[str, int]]
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Apart:
    """What came another way than one by one at the desk, and is in the totals all the same."""

    label: str
    activities: int
    passages: int


@dataclass(frozen=True, slots=True)
class Untold:
    """How much of one question nobody asked or ticked: `count` out of `asked`."""

    label: str
    count: int
    asked: int

    @property
    def share(self) -> float:
        """The share in percent; 0 when nothing could be asked."""
        return 100 * self.count / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """Four of the five counters (glossary) over a period, and what they are made of."""

    activities: int
    passages: int
    requests: int
    accompaniments: int
    apart: list[Apart]
    over_time: Points
    registers: Points
    themes: Points
    outcomes: Points
    untold: list[Untold]


def period_of(span: str, day: date) -> Period:
    """Return the calendar week, month, quarter or year that holds the day."""
    if span == WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=7))
    if span == QUARTER:
        first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return Period(first, month_period(first + timedelta(days=70)).end)
    if span == YEAR:
        return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))
    return month_period(day)


def own_figures(actor: Actor, span: str, period: Period) -> OwnFigures:
    """Count the current acts that this person led or shared, in the acting structure; five
    queries whatever the period.
    """
    own = Activity.objects.visible_to(actor, may=May.SEE_OWN).current().during(period)
    groups = list(
        own.values("day", "entry", "main_register").annotate(
            activities=Count("pk"),
            passages=Sum("passage_count"),
            requests=Sum("request_count"),
            accompaniments=Sum("accompaniment_count"),
            visits=Count("pk", filter=~Q(kind__in=WITHOUT_REQUEST)),
            untimed=Count("pk", filter=~Q(kind__in=WITHOUT_REQUEST) & Q(minutes=None)),
        )
    )
    asked = list(
        Request.objects.filter(activity__in=own.values("pk"))
        .values("theme", "outcome")
        .annotate(
            count=Count("pk"),
            without_operator=Count("pk", filter=Q(operator=None)),
            without_nature=Count("pk", filter=Q(nature=None)),
        )
    )
    people = Participants.objects.filter(activity__in=own.values("pk"))
    told = people.aggregate(people=Sum("people_count", default=0))["people"]

    def total(name: str) -> int:
        return sum(group[name] for group in groups)

    requests, accompaniments = total("requests"), total("accompaniments")
    without_outcome = sum(one["count"] for one in asked if one["outcome"] is None)
    return OwnFigures(
        activities=total("activities"),
        passages=total("passages"),
        requests=requests,
        accompaniments=accompaniments,
        apart=_apart(groups),
        over_time=_over_time(span, period, groups),
        registers=_registers(groups),
        themes=_by_label(asked, "theme", {t.code: t.name for t in Theme.objects.all()}),
        outcomes=_by_label(asked, "outcome", {o.code: o.name for o in Outcome.objects.all()}),
        untold=[
            Untold(_("ce qui a été fait"), sum(o["without_nature"] for o in asked), requests),
            Untold(_("organisme"), sum(o["without_operator"] for o in asked), requests),
            Untold(_("issue"), without_outcome, requests),
            Untold(_("durée"), total("untimed"), total("visits")),
            Untold(_("public"), max(accompaniments - told, 0), accompaniments),
        ],
    )


def _apart(groups: Rows) -> list[Apart]:
    names = {
        Entry.WAVE: _("vagues"),
        Entry.SHEET: _("saisies après coup, d’une feuille de pointage"),
        Entry.IMPORTED: _("reprises"),
    }
    found = []
    for entry, label in names.items():
        mine = [group for group in groups if group["entry"] == entry]
        if mine:
            acts, passages = (sum(g[name] for g in mine) for name in ("activities", "passages"))
            found.append(Apart(label, acts, passages))
    return found


def _over_time(span: str, period: Period, groups: Rows) -> Points:
    """Return the activities by day, by week for a quarter, by month for a year; none is skipped."""
    counted: Counter[date] = Counter()
    for group in groups:
        counted[_start(span, group["day"])] += group["activities"]
    every = (period.first + timedelta(days=rank) for rank in range(period.days))
    return [
        (_named(span, first), counted[first])
        for first in dict.fromkeys(_start(span, day) for day in every)
    ]


def _start(span: str, day: date) -> date:
    inside = {QUARTER: WEEK, YEAR: MONTH}.get(span)
    return (period_of(inside, day) if inside else day_period(day)).first


def _named(span: str, first: date) -> str:
    patterns = {WEEK: "EEE d", MONTH: "d", QUARTER: "d/M", YEAR: "MMM"}
    return format_date(first, patterns[span], locale=get_language() or "fr")


def _registers(groups: Rows) -> Points:
    counted: Counter[int | None] = Counter()
    for group in groups:
        counted[group["main_register"]] += group["activities"]
    named = sorted(number for number in counted if number is not None)
    lines = [(_("registre %(number)d") % {"number": n}, counted[n]) for n in named]
    return [*lines, (_("aucun registre"), counted[None])]


def _by_label(asked: Rows, field: str, names: dict[str, str]) -> Points:
    """Return how many requests bear each entry, the most met first, the untold ones last."""
    counted: Counter[str | None] = Counter()
    for one in asked:
        counted[one[field]] += one["count"]
    untold = counted.pop(None, 0)
    lines = sorted(
        ((names[str(code)], count) for code, count in counted.items()),
        key=lambda line: (-line[1], line[0]),
    )
    return [*lines, (_("non renseigné"), untold)] if untold else lines
