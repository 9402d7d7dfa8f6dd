"""Numbers, days and times as a person reads them, in French or in English."""

from datetime import date, datetime, time
from decimal import Decimal

from babel.dates import format_date
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language

NARROW = "\u202f"
NO_BREAK = "\u00a0"


def _is_french() -> bool:
    return (get_language() or "fr").startswith("fr")


def grouped(value: float | Decimal | None, decimals: int = 0) -> str:
    """Write a number with thousands apart: 1 083 412 (1,083,412 in English), – for none."""
    if value is None:
        return "–"
    written = number_format(value, decimals, use_l10n=True, force_grouping=True)
    return written.replace(NO_BREAK, NARROW).replace("-", "−")


def long_day(value: date) -> str:
    """Write a day in full: lundi 23 novembre 2026."""
    return _with_first(value, f"{date_format(value, 'l')} {{day}} {date_format(value, 'F Y')}")


def short_day(value: date) -> str:
    """Write a day in short, unbroken: 23 nov. 2026."""
    month = format_date(value, "MMM y", locale=get_language() or "fr")
    return _with_first(value, f"{{day}} {month}").replace(" ", NO_BREAK)


def _with_first(value: date, pattern: str) -> str:
    """French says « 1er » for the first of the month and plain numbers for the others."""
    return pattern.format(day="1er" if value.day == 1 and _is_french() else value.day)


def clock(value: datetime | time) -> str:
    """Write a time: 16 h, 16 h 15 in French, 16:15 in English."""
    if not _is_french():
        return f"{value:%H:%M}"
    minutes = f"{NO_BREAK}{value.minute:02d}" if value.minute else ""
    return f"{value.hour}{NO_BREAK}h{minutes}"


def duration(minutes: int) -> str:
    """Write a length given in minutes: 45 min, 1 h, 1 h 25."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NO_BREAK}min"
    return f"{hours}{NO_BREAK}h" + (f"{NO_BREAK}{rest:02d}" if rest else "")
