"""Upload a list of places, then say which column feeds which field."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.errors import Refusal
from entremise.foundation.core.french import search_key
from entremise.foundation.imports.engine.reading import LARGEST_FILE, Table, read_table
from entremise.foundation.imports.errors import BrokenMapping
from entremise.ground.network import engine
from entremise.ground.network.enums import SiteKind
from entremise.ground.network.models import Structure
from entremise.ground.network.queries import mappings
from entremise.ground.network.queries.site_rows import DAY_NAMES

REQUIRED = ("name", "commune")
ONE_COLUMN = (
    "name", "kind", "commune", "commune_name", "departement", "address", "address_extra",
    "postal_code", "latitude", "longitude", "phone", "email", "opening_text", "by_appointment",
    "comment", "accessibility_url", "france_services", "labelled_on", "opened_on",
)  # fmt: skip
NOT_READ = ("", _("aucune colonne"))
MANY_KINDS = 20
_TOGETHER = "\x1f"


def structure_choices() -> list[tuple[str, Any]]:
    """Return the structures that places may be attached to, and the wait."""
    known = Structure.objects.filter(holding=False).in_order().values_list("code", "name")
    return [("", _("à rattacher plus tard")), *known]


class UploadForm(forms.Form):
    """A CSV file, and how its columns are known."""

    file = forms.FileField(
        label=_("fichier CSV"),
        help_text=_("10 Mo au plus. Un classeur s’enregistre au format CSV avant d’être déposé."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
    )
    profile = forms.ChoiceField(
        label=_("correspondance des colonnes"),
        required=False,
        help_text=_("Vous pourrez la relire et la changer à l’étape suivante."),
    )
    mapping_file = forms.FileField(
        label=_("votre fichier de correspondance (TOML)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
    structure = forms.ChoiceField(label=_("structure qui emploie"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profiles = [(name, mappings.profile(name).name) for name in mappings.profile_names()]
        self.fields["profile"].choices = [
            ("", _("deviner d’après les titres")),
            *profiles,
        ]
        self.fields["structure"].choices = structure_choices()

    def clean_mapping_file(self) -> dict[str, Any]:
        """Return the content of the mapping, empty without a file."""
        upload = self.cleaned_data["mapping_file"]
        if not upload:
            return {}
        try:
            text = upload.read(LARGEST_FILE).decode("utf-8-sig")
            return mappings.content_of(mappings.mapping_text(text, file_name=upload.name))
        except UnicodeDecodeError as broken:
            raise forms.ValidationError(_("Ce fichier n’est pas du texte en UTF-8.")) from broken
        except BrokenMapping as broken:
            raise forms.ValidationError(str(broken)) from broken

    def content(self) -> bytes:
        """Return the bytes of the list, one more than allowed when it is too long."""
        return bytes(self.cleaned_data["file"].read(LARGEST_FILE + 1))

    def mapping(self, content: bytes) -> dict[str, Any]:
        """Return the mapping given, chosen, or guessed from the header. Raises UnreadableFile."""
        if given := self.cleaned_data["mapping_file"]:
            return dict(given)
        if chosen := self.cleaned_data["profile"]:
            return mappings.content_of(mappings.profile(chosen))
        return mappings.guessed(read_table(content))


class MappingForm(forms.Form):
    """Which column feeds which field, as `content` gives it back."""

    source = forms.SlugField(
        label=_("nom court de la source"),
        max_length=60,
        help_text=_(
            "Minuscules, chiffres et tirets. "
            "Le garder d’un fichier au suivant fait reconnaître les lieux."
        ),
    )
    structure = forms.ChoiceField(label=_("structure qui emploie"), required=False)
    decimal = forms.ChoiceField(
        label=_("marque décimale des coordonnées"), choices=[(".", _("point")), (",", _("virgule"))]
    )
    all_france_services = forms.BooleanField(
        label=_("tous ces lieux sont labellisés France services"), required=False
    )
    kind_constant = forms.ChoiceField(
        label=_("nature, si aucune colonne ne la donne"),
        choices=[("", "–"), *SiteKind.choices],
        required=False,
    )

    def __init__(self, data: Any, *, table: Table, mapping: dict[str, Any], structure: str) -> None:
        self.mapping = mapping
        super().__init__(data, initial=_initial(mapping, structure))
        self.fields["structure"].choices = structure_choices()
        columns = [(name, name) for name in table.columns]
        self._add_column(
            "identifier", _("identifiant dans la source"), columns, mapping.get("id", []), True
        )
        for target in ONE_COLUMN:
            given = mapping.get("columns", {}).get(target)
            self._add_column(target, mappings.LABELS[target], columns, given, target in REQUIRED)
        for day in engine.WEEKDAYS:
            self.fields[f"hours_{day}"] = forms.ChoiceField(
                label=DAY_NAMES[day], choices=[NOT_READ, *columns], required=False
            )
        given = mapping.get("columns", {}).get("opening_hours")
        hours = given if not isinstance(given, dict) else None
        self._add_column("hours_text", _("horaires dans une seule colonne"), columns, hours, False)
        self.kinds = self._add_kinds(table)

    def rows(self) -> list[Any]:
        """Return the fields that choose one column, for the screen."""
        return [self["identifier"], *(self[target] for target in ONE_COLUMN)]

    def days(self) -> list[Any]:
        """Return the fields of opening hours, for the screen."""
        return [*(self[f"hours_{day}"] for day in engine.WEEKDAYS), self["hours_text"]]

    def kind_values(self) -> list[Any]:
        """Return the fields that say what a text of the file means, for the screen."""
        return [self[name] for name in self.kinds]

    def clean(self) -> dict[str, Any]:
        """Refuse what the schema of a mapping refuses."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                mappings.mapping_of(self.content())
            except Refusal as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return cleaned

    def content(self) -> dict[str, Any]:
        """Return the mapping that the answers describe."""
        answers = self.cleaned_data
        columns: dict[str, Any] = {t: _several(answers[t]) for t in ONE_COLUMN if answers.get(t)}
        days = {d: answers[f"hours_{d}"] for d in engine.WEEKDAYS if answers.get(f"hours_{d}")}
        if days or answers.get("hours_text"):
            columns["opening_hours"] = days or _several(answers["hours_text"])
        constants = {**self.mapping.get("constants", {})}
        for target in ("kind", "france_services"):
            constants.pop(target, None)
        if "france_services" not in columns and answers["all_france_services"]:
            constants["france_services"] = True
        if "kind" not in columns and answers["kind_constant"]:
            constants["kind"] = answers["kind_constant"]
        kinds = {text: answers[name] for name, text in self.kinds.items() if answers.get(name)}
        return {
            **self.mapping,
            "source": answers["source"],
            "id": answers["identifier"].split(_TOGETHER),
            "columns": columns,
            "constants": constants,
            "values": {**self.mapping.get("values", {}), "kind": kinds},
            "decimal": answers["decimal"],
        }

    def _add_column(
        self, name: str, label: Any, columns: list[Any], given: Any, required: bool
    ) -> None:
        choices = [NOT_READ, *columns]
        joined = [given] if isinstance(given, str) else list(given or ())
        if len(joined) > 1:
            choices.append((_TOGETHER.join(joined), " + ".join(joined)))
        field = forms.ChoiceField(label=label, choices=choices, required=required)
        field.initial = _TOGETHER.join(joined)
        self.fields[name] = field

    def _add_kinds(self, table: Table) -> dict[str, str]:
        """Add a field for each text of the kind's columns; return the texts by field name."""
        chosen = self.data.get("kind") if self.is_bound else self.fields["kind"].initial
        names = [name for name in (chosen or "").split(_TOGETHER) if name in table.columns]
        if not names:
            return {}
        texts = {
            " ".join(" ".join(row.cells[name] for name in names).split()) for row in table.rows
        }
        known = self.mapping.get("values", {}).get("kind", {})
        found = {}
        for text in sorted(texts - {""})[:MANY_KINDS]:
            name = f"kind_{hashlib.sha256(text.encode()).hexdigest()[:12]}"
            self.fields[name] = forms.ChoiceField(
                label=f"«\u00a0{text}\u00a0»",
                choices=[("", _("refuser ces lignes")), *SiteKind.choices],
                initial=known.get(text) or _kind_named(text),
                required=False,
            )
            found[name] = text
        return found


def _initial(mapping: dict[str, Any], structure: str) -> dict[str, Any]:
    constants = mapping.get("constants", {})
    hours = mapping.get("columns", {}).get("opening_hours", "")
    days = {f"hours_{day}": name for day, name in hours.items()} if isinstance(hours, dict) else {}
    return {
        "source": mapping.get("source", ""),
        "structure": structure,
        "decimal": mapping.get("decimal", "."),
        "all_france_services": constants.get("france_services", False),
        "kind_constant": constants.get("kind", ""),
        **days,
    }


def _several(answer: str) -> str | list[str]:
    return answer.split(_TOGETHER) if _TOGETHER in answer else answer


def _kind_named(text: str) -> str:
    key = search_key(text)
    named = (code for code, label in SiteKind.choices if key in (code, search_key(str(label))))
    return next(named, "")
