"""What follows from an act, in plain Python: minutes, counters, register, and its fingerprint."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from entremise.practice.activity.enums import (
    AT_A_DISTANCE,
    DESK_REGISTER,
    ON_SITE,
    WITHOUT_REQUEST,
    Entry,
    Explanation,
    Frame,
    Kind,
    Mode,
    PlaceKind,
)
from entremise.practice.activity.errors import MinutesDisagree, WaveNotCountable


@dataclass(frozen=True, slots=True)
class RequestContent:
    """One thing that the person came for. Codes are those of the national lists."""

    theme: str
    operator: str | None = None
    nature: str | None = None
    outcome: str | None = None
    frame: str = Frame.MEDIATION
    explanation: str = ""
    minutes: int | None = None
    local_tag: UUID | None = None


@dataclass(frozen=True, slots=True)
class ParticipantContent:
    """How many people of one sex and one age band were there."""

    sex: str
    band: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class ActContent:
    """Everything that is recorded of an act. No name, no finer time than the quarter; the note is
    sealed and erased apart.

    `gathered` people stand in one row: a wave from `quarter` to `until_quarter` (not in it), or
    past acts that were kept as a number only.
    """

    site: UUID
    mediator: UUID
    day: date
    quarter: int
    kind: str = Kind.RECEPTION
    mode: str = Mode.WALK_IN
    place_kind: str = "site"
    stop: UUID | None = None
    place_commune: str | None = None
    second_mediator: UUID | None = None
    minutes: int | None = None
    origin: str = ""
    requests: tuple[RequestContent, ...] = ()
    participants: tuple[ParticipantContent, ...] = ()
    basis: str = ""
    presence: tuple[str, ...] = ()
    first_visit: str = ""
    commune_answer: str = ""
    commune: str | None = None
    qpv_answer: str = ""
    qpv: str | None = None
    autonomy: str = ""
    mandate: str = ""
    mandate_until: date | None = None
    main_register: int | None = None
    secondary_registers: tuple[int, ...] = field(default=())
    entry: str = Entry.DIRECT
    gathered: int | None = None
    until_quarter: int | None = None
    note: str = ""
    note_reason: str = ""


@dataclass(frozen=True, slots=True)
class Counters:
    """Three of the five counters that one act adds to (decisions.md 5); the act itself is one."""

    passages: int
    requests: int
    accompaniments: int


def counters(content: ActContent) -> Counters:
    """Count an act: a call is no passage, a sale accompanies nobody, a wave of n counts n."""
    if content.kind in WITHOUT_REQUEST:
        return Counters(0, len(content.requests), 0)
    present = sum(group.count for group in content.participants)
    people = content.gathered or 1
    return Counters(
        passages=people if content.mode in ON_SITE else 0,
        requests=len(content.requests),
        accompaniments=max(present, people),
    )


def place_of(mode: str, *, at_stop: bool = False, elsewhere: bool = False) -> str:
    """Return where an act of this mode took place; a stop is a place, never a site."""
    if mode in AT_A_DISTANCE:
        return PlaceKind.REMOTE
    if at_stop:
        return PlaceKind.STOP
    if mode == Mode.HOME:
        return PlaceKind.HOME
    if elsewhere:
        return PlaceKind.COMMUNE
    return PlaceKind.STREET if mode == Mode.OUTSIDE else PlaceKind.SITE


def check_gathering(content: ActContent) -> None:
    """Raise WaveNotCountable unless a wave has its number and its hours."""
    if content.entry == Entry.WAVE and (content.gathered is None or content.until_quarter is None):
        raise WaveNotCountable
    if content.gathered is not None and not 1 + (content.entry == Entry.WAVE) <= content.gathered:
        raise WaveNotCountable
    if content.until_quarter is not None and not content.quarter < content.until_quarter <= 96:
        raise WaveNotCountable


def split_minutes(total: int | None, declared: Sequence[int | None]) -> list[int | None]:
    """Return the minutes of each request, so that they sum to the act's.

    What nobody declared is shared equally, the first ones taking the minutes left over. Raises
    MinutesDisagree when the declared ones already exceed the total, or all differ from it.
    """
    if total is None:
        return list(declared) if None not in declared else [None] * len(declared)
    told = sum(minutes for minutes in declared if minutes is not None)
    open_places = [place for place, minutes in enumerate(declared) if minutes is None]
    rest = total - told
    if rest < len(open_places) or (not open_places and rest and declared):
        raise MinutesDisagree
    split = list(declared)
    for rank, place in enumerate(open_places):
        share, left_over = divmod(rest, len(open_places))
        split[place] = share + (1 if rank < left_over else 0)
    return split


def with_minutes(content: ActContent) -> ActContent:
    """Return the content whose requests carry their minutes, and the act their sum."""
    declared = [request.minutes for request in content.requests]
    total = content.minutes
    if total is None and declared and None not in declared:
        total = sum(minutes for minutes in declared if minutes is not None)
    split = split_minutes(total, declared)
    return replace(
        content,
        minutes=total,
        requests=tuple(
            replace(request, minutes=minutes)
            for request, minutes in zip(content.requests, split, strict=True)
        ),
    )


def earns_register_3(request: RequestContent, registers: Mapping[str, int | None]) -> bool:
    """True for a misunderstanding lifted within social mediation, explained on both sides or
    with the institution contacted (domain.md 1.3; decisions.md 6).
    """
    return (
        request.frame == Frame.MEDIATION
        and registers.get(request.nature or "") == DESK_REGISTER
        and request.explanation in Explanation.values
    )


def proposed_register(content: ActContent, registers: Mapping[str, int | None]) -> int | None:
    """Return 3 or None, « aucun registre »: the desk alone gives nothing else.

    `registers` says which register each nature may lead to.
    """
    if content.kind in WITHOUT_REQUEST or content.entry == Entry.WAVE:
        return None
    if any(earns_register_3(request, registers) for request in content.requests):
        return DESK_REGISTER
    return None


def with_register(content: ActContent, register: int | None) -> ActContent:
    """Return the content under this main register, None for « aucun »."""
    return replace(content, main_register=register)


# The note is compared apart while it is kept, and erased; facts added since the first release
# are written only when told, so that older fingerprints stay true.
APART = {"note", "note_reason"}
TOLD_SINCE = {"entry": Entry.DIRECT, "gathered": None, "until_quarter": None}


def fingerprint(content: ActContent) -> bytes:
    """Return the SHA-256 of a content: a replay is the same, anything else is another."""

    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else str(value)

    told = {
        name: value
        for name, value in asdict(content).items()
        if name not in APART and (name not in TOLD_SINCE or value != TOLD_SINCE[name])
    }
    text = json.dumps(told, sort_keys=True, default=plain, ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()
