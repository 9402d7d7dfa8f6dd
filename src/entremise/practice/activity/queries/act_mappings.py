"""Mappings of past acts: the published schema, and what a schema cannot check."""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.foundation.core.french import search_key
from entremise.foundation.imports.engine.mapping import (
    Mapping,
    mapping_from_toml,
    mistake_at,
)
from entremise.foundation.imports.errors import BrokenMapping
from entremise.practice.activity.enums import NOT_ASKED, UNDISCLOSED, Answer
from entremise.practice.activity.queries.act_lists import Lists

FOLDER = Path(__file__).resolve().parent.parent / "mappings"
OWN_ZONE = "site"
LABELS = {
    "id": gettext_lazy("identifiant"),
    "site": gettext_lazy("point d’accueil"),
    "structure": gettext_lazy("structure"),
    "mediator": gettext_lazy("qui reçoit"),
    "day": gettext_lazy("jour"),
    "time": gettext_lazy("heure"),
    "start": gettext_lazy("jour et heure"),
    "kind": gettext_lazy("nature de l’acte"),
    "mode": gettext_lazy("mode de contact"),
    "minutes": gettext_lazy("durée en minutes"),
    "origin": gettext_lazy("origine"),
    "count": gettext_lazy("nombre de personnes"),
    "sex": gettext_lazy("sexe"),
    "band": gettext_lazy("tranche d’âge"),
    "age": gettext_lazy("âge"),
    "basis": gettext_lazy("public"),
    "presence": gettext_lazy("qui est présent"),
    "first_visit": gettext_lazy("première venue"),
    "commune": gettext_lazy("commune de résidence"),
    "qpv_answer": gettext_lazy("quartier prioritaire"),
    "autonomy": gettext_lazy("autonomie"),
    "theme": gettext_lazy("thème"),
    "operator": gettext_lazy("organisme"),
    "nature": gettext_lazy("ce qui a été fait"),
    "outcome": gettext_lazy("issue"),
    "frame": gettext_lazy("cadre"),
    "explanation": gettext_lazy("explication"),
}
_BOUNDS = re.compile(r"(\d{1,3})\D+(\d{1,3})\D*")
_BELOW = re.compile(r"(?:moins de|<|-|under)\s*(\d{1,3})\D*")
_ABOVE = re.compile(r"(?:plus de)\s*(\d{1,3})\D*|(\d{1,3})\s*(?:\+|et plus|ans et plus|and over).*")


@cache
def schema() -> dict[str, Any]:
    """Return the JSON schema of a mapping, the one that the reference publishes."""
    text = (FOLDER / "activities.schema.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def act_mapping(path: Path) -> Mapping:
    """Return the mapping of a TOML file. Raises BrokenMapping with the file, line and key."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as broken:
        raise BrokenMapping(
            _("La correspondance « %(file)s » ne peut pas être lue.") % {"file": path.name}
        ) from broken
    return act_mapping_text(text, file_name=path.name)


def act_mapping_text(text: str, *, file_name: str) -> Mapping:
    """Return the mapping written in TOML. Raises BrokenMapping with the file, line and key."""
    mapping = mapping_from_toml(text, schema(), origin=file_name)
    for keys, detail in _gaps(mapping):
        raise mistake_at(file_name, text, keys, detail)
    return mapping


def content_of(mapping: Mapping) -> dict[str, Any]:
    """Return a mapping as JSON keeps it."""
    return {
        "source": mapping.source,
        "name": mapping.name,
        "id": mapping.id,
        "period": mapping.period,
        "time_zone": mapping.time_zone,
        "columns": mapping.columns,
        "constants": mapping.constants,
        "values": mapping.values,
        "formats": mapping.formats,
    }


def _gaps(mapping: Mapping) -> list[tuple[list[str], str]]:
    """Return what is missing or contradictory, each with the keys of its place."""
    told = mapping.fields
    found: list[tuple[list[str], str]] = []
    lacking = _("il manque « %(key)s »")
    if not mapping.id and not mapping.period:
        found.append(([], lacking % {"key": "id"}))
    for name in ("site", "mediator", "mode"):
        if name not in told:
            found.append((["columns"], lacking % {"key": name}))
    if "start" in told and {"day", "time"} & told:
        found.append((["columns", "start"], _("« start » tient lieu de « day » et de « time »")))
    for name in () if "start" in told else ("day", "time"):
        if name not in told:
            found.append((["columns"], lacking % {"key": name}))
    if {"band", "age"} <= told:
        found.append((["columns", "age"], _("« age » et « band » disent la même chose")))
    for name in sorted(told):
        if name.startswith(("operator", "nature", "outcome", "frame", "explanation")):
            theme = f"theme{name[name.index('_') :] if '_' in name else ''}"
            if theme not in told:
                found.append((["columns", name], lacking % {"key": theme}))
    if mapping.time_zone and file_zone(mapping) is None and mapping.time_zone != OWN_ZONE:
        found.append((["time_zone"], _("ce n’est pas un fuseau horaire")))
    for name in mapping.period:
        try:
            date.fromisoformat(mapping.period[name])
        except ValueError:
            found.append((["period", name], _("ce n’est pas un jour")))
    return found


def file_zone(mapping: Mapping) -> ZoneInfo | None:
    """Return the clock that the file was written on, None when it is the place's own."""
    if mapping.time_zone in ("", OWN_ZONE):
        return None
    try:
        return ZoneInfo(mapping.time_zone)
    except (ValueError, OSError, KeyError):
        return None


def check_against_lists(mapping: Mapping, lists: Lists) -> None:
    """Raise BrokenMapping when a translation leads to no code, or bends an age band."""
    known = {
        "theme": lists.themes,
        "operator": lists.operators,
        "nature": lists.natures,
        "outcome": lists.outcomes,
    }
    for name, entries in known.items():
        for text, code in mapping.values.get(name, {}).items():
            if code and search_key(code) not in entries:
                raise _no_code(["values", name, text], code)
        code = mapping.constants.get(name)
        if code and search_key(code) not in entries:
            raise _no_code(["constants", name], code)
    for text, code in mapping.values.get("band", {}).items():
        if code in ("", NOT_ASKED, UNDISCLOSED):
            continue
        if code not in lists.bands:
            raise _no_code(["values", "band", text], code)
        if (ages := ages_of(text)) and ages != lists.bands[code]:
            raise mistake_at(mapping.source, "", ["values", "band", text], bent_band(text, lists))
    for text, code in mapping.values.get("commune", {}).items():
        if code not in ("", Answer.UNKNOWN, Answer.UNDISCLOSED) and code not in lists.communes:
            raise _no_code(["values", "commune", text], code)


def ages_of(text: str) -> tuple[int, int | None] | None:
    """Return the ages that a text bounds, both included, None when it bounds none."""
    written = " ".join(text.lower().split())
    if both := _BOUNDS.fullmatch(written):
        return int(both[1]), int(both[2])
    if below := _BELOW.fullmatch(written):
        return 0, int(below[1]) - 1
    if above := _ABOVE.fullmatch(written):
        return (int(above[1]) + 1, None) if above[1] else (int(above[2]), None)
    return None


def bent_band(text: str, lists: Lists) -> str:
    """Return why a band of other ages is refused: it is never split, joined or rounded."""
    return _(
        "la tranche « %(text)s » n’est aucune de celles du réseau (%(known)s) : une tranche ne se "
        "coupe ni ne s’arrondit"
    ) % {"text": text, "known": ", ".join(lists.bands)}


def _no_code(keys: list[str], code: str) -> BrokenMapping:
    return mistake_at(
        _("La correspondance"), "", keys, _("« %(code)s » n’est pas un code connu") % {"code": code}
    )
