"""« Ouvert maintenant » and the week of a place, with its holidays and its exceptions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entremise.foundation.ui import formats
from entremise.ground.network import engine
from entremise.ground.network.enums import SiteState
from entremise.ground.network.models import OpeningException, Site
from entremise.ground.reference import queries as reference

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A row of the weekly table: the ordinary hours, and what differs this week."""

    day: date
    hours: str
    note: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class SiteOpening:
    """What the page of a place says of its hours; `is_open` is None when nobody knows."""

    is_open: bool | None
    sentence: str
    week: tuple[WeekDay, ...]
    exceptions: tuple[OpeningException, ...]
    holiday: str


def exceptions_of(site: Site, *, since: date) -> QuerySet[OpeningException]:
    """Return the closures and extra openings noted for a place from a day on."""
    noted: QuerySet[OpeningException] = site.opening_exceptions.filter(day__gte=since)
    return noted.order_by("day", "half_day")


def opening_of(site: Site, *, at: datetime) -> SiteOpening:
    """Return the opening of a place at an instant, in its own time zone; one query."""
    local = at.astimezone(ZoneInfo(site.time_zone))
    today = local.date()
    monday = today - timedelta(days=today.weekday())
    noted = tuple(exceptions_of(site, since=monday))
    holidays = _holidays(site, monday)
    changes = [engine.Change(one.day, one.half_day, one.is_open) for one in noted]
    try:
        week = tuple(_week(site, today, holidays=holidays, noted=noted, changes=changes))
        now = engine.opening_at(
            site.opening_hours, at, site.time_zone, holidays=holidays, changes=changes
        )
    except engine.BrokenHours:
        week, now = (), None
    in_service = site.state == SiteState.OPEN
    return SiteOpening(
        is_open=now.is_open if now and in_service else None,
        sentence=_sentence(now, local) if now and in_service else "",
        week=week,
        exceptions=tuple(one for one in noted if one.day >= today),
        holiday=holidays.get(today, ""),
    )


def hours_in_words(slots: tuple[engine.Slot, ...]) -> str:
    """Return the slots of a day as « 9 h – 12 h, 14 h – 17 h », or « fermé »."""
    if not slots:
        return _("fermé")
    return ", ".join(f"{_clock(slot.start)}{NO_BREAK}– {_clock(slot.end)}" for slot in slots)


def stop_hours_in_words(text: str) -> str:
    """Return the hours of a stop as « mardi 9 h – 12 h », or the expression itself."""
    week = engine.week_of(text)
    if not text or week is None:
        return text
    days = ((engine.REFERENCE_MONDAY + timedelta(days=rank), s) for rank, s in enumerate(week) if s)
    return ", ".join(f"{day_name(day)} {hours_in_words(slots)}" for day, slots in days)


def day_name(day: date) -> str:
    """Return the name of a weekday in the active language."""
    return date_format(day, "l").lower()


def _holidays(site: Site, monday: date) -> dict[date, str]:
    departement = site.commune.departement_id
    years = {monday.year, (monday + timedelta(days=engine.HORIZON_DAYS + 7)).year}
    return {
        day: name
        for year in sorted(years)
        for day, name in reference.public_holidays(departement, year).items()
    }


def _week(
    site: Site,
    today: date,
    *,
    holidays: dict[date, str],
    noted: tuple[OpeningException, ...],
    changes: list[engine.Change],
) -> Iterator[WeekDay]:
    monday = today - timedelta(days=today.weekday())
    for rank in range(7 if site.opening_hours else 0):
        day = monday + timedelta(days=rank)
        usual = engine.slots_on(site.opening_hours, day)
        actual = engine.slots_on(site.opening_hours, day, holidays=holidays, changes=changes)
        why = [str(one.get_reason_display()) for one in noted if one.day == day]
        if day in holidays:
            why.insert(0, holidays[day])
        differs = actual != usual and why
        told = f"{hours_in_words(actual)} ({', '.join(why)})"
        note = f"{formats.short_day(day)}{NO_BREAK}: {told}"
        yield WeekDay(day, hours_in_words(usual), note if differs else "", day == today)


def _sentence(opening: engine.Opening, local: datetime) -> str:
    if opening.changes_at is None:
        return _("Ouvert") if opening.is_open else _("Fermé pour le moment")
    when = _when(opening.changes_at, local.date())
    if opening.is_open:
        return _("Ouvert, ferme %(when)s") % {"when": when}
    return _("Fermé, ouvre %(when)s") % {"when": when}


def _when(moment: datetime, today: date) -> str:
    hour = formats.clock(moment)
    days = (moment.date() - today).days
    if days == 0:
        return _("à %(hour)s") % {"hour": hour}
    if days == 1:
        return _("demain à %(hour)s") % {"hour": hour}
    if days < 7:
        return _("%(day)s à %(hour)s") % {"day": day_name(moment.date()), "hour": hour}
    return _("le %(day)s à %(hour)s") % {"day": formats.long_day(moment.date()), "hour": hour}


def _clock(minutes: int) -> str:
    if minutes == engine.DAY_MINUTES:
        return _("minuit")
    return formats.clock(time(minutes // 60, minutes % 60))
