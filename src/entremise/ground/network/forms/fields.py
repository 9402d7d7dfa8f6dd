"""Days, telephones, communes and opening hours as people type them."""

from datetime import date
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from entremise.foundation.core.french import search_key
from entremise.ground.network import engine
from entremise.ground.reference import queries as reference
from entremise.ground.reference.errors import UnknownCommune
from entremise.ground.reference.models import Commune

# A structure has no commune of its own: its number is read in France, then overseas.
REGIONS = ("FR", "GP", "MQ", "GF", "RE", "PM", "YT", "BL", "MF", "WF", "PF", "NC")
DAY_WIDGET = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def day_field(
    label: Any, *, required: bool = True, help_text: Any = "", **more: Any
) -> forms.DateField:
    """Return a field for one day, with the browser's calendar."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=DAY_WIDGET, **more
    )


def web_field(label: Any, *, help_text: Any = "") -> forms.URLField:
    """Return an optional field for an address on the web."""
    return forms.URLField(
        label=label, required=False, max_length=200, help_text=help_text, assume_scheme="https"
    )


def label_as_model(form: Any) -> None:
    """Keep the lower-case labels of the model, which Django would capitalise."""
    for name in form._meta.fields:
        form.fields[name].label = form._meta.model._meta.get_field(name).verbose_name


def read_phone(text: str, *, departement: str = "") -> str:
    """Return a telephone in E.164, read where it is. Raises ValidationError."""
    if not text.strip():
        return ""
    regions = (reference.phone_region(departement),) if departement else REGIONS
    for region in regions:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    raise ValidationError(_("Ce numéro de téléphone n’existe pas. Exemple : 04 68 43 68 93."))


def read_commune(text: str, *, postal_code: str = "") -> Commune:
    """Return the commune named by an INSEE code or by its name, helped by the postal code.

    Raises ValidationError, with the communes to choose from when several carry the name.
    """
    typed = text.strip()
    if len(typed) == 5 and typed[:2].upper().replace("A", "0").replace("B", "0").isdigit():
        try:
            return reference.commune_for(typed.upper())
        except UnknownCommune as unknown:
            raise ValidationError(unknown.message) from unknown
    candidates = reference.communes_matching(typed, limit=20)
    key = search_key(typed)
    exact = [one for one in candidates if one.search_name == key] or candidates
    here = [one for one in exact if postal_code and postal_code in one.postal_codes] or exact
    if len(here) == 1:
        return here[0]
    if not here:
        raise ValidationError(
            _("Aucune commune ne porte ce nom. Vérifiez l’orthographe, ou donnez son code INSEE.")
        )
    names = ", ".join(f"{one.name} ({one.code})" for one in here[:6])
    raise ValidationError(
        _("Plusieurs communes sont possibles : donnez le code INSEE de la vôtre. %(names)s")
        % {"names": names}
    )


def read_hours(text: str) -> tuple[engine.Slot, ...]:
    """Return the slots of one day. Raises ValidationError."""
    try:
        return engine.read_slots(text)
    except engine.BrokenHours as broken:
        raise ValidationError(
            _("Horaires non compris. Écrivez par exemple 9h-12h / 14h-17h30, ou laissez vide.")
        ) from broken


def write_slots(slots: tuple[engine.Slot, ...]) -> str:
    """Return slots as a person would type them again: 9h-12h / 14h-17h30."""
    return " / ".join(f"{_typed(slot.start)}-{_typed(slot.end)}" for slot in slots)


def last_day_to_end(last_day: date | None) -> date | None:
    """Return the first day without, from the last day with."""
    return date.fromordinal(last_day.toordinal() + 1) if last_day else None


def _typed(minutes: int) -> str:
    return f"{minutes // 60}h{minutes % 60:02d}" if minutes % 60 else f"{minutes // 60}h"
