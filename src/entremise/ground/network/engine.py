"""Opening hours in plain Python, without Django: OpenStreetMap hours, public holidays, exceptions.

Hours are minutes from local midnight; a slot's end is not in it. The expression language is
OpenStreetMap's `opening_hours`, read by the library `opening-hours-py`.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from opening_hours import (  # type: ignore[attr-defined]
    OpeningHours,
    ParserError,
    State,
)

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_MINUTES = 24 * 60
MIDDAY = 13 * 60
HORIZON_DAYS = 60
REFERENCE_MONDAY = date(2026, 1, 5)


class BrokenHours(ValueError):
    """The text is not opening hours; it is never guessed."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Doors open from `start` to `end`, in minutes from local midnight."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """A closure, or an extra opening, of one day: its `half_day` is morning, afternoon or day."""

    day: date
    half_day: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """Open or not at an instant, and when that changes (None: not within the horizon)."""

    is_open: bool
    changes_at: datetime | None


HALVES = {
    "morning": Slot(0, MIDDAY),
    "afternoon": Slot(MIDDAY, DAY_MINUTES),
    "day": Slot(0, DAY_MINUTES),
}
# An extra opening says a half-day, not hours: those of an ordinary week, else these.
ORDINARY = {
    "morning": (Slot(9 * 60, 12 * 60),),
    "afternoon": (Slot(14 * 60, 17 * 60),),
    "day": (Slot(9 * 60, 12 * 60), Slot(14 * 60, 17 * 60)),
}


def check(text: str) -> None:
    """Raise BrokenHours unless the text is an OpenStreetMap expression."""
    _parsed(text)


def slots_on(
    text: str, day: date, *, holidays: Container[date] = (), changes: Iterable[Change] = ()
) -> tuple[Slot, ...]:
    """Return when the doors are open that day. Raises BrokenHours.

    On a public holiday the doors are closed unless the hours have a rule for `PH`: the rule is
    then read as one of that weekday, since the library knows no local holiday.
    """
    slots = _usual(_of_holiday(text, day) if day in holidays else text, day)
    today = [change for change in changes if change.day == day]
    for change in sorted(today, key=lambda change: change.half_day != "day"):
        slots = _without(slots, HALVES[change.half_day])
        if change.is_open:
            slots = _joined((*slots, *_ordinary(text, day, change.half_day)))
    return slots


def opening_at(
    text: str,
    instant: datetime,
    zone: str,
    *,
    holidays: Container[date] = (),
    changes: Sequence[Change] = (),
) -> Opening | None:
    """Say whether the doors are open at an instant; None when no hours are known for that day.

    `zone` is the IANA time zone of the place. Raises BrokenHours.
    """
    local = instant.astimezone(ZoneInfo(zone))
    if not text and not any(change.day == local.date() for change in changes):
        return None
    now = local.hour * 60 + local.minute
    spans = _spans(text, local.date(), holidays, changes)
    for start, end in spans:
        if end <= now:
            continue
        edge, is_open = (end, True) if start <= now else (start, False)
        if edge >= HORIZON_DAYS * DAY_MINUTES:
            return Opening(is_open, None)
        midnight = datetime.combine(local.date(), time(0))
        return Opening(is_open, (midnight + timedelta(minutes=edge)).replace(tzinfo=ZoneInfo(zone)))
    return Opening(False, None)


def read_slots(text: str) -> tuple[Slot, ...]:
    """Return the slots of a day as people write them: « 9h-12h30 / 14:00 à 17:00 ».

    Nothing, a dash or « fermé » is a closed day. Raises BrokenHours.
    """
    written = text.strip().lower()
    if written in {"", "-", "–", "fermé", "ferme"}:
        return ()
    slots = tuple(_read_slot(part) for part in re.split(r"\s*(?:[/,;\n]|\bet\b)\s*", written))
    if any(before.end > after.start for before, after in pairwise(slots)):
        raise BrokenHours(text)
    return slots


def write_osm(week: Sequence[tuple[Slot, ...]]) -> str:
    """Return the OpenStreetMap expression of seven days, Monday first; empty when never open."""
    rules = []
    for slots in dict.fromkeys(slots for slots in week if slots):
        days = [rank for rank, others in enumerate(week) if others == slots]
        rules.append(f"{_days(days)} {','.join(f'{_hm(s.start)}-{_hm(s.end)}' for s in slots)}")
    return "; ".join([*rules, "PH off"]) if rules else ""


def week_of(text: str) -> tuple[tuple[Slot, ...], ...] | None:
    """Return the seven days of an expression that says one plain week, Monday first, else None."""
    if text and not _PLAIN_WEEK.fullmatch(text):
        return None
    days = (REFERENCE_MONDAY + timedelta(days=rank) for rank in range(7))
    try:
        return tuple(_usual(text, day) for day in days)
    except BrokenHours:
        return None


_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_TIMES = r"\d\d:\d\d-\d\d:\d\d(?:, ?\d\d:\d\d-\d\d:\d\d)*"
_RULE = rf"(?:{_DAY}(?:[-,] ?{_DAY})* (?:{_TIMES}|off|closed)|PH (?:off|closed))"
_PLAIN_WEEK = re.compile(rf"{_RULE}(?:; ?{_RULE})*;?")
_WRITTEN_TIME = r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?"
_WRITTEN_SLOT = re.compile(rf"(?:de\s+)?{_WRITTEN_TIME}\s*(?:-|–|—|à|a)\s*{_WRITTEN_TIME}")


@lru_cache(maxsize=1024)
def _parsed(text: str) -> OpeningHours:
    try:
        return OpeningHours(text)
    except ParserError as broken:
        raise BrokenHours(text) from broken


def _usual(text: str, day: date) -> tuple[Slot, ...]:
    if not text:
        return ()
    start = datetime.combine(day, time(0))
    open_slots = (
        Slot(_minutes(start, begins), _minutes(start, ends))
        for begins, ends, state, _comment in _parsed(text).intervals(
            start, start + timedelta(days=1)
        )
        if state == State.OPEN
    )
    return _joined(open_slots)


def _of_holiday(text: str, day: date) -> str:
    if not re.search(r"\bPH\b", text):
        return ""
    return re.sub(r"\bPH\b", WEEKDAYS[day.weekday()], text)


def _minutes(midnight: datetime, moment: datetime) -> int:
    return int((moment - midnight).total_seconds()) // 60


def _joined(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    joined: list[Slot] = []
    for slot in sorted(slots):
        if joined and slot.start <= joined[-1].end:
            joined[-1] = Slot(joined[-1].start, max(joined[-1].end, slot.end))
        else:
            joined.append(slot)
    return tuple(joined)


def _without(slots: Iterable[Slot], part: Slot) -> tuple[Slot, ...]:
    kept = (
        piece
        for slot in slots
        for piece in (
            Slot(slot.start, min(slot.end, part.start)),
            Slot(max(slot.start, part.end), slot.end),
        )
    )
    return tuple(piece for piece in kept if piece.start < piece.end)


def _within(slots: Iterable[Slot], part: Slot) -> tuple[Slot, ...]:
    kept = (Slot(max(slot.start, part.start), min(slot.end, part.end)) for slot in slots)
    return tuple(piece for piece in kept if piece.start < piece.end)


def _ordinary(text: str, day: date, half_day: str) -> tuple[Slot, ...]:
    monday = day - timedelta(days=day.weekday())
    week = (_usual(text, monday + timedelta(days=rank)) for rank in range(7))
    seen = Counter(slots for one in week if (slots := _within(one, HALVES[half_day])))
    return seen.most_common(1)[0][0] if seen else ORDINARY[half_day]


def _spans(
    text: str, first: date, holidays: Container[date], changes: Sequence[Change]
) -> Iterator[tuple[int, int]]:
    """Yield the open stretches of the coming days in minutes from `first`, joined over midnight."""
    held: tuple[int, int] | None = None
    for rank in range(HORIZON_DAYS):
        day = first + timedelta(days=rank)
        for slot in slots_on(text, day, holidays=holidays, changes=changes):
            start, end = rank * DAY_MINUTES + slot.start, rank * DAY_MINUTES + slot.end
            if held and held[1] == start:
                held = (held[0], end)
                continue
            if held:
                yield held
            held = (start, end)
    if held:
        yield held


def _read_slot(text: str) -> Slot:
    match = _WRITTEN_SLOT.fullmatch(text.strip())
    if not match:
        raise BrokenHours(text)
    hour, minute, end_hour, end_minute = (int(part or 0) for part in match.groups())
    slot = Slot(hour * 60 + minute, end_hour * 60 + end_minute)
    if max(minute, end_minute) > 59 or not slot.start < slot.end <= DAY_MINUTES:
        raise BrokenHours(text)
    return slot


def _hm(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _days(ranks: list[int]) -> str:
    runs: list[list[int]] = []
    for rank in ranks:
        if runs and rank == runs[-1][-1] + 1:
            runs[-1].append(rank)
        else:
            runs.append([rank])
    return ",".join(
        WEEKDAYS[run[0]] if len(run) == 1 else f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}"
        for run in runs
    )
