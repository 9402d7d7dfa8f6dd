"""Reads one row of a list of places: the values of a point d'accueil, with what to refuse or say.

Refused: what makes the place uncertain (no name, unknown code, two e-mails…). Said, and kept out
or as text: what the place can do without (its phone, its hours). Nothing is guessed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.foundation.core.french import search_key
from entremise.foundation.imports.engine import cells
from entremise.foundation.imports.engine.cells import BadCell
from entremise.foundation.imports.engine.mapping import Mapping
from entremise.foundation.imports.engine.reading import Row
from entremise.foundation.imports.engine.report import Remark
from entremise.ground.network import engine
from entremise.ground.network.enums import SiteKind
from entremise.ground.network.models import Site
from entremise.ground.network.queries import bounds
from entremise.ground.reference import queries as reference

LONGEST = {f.attname: f.max_length for f in Site._meta.concrete_fields if f.max_length}


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What is known of communes: names, départements, codes today; outlines and points if given."""

    names: dict[str, str]
    departements: dict[str, str]
    codes_today: dict[str, str]
    outlines: dict[str, bounds.Outline] = field(default_factory=dict)
    points: dict[str, bounds.Point] = field(default_factory=dict)


@dataclass(slots=True)
class SiteRow:
    """What a row says: `values` by attribute of Site; a row with a refusal is not imported."""

    number: int
    source_id: str
    label: str = ""
    departement: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    refusals: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def refuse(self, target: str, message: str) -> None:
        """Say why the row is refused."""
        self.refusals.append(Remark(self.number, target, message))

    def warn(self, target: str, message: str) -> None:
        """Say what a person should look at."""
        self.warnings.append(Remark(self.number, target, message))


def read_site_row(row: Row, mapping: Mapping, places: Gazetteer) -> SiteRow:
    """Return what a row says of a place, under the mapping."""
    read = SiteRow(row.number, mapping.identifier(row), label=mapping.text(row, "name"))
    if not read.source_id:
        read.refuse("id", _("L’identifiant manque : la ligne ne pourrait pas être retrouvée."))
    if not read.label:
        read.refuse("name", _("Le nom manque."))
    _read_commune(read, row, mapping, places)
    for target, reader in READERS.items():
        if target in mapping.fields:
            _read_cell(read, row, mapping, target, reader)
    for target in sorted({"opening_hours", "opening_text"} & mapping.fields):
        _read_hours(read, row, mapping, target)
    _read_point(read, row, mapping, places)
    for attribute, value in read.values.items():
        longest = LONGEST.get(attribute)
        if longest and isinstance(value, str) and len(value) > longest:
            message = _("Trop long : %(length)d signes, %(longest)d au plus.")
            read.refuse(attribute, message % {"length": len(value), "longest": longest})
    read.values["sort_name"] = search_key(read.label)
    return read


def _plain(read: SiteRow, text: str, _mapping: Mapping) -> str:
    return text


def _phone(read: SiteRow, text: str, _mapping: Mapping) -> str | None:
    """Return the number in E.164, read where the place is; None when it is not one."""
    region = reference.phone_region(read.departement)
    for assumed in dict.fromkeys((region, "FR")):
        try:
            number = phonenumbers.parse(text, assumed)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    read.warn(
        "phone",
        _("« %(text)s » n’est pas un numéro valable ici : il est laissé de côté.") % {"text": text},
    )
    return None


def _postal_code(read: SiteRow, text: str, _mapping: Mapping) -> str:
    digits = text.removesuffix(".0").replace(" ", "")
    if re.fullmatch(r"\d{5}", digits, re.ASCII):
        return digits
    if re.fullmatch(r"\d{4}", digits, re.ASCII) and read.departement.startswith("0"):
        read.warn("postal_code", _repaired(text, f"0{digits}"))
        return f"0{digits}"
    raise BadCell(_("« %(text)s » n’est pas un code postal.") % {"text": text})


def _url(read: SiteRow, text: str, _mapping: Mapping) -> str:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError as wrong:
        raise BadCell(_("« %(text)s » n’est pas une adresse de site.") % {"text": text}) from wrong
    return text


def _day_of(target: str) -> Callable[[SiteRow, str, Mapping], Any]:
    return lambda _read, text, mapping: cells.calendar_day(text, mapping.formats.get(target, ""))


READERS: dict[str, Callable[[SiteRow, str, Mapping], Any]] = {
    "name": _plain,
    "kind": lambda _read, text, _mapping: cells.chosen(
        text, {k: str(v) for k, v in SiteKind.choices}
    ),
    "address": _plain,
    "address_extra": _plain,
    "postal_code": _postal_code,
    "phone": _phone,
    "email": lambda _read, text, _mapping: cells.email(text),
    "by_appointment": lambda _read, text, _mapping: cells.yes_or_no(text),
    "france_services": lambda _read, text, _mapping: cells.yes_or_no(text),
    "comment": _plain,
    "accessibility_url": _url,
    "labelled_on": _day_of("labelled_on"),
    "opened_on": _day_of("opened_on"),
}
DAY_NAMES = {
    "Mo": gettext_lazy("lundi"),
    "Tu": gettext_lazy("mardi"),
    "We": gettext_lazy("mercredi"),
    "Th": gettext_lazy("jeudi"),
    "Fr": gettext_lazy("vendredi"),
    "Sa": gettext_lazy("samedi"),
    "Su": gettext_lazy("dimanche"),
}
WHEN_EMPTY = {
    "by_appointment": False,
    "france_services": False,
    "labelled_on": None,
    "opened_on": None,
}


def _read_cell(
    read: SiteRow, row: Row, mapping: Mapping, target: str, reader: Callable[..., Any]
) -> None:
    text = mapping.text(row, target)
    if not text and target == "kind":
        read.refuse("kind", _("La nature du lieu manque."))
    if not text:
        read.values[target] = WHEN_EMPTY.get(target, "")
        return
    try:
        value = reader(read, text, mapping)
    except BadCell as bad:
        read.refuse(target, bad.message)
        return
    if value is not None:
        read.values[target] = value


def _read_commune(read: SiteRow, row: Row, mapping: Mapping, places: Gazetteer) -> None:
    """Find the commune of today; repair a code that a spreadsheet shortened, when only one fits."""
    given = mapping.text(row, "commune")
    name = mapping.text(row, "commune_name")
    code = _known_code(given, name, places)
    if not code:
        message = _("Aucune commune ne porte le code INSEE « %(code)s ».") % {"code": given}
        read.refuse("commune", message if given else _("Le code INSEE de la commune manque."))
        return
    if code != given:
        read.warn("commune", _repaired(given, code))
    today = places.codes_today[code]
    if today != code:
        message = _("Le code %(old)s est ancien : le lieu est rattaché à %(name)s (%(new)s).")
        read.warn("commune", message % {"old": code, "name": places.names[today], "new": today})
    departement = places.departements[today]
    read.departement = departement
    read.values |= {"commune_id": today, "time_zone": reference.time_zone(departement)}
    _compare_departement(read, mapping.text(row, "departement"), departement)


def _known_code(given: str, name: str, places: Gazetteer) -> str:
    code = given.removesuffix(".0").upper()
    if code in places.codes_today:
        return code
    candidates = [f"0{code}"] if re.fullmatch(r"\d{4}", code, re.ASCII) else []
    if re.fullmatch(r"20\d{3}", code, re.ASCII):  # Corsica, whose letters a number column lost
        candidates = [f"2A{code[2:]}", f"2B{code[2:]}"]
    known = [
        found
        for found in candidates
        if found in places.codes_today and (not name or _same_name(name, found, places))
    ]
    return known[0] if len(known) == 1 else ""


def _same_name(name: str, code: str, places: Gazetteer) -> bool:
    known = {places.names.get(code), places.names.get(places.codes_today[code])}
    return search_key(name) in {search_key(other) for other in known if other}


def _compare_departement(read: SiteRow, given: str, departement: str) -> None:
    said = given.removesuffix(".0").upper()
    if not said or said == departement or (said == "20" and departement in ("2A", "2B")):
        return
    if said.isdigit() and len(said) == 1 and f"0{said}" == departement:
        read.warn("departement", _repaired(given, departement))
        return
    message = _(
        "Le département annoncé (%(said)s) diffère de celui de la commune (%(found)s), retenu."
    )
    read.warn("departement", message % {"said": given, "found": departement})


def _read_hours(read: SiteRow, row: Row, mapping: Mapping, target: str) -> None:
    """Read seven cells, or one text; what is not clear stays as text, with a warning."""
    if not mapping.has_parts(target):
        _read_hours_text(read, mapping.text(row, target), target)
        return
    week = mapping.parts(row, target)
    written = " ; ".join(f"{DAY_NAMES[day]} : {text}" for day, text in week.items() if text)
    try:
        slots = [engine.read_slots(week.get(day, "")) for day in engine.WEEKDAYS]
        hours = engine.write_osm(slots)
    except engine.BrokenHours as broken:
        message = _("Horaires gardés en toutes lettres, car « %(text)s » n’est pas clair.")
        read.warn("opening_hours", message % {"text": str(broken)})
        read.values |= {"opening_hours": "", "opening_text": written}
        return
    if not hours:
        read.warn("opening_hours", _("Aucun horaire n’est donné."))
    read.values |= {"opening_hours": hours, "opening_text": ""}


def _read_hours_text(read: SiteRow, text: str, target: str) -> None:
    if target == "opening_text":
        read.values["opening_text"] = " ; ".join(
            filter(None, (read.values.get("opening_text"), text))
        )
        return
    try:
        if text:
            engine.check(text)
        read.values |= {"opening_hours": text, "opening_text": ""}
    except engine.BrokenHours:
        read.warn(
            "opening_hours",
            _("Horaires gardés en toutes lettres : ils ne sont pas au format d’OpenStreetMap."),
        )
        read.values |= {"opening_hours": "", "opening_text": text}


def _read_point(read: SiteRow, row: Row, mapping: Mapping, places: Gazetteer) -> None:
    if not {"latitude", "longitude"} <= mapping.fields:
        return
    point: dict[str, float | None] = {}
    for target, limit in (("latitude", 90), ("longitude", 180)):
        text = mapping.text(row, target)
        try:
            point[target] = cells.decimal_number(text, mapping.decimal) if text else None
        except BadCell as bad:
            read.refuse(target, bad.message)
            return
        if (value := point[target]) is not None and abs(value) > limit:
            message = _("« %(text)s » dépasse %(limit)d degrés.")
            read.refuse(target, message % {"text": text, "limit": limit})
            return
    latitude, longitude = point["latitude"], point["longitude"]
    if (latitude is None) != (longitude is None):
        lacking = "latitude" if latitude is None else "longitude"
        read.refuse(lacking, _("Il manque une des deux coordonnées."))
        return
    read.values |= point
    if latitude is not None and longitude is not None and "commune_id" in read.values:
        _compare_point(read, longitude, latitude, places)


def _compare_point(read: SiteRow, longitude: float, latitude: float, places: Gazetteer) -> None:
    departement = read.departement
    if not bounds.is_within_bounds(departement, longitude, latitude):
        read.warn(
            "latitude",
            _("Le point est hors du territoire de sa commune : vérifiez ses coordonnées."),
        )
        return
    outline = places.outlines.get(departement)
    if outline and not outline.holds(longitude, latitude):
        message = _("Le point est hors du département %(code)s de sa commune.")
        read.warn("latitude", message % {"code": departement})
    known = places.points.get(read.values["commune_id"])
    if known and bounds.is_far((longitude, latitude), known):
        read.warn("latitude", _("Le point est à plus de 0,3 degré de sa commune."))


def _repaired(given: str, repaired: str) -> str:
    return _("« %(given)s » a perdu des signes dans un tableur : lu comme « %(repaired)s ».") % {
        "given": given,
        "repaired": repaired,
    }
