"""What a reading looks at first: named rules over plain facts of a day, each with its sentence.

A finding asks a question of the act, never of the person who received: none counts by mediator.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entremise.practice.activity.enums import Entry

OUT_OF_HOURS = 60  # minutes
LONG = 240  # minutes
LARGE_WAVE = 60  # people
SAME_CONTENT = 3  # acts
UNTOLD_SHARE = 80  # per cent
UNTOLD_FROM = 5  # acts: below, a share says nothing
MINUTES_PER_QUARTER = 15


@dataclass(frozen=True, slots=True)
class ReadAct:
    """What the rules know of an act. `content` is its fingerprint, empty once erased; `told` is
    True when its public was asked for, None when nobody would ask.
    """

    pk: UUID
    to_review: bool
    entry: str
    quarter: int
    on_site: bool
    minutes: int | None = None
    gathered: int | None = None
    content: bytes = b""
    late: bool = False
    corrected: bool = False
    told: bool | None = None


@dataclass(frozen=True, slots=True)
class ReadDay:
    """The acts of a site's day; `slots` are its opening hours in minutes, None when unknown."""

    acts: tuple[ReadAct, ...]
    slots: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """The sentences of each act to look at, and those that concern the whole day."""

    of_acts: dict[UUID, list[str | Promise]]
    of_day: list[str | Promise]

    @property
    def count(self) -> int:
        """How many acts to look at, and one for each thing said of the day."""
        return len(self.of_acts) + len(self.of_day)


def found_in(day: ReadDay) -> Findings:
    """Return what deserves a look among the acts of a day that nobody has read yet.

    Past acts taken over from another tool are not judged here: they are shown apart.
    """
    unread = [act for act in day.acts if act.to_review and act.entry != Entry.IMPORTED]
    repeated = _repeated(day.acts)
    of_acts: dict[UUID, list[str | Promise]] = {}
    for act in unread:
        said = [sentence for sentence, holds in ACT_RULES if holds(act, day)]
        if act.content in repeated:
            said.append(REPEATED)
        if said:
            of_acts[act.pk] = said
    return Findings(of_acts, [UNTOLD] if _mostly_untold(unread) else [])


def closed_day(act: ReadAct, day: ReadDay) -> bool:
    """True for a visit on site when the doors stay shut; a call or a round never is."""
    return act.on_site and day.slots == ()


def out_of_hours(act: ReadAct, day: ReadDay) -> bool:
    """True for a visit on site more than an hour before the doors open or after they close."""
    if not act.on_site or not day.slots:
        return False
    minute = act.quarter * MINUTES_PER_QUARTER
    gaps = (max(start - minute, minute - end, 0) for start, end in day.slots)
    return min(gaps) > OUT_OF_HOURS


def too_long(act: ReadAct, _day: ReadDay) -> bool:
    """True for more than four hours with somebody."""
    return act.minutes is not None and act.minutes > LONG


def late(act: ReadAct, _day: ReadDay) -> bool:
    """True when it was typed after its day, or from a sheet kept during an outage."""
    return act.late


def corrected(act: ReadAct, _day: ReadDay) -> bool:
    """True when it changed after a reading had validated it."""
    return act.corrected


def large_wave(act: ReadAct, _day: ReadDay) -> bool:
    """True for a wave of more people than a door lets in."""
    return act.entry == Entry.WAVE and (act.gathered or 0) > LARGE_WAVE


def _repeated(acts: Iterable[ReadAct]) -> set[bytes]:
    """Return the contents met three times: a fingerprint holds the mediator and the quarter."""
    seen = Counter(act.content for act in acts if act.content and act.entry == Entry.DIRECT)
    return {content for content, count in seen.items() if count >= SAME_CONTENT}


def _mostly_untold(acts: Iterable[ReadAct]) -> bool:
    asked = [act.told for act in acts if act.told is not None]
    return len(asked) >= UNTOLD_FROM and asked.count(False) * 100 > UNTOLD_SHARE * len(asked)


Rule = tuple[str | Promise, Callable[[ReadAct, ReadDay], bool]]
ACT_RULES: tuple[Rule, ...] = (
    (_("sur place, un jour où ce lieu est fermé"), closed_day),
    (_("sur place, à plus d’une heure des horaires d’ouverture"), out_of_hours),
    (_("plus de quatre heures"), too_long),
    (_("vague de plus de 60 personnes"), large_wave),
    (_("corrigé après une relecture"), corrected),
    (_("saisi après coup"), late),
)
REPEATED = _("même contenu au moins trois fois dans le même quart d’heure, peut-être un double")
UNTOLD = _("public non renseigné dans plus de 80 % des accueils de cette journée")
