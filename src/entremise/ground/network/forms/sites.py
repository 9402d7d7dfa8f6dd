"""The description of a point d'accueil, its exceptions, its stops, and its dated changes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from entremise.ground.network import engine
from entremise.ground.network.enums import ClosureReason, HalfDay
from entremise.ground.network.forms import fields as typed
from entremise.ground.network.models import OpeningException, Site, Structure
from entremise.ground.network.queries import opening

WEEK = [f"hours_{code.lower()}" for code in engine.WEEKDAYS]
ADVANCED = ("opening_hours", "opening_text")


class SiteForm(forms.ModelForm):
    """A place as the directory shows it; the week is typed day by day."""

    commune_text = forms.CharField(
        label=_("commune"), help_text=_("Son nom, ou son code INSEE si plusieurs le portent.")
    )
    accessibility_url = typed.web_field(
        _("fiche d’accessibilité"),
        help_text=_("L’adresse de la fiche du lieu sur acceslibre.beta.gouv.fr."),
    )

    class Meta:
        model = Site
        fields = [
            "name", "kind", "opened_on", "france_services", "address", "address_extra",
            "postal_code", "latitude", "longitude", "phone", "email", "accessibility_url",
            "by_appointment", "comment", "opening_hours", "opening_text",
        ]  # fmt: skip
        help_texts = {
            "latitude": _("En degrés, par exemple 43.18723."),
            "longitude": _("En degrés, par exemple 3.00538."),
            "phone": _("Le numéro public. Exemple : 04 68 43 68 93."),
            "opening_hours": _(
                "Pour des horaires qui changent selon les semaines ou les saisons. Vide : les "
                "jours ci-dessus."
            ),
            "opening_text": _("Montrés au public quand rien d’autre n’est rempli."),
        }
        widgets = {"opened_on": typed.DAY_WIDGET, "comment": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed.label_as_model(self)
        self.fields["phone"].max_length = 30
        self.fields["phone"].validators = []
        self.fields["phone"].widget.attrs.update(type="tel", maxlength=30)
        week = engine.week_of(self.instance.opening_hours)
        for rank, name in enumerate(WEEK):
            day = engine.REFERENCE_MONDAY + timedelta(days=rank)
            self.fields[name] = forms.CharField(
                label=opening.day_name(day), required=False, max_length=60
            )
            self.initial[name] = typed.write_slots(week[rank]) if week else ""
        if week is not None:
            self.initial["opening_hours"] = ""
        if self.instance.commune_id:
            self.initial["commune_text"] = str(self.instance.commune)

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the fields under the titles of the page."""
        place = ["address", "address_extra", "postal_code", "commune_text", "latitude", "longitude"]
        reach = ["phone", "email", "accessibility_url"]
        named = (
            (_("Le lieu"), ["name", "kind", "opened_on", "france_services"]),
            (_("Où"), place),
            (_("Joindre et venir"), reach),
            (_("À savoir avant de venir"), ["comment", "by_appointment"]),
        )
        return [(title, [self[name] for name in names]) for title, names in named]

    def week(self) -> list[forms.BoundField]:
        """Return the seven days."""
        return [self[name] for name in WEEK]

    def advanced(self) -> list[forms.BoundField]:
        """Return the hours that a plain week cannot say."""
        return [self[name] for name in ADVANCED]

    def clean(self) -> dict[str, Any]:
        """Read the commune, then the telephone where it is, then the hours."""
        cleaned = super().clean() or {}
        self._read("commune_text", lambda: self._commune(cleaned))
        self._read("phone", lambda: self._phone(cleaned))
        for name in WEEK:
            self._read(name, lambda name=name: self._day(cleaned, name))
        self._read("opening_hours", lambda: self._hours(cleaned))
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("longitude", _("Donnez les deux coordonnées, ou aucune."))
        return cleaned

    def _read(self, name: str, reading: Any) -> None:
        try:
            reading()
        except ValidationError as error:
            self.add_error(name, error)

    def _commune(self, cleaned: dict[str, Any]) -> None:
        answer = cleaned.get("commune_text")
        if not answer:
            return
        known = self.instance.commune_id and answer == str(self.instance.commune)
        if not known:
            code = cleaned.get("postal_code", "")
            self.instance.commune = typed.read_commune(answer, postal_code=code)

    def _phone(self, cleaned: dict[str, Any]) -> None:
        if self.instance.commune_id:
            departement = self.instance.commune.departement_id
            cleaned["phone"] = typed.read_phone(cleaned.get("phone", ""), departement=departement)

    def _day(self, cleaned: dict[str, Any], name: str) -> None:
        cleaned[name] = typed.read_hours(cleaned.get(name, ""))

    def _hours(self, cleaned: dict[str, Any]) -> None:
        answer = cleaned.get("opening_hours", "").strip()
        if not answer:
            week = [cleaned[name] for name in WEEK if isinstance(cleaned.get(name), tuple)]
            cleaned["opening_hours"] = engine.write_osm(week) if len(week) == 7 else ""
            return
        try:
            engine.check(answer)
        except engine.BrokenHours as broken:
            raise ValidationError(_("Ce n’est pas le format OpenStreetMap.")) from broken
        cleaned["opening_hours"] = answer


class ExceptionForm(forms.ModelForm):
    """A closure or an extra opening."""

    is_open = forms.TypedChoiceField(
        label=_("ce qui est noté"),
        choices=[("", _("une fermeture")), ("1", _("une ouverture exceptionnelle"))],
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]
        required=False,
    )
    half_day = forms.ChoiceField(label=_("moment"), choices=HalfDay.choices, initial=HalfDay.DAY)
    reason = forms.ChoiceField(label=_("motif"), choices=ClosureReason.choices)

    class Meta:
        model = OpeningException
        fields = ["is_open", "day", "half_day", "reason"]
        widgets = {"day": typed.DAY_WIDGET}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("jour")

    def validate_constraints(self) -> None:
        """Leave « already noted » to the operation, which says it in one sentence."""


class DatedForm(forms.Form):
    """From which day a change holds."""

    on = typed.day_field(_("à partir du"))


class MoveForm(DatedForm):
    """To which structure a place goes."""

    to = forms.ModelChoiceField(
        Structure.objects.none(), label=_("structure"), empty_label=_("choisir…")
    )
    field_order = ["to", "on"]

    def __init__(self, *args: Any, site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Structure.objects.filter(holding=False).in_order()
        if site is not None:
            others = others.exclude(pk=site.structure_id)
        self.fields["to"].queryset = others


class AttachForm(MoveForm):
    """Which waiting places go to which structure."""

    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(),
        label=_("points d’accueil"),
        error_messages={"required": _("Cochez au moins un point d’accueil.")},
    )

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sites"].queryset = waiting


class MergeForm(DatedForm):
    """Into which place another one merges."""

    into = forms.ModelChoiceField(
        Site.objects.none(), label=_("point d’accueil qui continue"), empty_label=_("choisir…")
    )
    field_order = ["into", "on"]

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Site.objects.living().filter(structure__holding=False).exclude(pk=site.pk)
        self.fields["into"].queryset = others.in_order()


class StopForm(forms.Form):
    """A stop of a bus: where, and on which weekday."""

    label = forms.CharField(
        label=_("lieu d’arrêt"), max_length=120, help_text=_("Exemple : place du marché.")
    )
    commune = forms.CharField(label=_("commune"), max_length=100)
    weekday = forms.ChoiceField(label=_("jour"), required=False)
    hours = forms.CharField(
        label=_("horaires"), required=False, max_length=60, help_text=_("Exemple : 9h-12h.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [
            (code, opening.day_name(engine.REFERENCE_MONDAY + timedelta(days=rank)))
            for rank, code in enumerate(engine.WEEKDAYS)
        ]
        self.fields["weekday"].choices = [("", _("non fixé")), *days]

    def clean_commune(self) -> Any:
        """Read the commune by name or code."""
        return typed.read_commune(self.cleaned_data["commune"])

    def clean_hours(self) -> tuple[engine.Slot, ...]:
        """Read the hours of the day."""
        return typed.read_hours(self.cleaned_data["hours"])

    def clean(self) -> dict[str, Any]:
        """Hours need their day; the two become one OpenStreetMap expression."""
        cleaned = super().clean() or {}
        slots, day = cleaned.get("hours", ()), cleaned.get("weekday", "")
        if slots and not day:
            self.add_error("weekday", _("Choisissez le jour de ces horaires."))
        week = tuple(slots if code == day else () for code in engine.WEEKDAYS)
        cleaned["opening_hours"] = engine.write_osm(week)
        return cleaned
