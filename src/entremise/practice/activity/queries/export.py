"""The list of acts as lines to take away: one for each request of an act, in words, no code.

Neither who received, nor a note, nor when it was typed. What describes an act is repeated on each
of its lines; what counts is written so that every column adds up to the list's figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor
from entremise.foundation.access.rights import rows_for
from entremise.foundation.core.periods import time_of_quarter
from entremise.ground.network.models import Site, Stop
from entremise.ground.reference.models import Nature, Operator, Outcome, Theme
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.enums import Entry, Frame, Kind, Mode
from entremise.practice.activity.models import LocalTag
from entremise.practice.activity.queries.acts import ActFilters, acts_matching

LINES_PER_FETCH = 2000
MIDDAY = 48  # quarters
RISKY = ("=", "+", "-", "@", "\t", "\r")
FIELDS = (
    "act", "day", "quarter", "until_quarter", "site_id", "stop_id", "kind", "mode", "entry",
    "minutes", "main_register", "coarsened_on", "passage_count", "accompaniment_count",
    "requests__position",
    "requests__theme_id", "requests__operator_id", "requests__nature_id", "requests__outcome_id",
    "requests__frame", "requests__minutes", "requests__local_tag_id",
)  # fmt: skip


def export_header() -> list[str]:
    """Return the names of the columns."""
    return [
        _("accueil"), _("jour"), _("heure"), _("jusqu’à"), _("point d’accueil"), _("arrêt du bus"),
        _("nature de l’acte"), _("mode de contact"), _("saisie"), _("registre"), _("demande n°"),
        _("famille de motifs"), _("motif"), _("organisme"), _("ce qui a été fait"), _("issue"),
        _("cadre"), _("étiquette locale"), _("minutes"), _("activités"), _("passages"),
        _("demandes"), _("accompagnements"),
    ]  # fmt: skip


def export_lines(actor: Actor, filters: ActFilters) -> Iterator[list[str | int]]:
    """Yield the lines of the acts that the filters keep and this person may export, in the order
    of the list. The number of queries never depends on the number of lines.
    """
    acts = acts_matching(actor, filters).filter(rows_for(actor, May.EXPORT))
    found = acts.order_by("-day", "-quarter", "id", "requests__position").values(*FIELDS)
    words = _Words.read()
    for line in found.iterator(chunk_size=LINES_PER_FETCH):
        yield words.told(line)


def harmless(text: Any) -> str:
    """Return the text of a cell, an apostrophe before what a spreadsheet would run as a formula."""
    written = str(text)
    return f"'{written}" if written.startswith(RISKY) else written


@dataclass(frozen=True, slots=True)
class _Words:
    """The labels of the lists, read once for the whole file."""

    sites: dict[Any, str]
    stops: dict[Any, str]
    tags: dict[Any, str]
    themes: dict[str, Theme]
    operators: dict[str, Operator]
    natures: dict[str, Nature]
    outcomes: dict[str, Outcome]

    @classmethod
    def read(cls) -> "_Words":
        return cls(
            sites=dict(Site.objects.values_list("pk", "name")),
            stops=dict(Stop.objects.values_list("pk", "label")),
            tags=dict(LocalTag.objects.values_list("pk", "label")),
            themes=Theme.objects.in_bulk(),
            operators=Operator.objects.in_bulk(),
            natures=Nature.objects.in_bulk(),
            outcomes=Outcome.objects.in_bulk(),
        )

    def told(self, line: dict[str, Any]) -> list[str | int]:
        position, theme = line["requests__position"], line["requests__theme_id"]
        is_asked, is_first = position is not None, not position
        register = line["main_register"]
        minutes = line["requests__minutes"] if is_asked else line["minutes"]
        texts = [
            line["act"],
            line["day"].isoformat(),
            *_hours(line),
            self.sites[line["site_id"]],
            self.stops.get(line["stop_id"], ""),
            Kind(line["kind"]).label,
            Mode(line["mode"]).label,
            Entry(line["entry"]).label,
            _("aucun") if register is None else register,
            position + 1 if is_asked else "",
            self._family(theme),
            self.themes[theme].name if theme else "",
            _name(self.operators, line["requests__operator_id"]),
            _name(self.natures, line["requests__nature_id"]),
            _name(self.outcomes, line["requests__outcome_id"]),
            Frame(line["requests__frame"]).label if is_asked else "",
            self.tags.get(line["requests__local_tag_id"], ""),
        ]
        counts = [
            "" if minutes is None else minutes,
            int(is_first),
            line["passage_count"] if is_first else 0,
            int(is_asked),
            line["accompaniment_count"] if is_first else 0,
        ]
        return [*map(harmless, texts), *counts]

    def _family(self, code: str | None) -> str:
        if not code:
            return ""
        theme = self.themes[code]
        return self.themes[theme.parent_id].name if theme.parent_id else theme.name


def _hours(line: dict[str, Any]) -> tuple[str, str]:
    """Return when it began, and when a wave ended; the half-day once the hour was effaced."""
    quarter, until = line["quarter"], line["until_quarter"]
    if line["coarsened_on"]:
        return (_("matin") if quarter < MIDDAY else _("après-midi"), "")
    ended = f"{until // 4:02d}:{until % 4 * 15:02d}" if until is not None else ""
    return f"{time_of_quarter(quarter):%H:%M}", ended


def _name(entries: dict[str, Any], code: str | None) -> str:
    return entries[code].name if code else ""
