"""The description of an employing structure, and its modules."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.exceptions import ValidationError as BrokenNumber
from stdnum.fr import siret as siret_number

from entremise.ground.network.enums import Module, StructureStatus
from entremise.ground.network.forms import fields as typed
from entremise.ground.network.models import Structure

RNA = re.compile(r"W\d[0-9A-Z]\d{7}")


class StructureForm(forms.ModelForm):
    """A structure as its page shows it."""

    website = typed.web_field(gettext_lazy("site internet"))

    class Meta:
        model = Structure
        fields = [
            "name", "status", "siret", "rna", "franchise_from", "franchise_until", "phone",
            "email", "website",
        ]  # fmt: skip
        help_texts = {
            "siret": gettext_lazy("Quatorze chiffres, espaces permis."),
            "rna": gettext_lazy(
                "W suivi de neuf chiffres. Sans objet en Alsace-Moselle et hors association."
            ),
            "franchise_until": gettext_lazy("Vide tant que la franchise court."),
        }
        widgets = {"franchise_from": typed.DAY_WIDGET, "franchise_until": typed.DAY_WIDGET}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed.label_as_model(self)
        for name, length in (("siret", 20), ("rna", 14), ("phone", 30)):
            self.fields[name].max_length = length
            self.fields[name].validators = []
            self.fields[name].widget.attrs["maxlength"] = length

    def clean_siret(self) -> str:
        """Check the digits (La Poste's own rule included) and that nobody else has them."""
        answer = siret_number.compact(self.cleaned_data["siret"])
        if not answer:
            return ""
        try:
            number = str(siret_number.validate(answer))
        except BrokenNumber as broken:
            raise ValidationError(
                _("Ce SIRET est faux : vérifiez ses quatorze chiffres.")
            ) from broken
        if Structure.objects.filter(siret=number).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Une autre structure du réseau porte déjà ce SIRET."))
        return number

    def clean_rna(self) -> str:
        """Check the shape: a W, the two characters of a département or « 9 », seven digits."""
        answer = re.sub(r"[\s.-]", "", self.cleaned_data["rna"]).upper()
        if answer and not RNA.fullmatch(answer):
            raise ValidationError(_("Un numéro RNA est un W suivi de neuf chiffres."))
        return answer

    def clean_phone(self) -> str:
        """Read the telephone, in France or overseas."""
        return typed.read_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """A local-law association has no RNA (registers of the courts, Alsace-Moselle)."""
        cleaned = super().clean() or {}
        if cleaned.get("rna") and cleaned.get("status") == StructureStatus.LOCAL_LAW_ASSOCIATION:
            self.add_error(
                "rna",
                _("Une association de droit local n’a pas de numéro RNA : laissez ce champ vide."),
            )
        start, end = cleaned.get("franchise_from"), cleaned.get("franchise_until")
        if start and end and end <= start:
            self.add_error("franchise_until", _("La fin de la franchise vient après son début."))
        return cleaned


class ModulesForm(forms.Form):
    """Which parts of the product a structure uses."""

    modules = forms.MultipleChoiceField(
        label=gettext_lazy("modules en service"),
        choices=Module.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
