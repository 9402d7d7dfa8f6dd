"""Reads an ordinary visit straight from what was posted: the path that sixty visits a day take.

It answers only when the desk's form would accept the very same thing (a test compares them on
anything a browser may send). In every other case it abstains, and the form says what is wrong.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date, time, timedelta
from uuid import UUID

from django.http import QueryDict

from entremise.foundation.core.periods import quarter_of_an_hour
from entremise.practice.activity import engine
from entremise.practice.activity.engine import ActContent, ParticipantContent, RequestContent
from entremise.practice.activity.enums import (
    NOT_ASKED,
    UNDISCLOSED,
    Answer,
    Autonomy,
    Basis,
    Explanation,
    Frame,
    Kind,
    Mode,
    Origin,
    Presence,
    Sex,
)
from entremise.practice.activity.forms import favourites, public
from entremise.practice.activity.forms.lists import NationalLists, lists_of
from entremise.practice.activity.forms.visit import (
    MINUTES,
    PARTICIPANT_LINES,
    REQUESTS_AT_MOST,
)

Told = dict[str, str]

SIGNED = {"csrfmiddlewaretoken", "save", "act", "site", "signed_as"}
CHIPS = {minutes for minutes, _label in MINUTES}
ONE_DAY = timedelta(days=1)
CLOCK = re.compile(r"[012]\d:[0-5]\d", re.ASCII)
SEXES = frozenset(Sex.values) - {Sex.NOT_ASKED}


class NotPlain(ValueError):
    """Something that the form itself must read."""


def plain_visit(posted: QueryDict, *, today: date) -> ActContent | None:
    """Return the content of an ordinary visit, None to let the form read it.

    `today` is the network's; the caller checks that the visit's day is its site's own today.
    """
    told: Told = {n: str(value) for n, value in posted.items() if value and n not in SIGNED}
    try:
        content = _content(told, posted, _day(told, today))
    except ValueError:
        return None
    return None if told else content  # a field of its own that this reader does not know


def _day(told: Told, today: date) -> date:
    """Return the day posted; overseas it may be the one before or after the network's."""
    written = told.pop("day", "")
    for day in (today, today - ONE_DAY, today + ONE_DAY):
        if written == day.isoformat():
            return day
    raise NotPlain


def _content(told: Told, posted: QueryDict, day: date) -> ActContent:
    lists = lists_of(day)
    mediator, second = UUID(told.pop("mediator", "")), told.pop("second_mediator", "")
    mode = _one_of(told, "mode", Mode.values)
    presence = tuple(posted.getlist("presence"))
    if not mode or not set(presence) <= set(Presence.values) or "" in presence:
        raise NotPlain
    told.pop("presence", None)
    chip = _one_of(told, "minutes", CHIPS)
    content = ActContent(
        site=UUID(str(posted["site"])),
        mediator=mediator,
        second_mediator=UUID(second) if second else None,
        day=day,
        quarter=quarter_of_an_hour(_clock(told.pop("start", ""))),
        kind=_one_of(told, "kind", (Kind.RECEPTION, Kind.SUPPORT)),
        mode=mode,
        place_kind=engine.place_of(mode),
        minutes=_number(told, "minutes_exact", 1440) or (int(chip) if chip else None),
        origin=_one_of(told, "origin", Origin.values),
        requests=_requests(told, lists),
        participants=_participants(told, lists),
        basis=_one_of(told, "basis", Basis.values),
        presence=presence,
        first_visit=_one_of(told, "first_visit", {*Answer.values} - {Answer.UNKNOWN}),
        qpv_answer=_one_of(told, "qpv_answer", Answer.values),
        commune_answer=_one_of(told, "commune_answer", (Answer.UNKNOWN, Answer.UNDISCLOSED)),
        autonomy=_one_of(told, "autonomy", Autonomy.values),
    )
    if not content.kind or not content.requests or content.second_mediator == mediator:
        raise NotPlain
    if told.pop("no_register", ""):
        return content
    return engine.with_register(content, engine.proposed_register(content, lists.registers))


def _requests(told: Told, lists: NationalLists) -> tuple[RequestContent, ...]:
    count = _number(told, "requests", REQUESTS_AT_MOST) or 1
    read = (_request(told, f"r{rank}-", lists) for rank in range(count))
    return tuple(request for request in read if request)


def _request(told: Told, part: str, lists: NationalLists) -> RequestContent | None:
    parts = _favourite(told.pop(f"{part}favourite", ""), lists)
    theme = _chip(told, f"{part}theme", lists.theme_codes) or parts.theme
    operator = _chip(told, f"{part}operator", lists.operator_codes) or parts.operator
    if f"{part}nature_other" in told:
        raise NotPlain  # the form lists there the actions that are no chip
    nature = _chip(told, f"{part}nature", lists.registers) or parts.nature
    explained = _one_of(told, f"{part}explanation", Explanation.values)
    outcome = _one_of(told, f"{part}outcome", {entry.code for entry in lists.outcomes})
    frame = _one_of(told, f"{part}frame", Frame.values)
    minutes = _number(told, f"{part}minutes", 1440)
    if not any((theme, operator, nature, outcome)):
        return None
    if not theme:
        raise NotPlain
    return RequestContent(
        theme=theme,
        operator=operator or None,
        nature=nature or None,
        outcome=outcome or None,
        frame=frame or Frame.MEDIATION,
        explanation=(explained or parts.explanation) if nature == lists.clears_up else "",
        minutes=minutes,
    )


def _favourite(value: str, lists: NationalLists) -> favourites.Parts:
    if value in ("", favourites.OTHER):
        return favourites.Parts()
    parts = favourites.parts_of(value)
    if parts is None or not favourites.is_in_force(parts, lists):
        raise NotPlain
    return parts


def _participants(told: Told, lists: NationalLists) -> tuple[ParticipantContent, ...]:
    bands = {UNDISCLOSED, *(band.code for band in lists.bands)}
    cell = told.pop("p0-cell", "")
    sex, _separator, band = cell.partition(public.SEPARATOR)
    if cell not in ("", NOT_ASKED) and not (sex in SEXES and band in bands):
        raise NotPlain
    groups = [public.group_of(sex, band, _number(told, "p0-count", 99))]
    for rank in range(1, PARTICIPANT_LINES):
        sex = _one_of(told, f"p{rank}-sex", SEXES)
        band = _one_of(told, f"p{rank}-band", bands)
        groups.append(public.group_of(sex, band, _number(told, f"p{rank}-count", 99)))
    return tuple(group for group in groups if group)


def _chip(told: Told, name: str, codes: Collection[str]) -> str:
    """Return the code chosen on a chip, or in the list that « autre » opens."""
    chip, other = told.pop(name, ""), _one_of(told, f"{name}_other", codes)
    if chip in ("", favourites.OTHER):
        return other
    if chip not in codes:
        raise NotPlain
    return chip


def _one_of(told: Told, name: str, codes: Collection[str] | Mapping[str, object]) -> str:
    value = told.pop(name, "")
    if value and value not in codes:
        raise NotPlain
    return value


def _number(told: Told, name: str, most: int) -> int | None:
    value = told.pop(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit()) or not 1 <= int(value) <= most:
        raise NotPlain
    return int(value)


def _clock(value: str) -> time:
    if not CLOCK.fullmatch(value):
        raise NotPlain
    return time.fromisoformat(value)
