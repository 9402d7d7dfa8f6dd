"""Mappings of lists of places: the shipped profiles, a file of one's own, a guess from a header."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.foundation.core.french import search_key
from entremise.foundation.imports.engine.mapping import Mapping, mapping_from, mapping_from_toml
from entremise.foundation.imports.engine.reading import Table
from entremise.foundation.imports.errors import BrokenMapping

PROFILES = Path(__file__).resolve().parent.parent / "profiles"
WEEKDAYS = {
    "Mo": {"lundi", "h lundi", "horaires lundi", "monday"},
    "Tu": {"mardi", "h mardi", "horaires mardi", "tuesday"},
    "We": {"mercredi", "h mercredi", "horaires mercredi", "wednesday"},
    "Th": {"jeudi", "h jeudi", "horaires jeudi", "thursday"},
    "Fr": {"vendredi", "h vendredi", "horaires vendredi", "friday"},
    "Sa": {"samedi", "h samedi", "horaires samedi", "saturday"},
    "Su": {"dimanche", "h dimanche", "horaires dimanche", "sunday"},
}
# What people call the columns, unaccented, the likeliest first.
WORDS = {
    "name": (
        "nom", "lib fs", "nom du lieu", "nom du site", "libelle", "name", "structure", "lieu",
        "site",
    ),
    "kind": ("nature", "type", "nature du lieu", "format", "format fs", "type de lieu", "kind"),
    "commune": (
        "code insee", "insee com", "insee", "code commune", "code insee commune",
        "depcom", "citycode",
    ),
    "commune_name": ("commune", "lib com", "ville", "nom commune", "localite"),
    "departement": ("departement", "insee dep", "dep", "dept", "code departement"),
    "address": ("adresse", "address", "rue", "voie"),
    "address_extra": ("complement adresse", "complement d adresse", "complement"),
    "postal_code": ("code postal", "cp", "codepostal", "postal code"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "phone": ("telephone", "tel", "phone", "numero de telephone"),
    "email": ("courriel", "email", "e mail", "mail", "adresse electronique", "courriels"),
    "opening_hours": ("horaires", "opening hours", "horaire", "heures d ouverture"),
    "by_appointment": ("prise rdv", "sur rendez vous", "rendez vous", "rdv"),
    "comment": ("commentaire", "commentaires", "precisions", "remarques", "description"),
    "accessibility_url": ("fiche acces libre", "accessibilite", "acceslibre"),
    "opened_on": ("date ouverture", "ouvert depuis", "ouverture"),
}  # fmt: skip
LABELS = {
    "id": gettext_lazy("identifiant"),
    "name": gettext_lazy("nom"),
    "kind": gettext_lazy("nature du lieu"),
    "commune": gettext_lazy("code INSEE de la commune"),
    "commune_name": gettext_lazy("nom de la commune"),
    "departement": gettext_lazy("département"),
    "address": gettext_lazy("adresse"),
    "address_extra": gettext_lazy("complément d’adresse"),
    "postal_code": gettext_lazy("code postal"),
    "latitude": gettext_lazy("latitude"),
    "longitude": gettext_lazy("longitude"),
    "phone": gettext_lazy("téléphone"),
    "email": gettext_lazy("adresse électronique"),
    "opening_hours": gettext_lazy("horaires"),
    "opening_text": gettext_lazy("horaires, en toutes lettres"),
    "by_appointment": gettext_lazy("sur rendez-vous"),
    "comment": gettext_lazy("précisions pour le public"),
    "accessibility_url": gettext_lazy("fiche d’accessibilité"),
    "france_services": gettext_lazy("France services"),
    "labelled_on": gettext_lazy("labellisé le"),
    "opened_on": gettext_lazy("ouvert depuis le"),
    "structure": gettext_lazy("structure"),
}
IDENTIFIERS = ("id", "identifiant", "id fs", "code", "numero", "ref", "reference", "siret")


@cache
def schema() -> dict[str, Any]:
    """Return the JSON schema of a mapping, the one that the reference publishes."""
    found: dict[str, Any] = json.loads((PROFILES / "mapping.schema.json").read_text("utf-8"))
    return found


def profile_names() -> list[str]:
    """Return the shipped profiles."""
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


def profile(name: str) -> Mapping:
    """Return a shipped profile. Raises BrokenMapping when there is none of that name."""
    if name not in profile_names():
        raise BrokenMapping(
            _("Aucun profil ne s’appelle « %(name)s » ; profils fournis : %(known)s.")
            % {"name": name, "known": ", ".join(profile_names())}
        )
    return _from_file(PROFILES / f"{name}.toml")


def mapping_file(path: Path) -> Mapping:
    """Return the mapping of a TOML file. Raises BrokenMapping with the line and the key."""
    return _from_file(path)


def mapping_text(text: str, *, file_name: str) -> Mapping:
    """Return the mapping of an uploaded TOML file. Raises BrokenMapping with line and key."""
    return mapping_from_toml(text, schema(), origin=file_name)


def mapping_of(content: dict[str, Any]) -> Mapping:
    """Return a mapping kept or edited on screen. Raises BrokenMapping."""
    return mapping_from(content, schema(), origin=_("La correspondance"))


def guessed(table: Table) -> dict[str, Any]:
    """Return the likeliest mapping: a profile whose columns are all there, else one by names.

    What cannot be guessed is left out, for a person to choose: the result may be incomplete.
    """
    for name in profile_names():
        known = profile(name)
        if set(known.used_columns()) <= set(table.columns):
            return content_of(known)
    by_key = {search_key(column): column for column in reversed(table.columns)}
    columns: dict[str, Any] = {
        target: by_key[word]
        for target, words in WORDS.items()
        if (word := next((word for word in words if word in by_key), None))
    }
    days = {day: by_key[w] for day, words in WEEKDAYS.items() for w in sorted(words) if w in by_key}
    if days:
        columns["opening_hours"] = days
    identifier = next((by_key[word] for word in IDENTIFIERS if word in by_key), "")
    return {
        "source": "",
        "id": [identifier] if identifier else [],
        "columns": columns,
        "constants": {} if "kind" in columns else {"kind": "fixed"},
        "decimal": _decimal_of(table, columns),
    }


def content_of(mapping: Mapping) -> dict[str, Any]:
    """Return a mapping as JSON keeps it."""
    return {
        "source": mapping.source,
        "name": mapping.name,
        "id": mapping.id,
        "separator": mapping.separator,
        "encoding": mapping.encoding,
        "decimal": mapping.decimal,
        "columns": mapping.columns,
        "constants": mapping.constants,
        "values": mapping.values,
        "formats": mapping.formats,
    }


def _from_file(path: Path) -> Mapping:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as broken:
        raise BrokenMapping(
            _("La correspondance « %(file)s » ne peut pas être lue.") % {"file": path.name}
        ) from broken
    return mapping_from_toml(text, schema(), origin=path.name)


def _decimal_of(table: Table, columns: dict[str, Any]) -> str:
    column = columns.get("latitude", "")
    written = (row.cells[column] for row in table.rows[:50]) if column else ()
    return "," if any("," in text for text in written) else "."
