"""What narrows the lists of the network, kept in the URL; an unreadable answer narrows nothing."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.actors import Actor
from entremise.foundation.journal.verbs import named_verbs
from entremise.ground.network.enums import Role, SiteKind, SiteState
from entremise.ground.network.forms.fields import DAY_WIDGET
from entremise.ground.network.queries import directory, members

SEARCH_WIDGET = forms.TextInput(attrs={"type": "search"})


class SiteFilters(forms.Form):
    """The directory and the map."""

    q = forms.CharField(label=_("rechercher"), required=False, max_length=80, widget=SEARCH_WIDGET)
    kind = forms.ChoiceField(label=_("nature"), required=False)
    state = forms.ChoiceField(label=_("état"), required=False)
    departement = forms.ChoiceField(label=_("département"), required=False)
    structure = forms.ChoiceField(label=_("structure"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("toutes")), *SiteKind.choices]
        self.fields["state"].choices = [
            (directory.LIVING, _("sauf fermés")),
            *SiteState.choices,
            (directory.ALL, _("tous")),
        ]
        places = [
            (one.code, f"{one.code} {one.name}") for one in directory.departements_with_sites()
        ]
        self.fields["departement"].choices = [("", _("tous")), *places]
        structures = directory.structure_choices(actor)
        self.fields["structure"].choices = [("", _("toutes")), *structures]

    def search(self) -> directory.SiteSearch:
        """Return what was asked and could be read."""
        self.is_valid()
        asked = self.cleaned_data
        return directory.SiteSearch(
            text=asked.get("q", ""),
            kind=asked.get("kind", ""),
            state=asked.get("state", ""),
            departement=asked.get("departement", ""),
            structure=asked.get("structure") or None,
        )


class StructureFilters(forms.Form):
    """The list of structures."""

    q = forms.CharField(label=_("rechercher"), required=False, max_length=80, widget=SEARCH_WIDGET)

    def text(self) -> str:
        """Return the words searched."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))


class MemberFilters(forms.Form):
    """The list of people."""

    q = forms.CharField(label=_("rechercher"), required=False, max_length=80, widget=SEARCH_WIDGET)
    structure = forms.ChoiceField(label=_("structure"), required=False)
    role = forms.ChoiceField(label=_("rôle"), required=False)
    state = forms.ChoiceField(label=_("état"), required=False)

    def __init__(self, *args: Any, structures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(structures) > 1:
            self.fields["structure"].choices = [("", _("toutes")), *structures]
        else:
            del self.fields["structure"]
        self.fields["role"].choices = [("", _("tous")), *Role.choices]
        self.fields["state"].choices = [
            (members.CURRENT, _("en cours et à venir")),
            (members.ENDED, _("terminés")),
            (members.ALL, _("tous")),
        ]

    def search(self) -> members.MemberSearch:
        """Return what was asked and could be read."""
        self.is_valid()
        asked = self.cleaned_data
        return members.MemberSearch(
            text=asked.get("q", ""),
            structure=asked.get("structure") or None,
            role=asked.get("role", ""),
            state=asked.get("state", ""),
        )


class JournalFilters(forms.Form):
    """The journal of decisions."""

    verb_code = forms.ChoiceField(label=_("décision"), required=False)
    last_day = forms.DateField(label=_("jusqu’au"), required=False, widget=DAY_WIDGET)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb_code"].choices = [("", _("toutes")), *named_verbs()]

    def verb(self) -> str:
        """Return the code of the verb asked for, empty for all."""
        self.is_valid()
        return str(self.cleaned_data.get("verb_code", ""))

    def until(self, today: date) -> date:
        """Return the last day to show: the one asked for, else today."""
        self.is_valid()
        return self.cleaned_data.get("last_day") or today
