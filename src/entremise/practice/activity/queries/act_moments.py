"""When a past act took place: a day and an hour as a file writes them, on the clock of its place.

The network keeps the local day and the quarter of an hour. An hour that the clocks skipped never
was, and is refused; an hour that they showed twice is kept, with a warning.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from entremise.foundation.core.periods import quarter_of_an_hour
from entremise.foundation.imports.engine.cells import BadCell, calendar_day
from entremise.foundation.ui import formats

EARLIEST = date(1995, 1, 1)
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
_CLOCK = re.compile(r"(\d{1,2})\s*[:hH]\s*(\d{2})?(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?")


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as written, with its distance to UTC when the file tells it."""

    hour: time
    offset: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """The local day and quarter of an hour; `warning` is a sentence, empty when all is clear."""

    day: date
    quarter: int
    warning: str = ""


def read_day(text: str, pattern: str = "") -> date:
    """Return the day written, ISO days admitted whatever the pattern. Raises BadCell."""
    text = _MIDNIGHT.sub("", text)
    if pattern:
        try:
            return calendar_day(text, pattern)
        except BadCell:
            return calendar_day(text, "%Y-%m-%d")
    return calendar_day(text)


def read_clock(text: str, pattern: str = "") -> Clock:
    """Return the hour written: 14:30, 14h30, 9 h, 14:30:00+02:00. Raises BadCell."""
    if pattern:
        try:
            told = datetime.strptime(text, pattern)  # noqa: DTZ007 -- the offset may be written
        except ValueError:
            pass
        else:
            return Clock(told.time(), told.utcoffset())
    written = _CLOCK.fullmatch(text)
    if written is None or int(written[1]) > 23 or int(written[2] or 0) > 59:
        raise BadCell(_("« %(text)s » n’est pas une heure attendue ici.") % {"text": text})
    return Clock(time(int(written[1]), int(written[2] or 0)), _offset(written[3]))


def read_start(text: str, pattern: str = "") -> tuple[date, Clock]:
    """Return the day and hour written together. Raises BadCell."""
    if pattern:
        try:
            told = datetime.strptime(text, pattern)  # noqa: DTZ007 -- the offset may be written
        except ValueError:
            pass
        else:
            return told.date(), Clock(told.time(), told.utcoffset())
    written = re.fullmatch(r"([^ T]+)[ T]+(.+)", text)
    if written is None:
        raise BadCell(_("« %(text)s » ne donne pas un jour et une heure.") % {"text": text})
    return read_day(written[1]), read_clock(written[2])


def local_moment(day: date, clock: Clock, of_file: tzinfo | None, place: ZoneInfo) -> Moment:
    """Return the moment on the clock of the place.

    `of_file` is the zone of hours written without an offset, None for the place's own. Raises
    BadCell for an hour that the clocks skipped.
    """
    if clock.offset is not None:
        moment = datetime.combine(day, clock.hour, UTC) - clock.offset
        return _local(moment, place)
    zone = of_file or place
    warning = _twice(day, clock.hour, zone) if changes_clocks(zone, day) else ""
    if of_file is None:
        return Moment(day, quarter_of_an_hour(clock.hour), warning)
    return _local(datetime.combine(day, clock.hour, of_file), place, warning)


def _local(moment: datetime, place: ZoneInfo, warning: str = "") -> Moment:
    there = moment.astimezone(place)
    return Moment(there.date(), quarter_of_an_hour(there), warning)


@lru_cache(maxsize=4096)
def changes_clocks(zone: tzinfo, day: date) -> bool:
    """True when the clocks of the zone move that day."""
    midnight = datetime.combine(day, time(0), zone)
    return midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset()


def _twice(day: date, hour: time, zone: tzinfo) -> str:
    """Return the warning of an hour shown twice. Raises BadCell for one never shown."""
    moment = datetime.combine(day, hour, zone)
    told = {"hour": formats.clock(hour), "day": formats.long_day(day), "zone": zone}
    back = moment.astimezone(UTC).astimezone(zone)
    if back.time() != hour:
        raise BadCell(
            _("%(hour)s n’a pas existé le %(day)s (%(zone)s) : les horloges l’ont sautée.") % told
        )
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        return (
            _("%(hour)s a sonné deux fois le %(day)s (%(zone)s) : l’heure est gardée comme écrite.")
            % told
        )
    return ""


def _offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    if text == "Z":
        return timedelta(0)
    hours, minutes = int(text[1:3]), int(text[-2:])
    distance = timedelta(hours=hours, minutes=minutes)
    return -distance if text[0] == "-" else distance
