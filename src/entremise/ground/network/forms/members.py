"""Inviting someone, and ending a role."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.foundation.accounts.models import User
from entremise.ground.network.enums import Scope, Status
from entremise.ground.network.forms import fields as typed
from entremise.ground.network.models import Site, Structure
from entremise.ground.network.operations.memberships import Newcomer
from entremise.ground.network.roles import ROLES, RoleDescription


class InvitationForm(forms.Form):
    """Who, in which role, where and for how long."""

    email = forms.EmailField(label=gettext_lazy("adresse électronique"))
    full_name = forms.CharField(
        label=gettext_lazy("prénom et nom"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Si la personne n’a pas encore de compte."),
    )
    username = forms.CharField(
        label=gettext_lazy("nom de compte"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Si la personne n’a pas encore de compte. Exemple : a.martin"),
    )
    role = forms.ChoiceField(label=gettext_lazy("rôle"))
    status = forms.ChoiceField(
        label=gettext_lazy("statut"), choices=Status.choices, initial=Status.MEDIATOR
    )
    structure = forms.ModelChoiceField(
        Structure.objects.none(), label=gettext_lazy("structure"), required=False
    )
    site = forms.ModelChoiceField(
        Site.objects.none(),
        label=gettext_lazy("point d’accueil"),
        required=False,
        empty_label=gettext_lazy("tous ceux de la structure"),
    )
    starts_on = typed.day_field(gettext_lazy("à partir du"))
    last_day = typed.day_field(
        gettext_lazy("dernier jour"),
        required=False,
        help_text=gettext_lazy("Vide : sans fin prévue."),
    )

    def __init__(
        self, *args: Any, structures: list[Structure], structure: Structure | None,
        anywhere: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        ids = [one.pk for one in structures]
        place: Any = self.fields["structure"]
        place.queryset = Structure.objects.filter(pk__in=ids).in_order()
        place.empty_label = _("le réseau entier") if anywhere else None
        place.initial = structure
        place.required = not anywhere
        sites: Any = self.fields["site"]
        if structure is None:
            del self.fields["site"]
            place.help_text = _(
                "Pour un point d’accueil précis, partez de la page de la structure."
            )
        else:
            sites.queryset = Site.objects.living().filter(structure=structure).in_order()
        self.anywhere = anywhere
        offered = [(one.role.value, one.role.label) for one in self.roles_offered()]
        self.fields["role"].choices = offered

    def roles_offered(self) -> list[RoleDescription]:
        """Return the roles that may be given here, each with what it is for."""
        every = ROLES.values()
        return [one for one in every if self.anywhere or one.scope != Scope.NETWORK]

    def clean_username(self) -> str:
        """Refuse a name that is taken, or that cannot be one."""
        name = str(self.cleaned_data["username"])
        if name:
            User._meta.get_field("username").run_validators(name)
            if User.objects.filter(username__iexact=name).exists():
                raise ValidationError(_("Ce nom de compte est déjà pris."))
        return name

    def clean(self) -> dict[str, Any]:
        """Ask for a name and an account when the address has none; put the dates in order."""
        cleaned = super().clean() or {}
        email = cleaned.get("email", "")
        if email and not User.objects.filter(email__iexact=email).exists():
            for name in ("full_name", "username"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(
                        name, _("Cette adresse n’a pas de compte : complétez pour en ouvrir un.")
                    )
        start, last = cleaned.get("starts_on"), cleaned.get("last_day")
        if start and last and last < start:
            self.add_error("last_day", _("Le dernier jour vient avant le premier."))
        return cleaned

    def newcomer(self) -> Newcomer:
        """Return who is invited."""
        asked = self.cleaned_data
        return Newcomer(asked["email"], asked["full_name"], asked["username"])


class EndForm(forms.Form):
    """When a role ends."""

    last_day = typed.day_field(
        gettext_lazy("dernier jour"),
        required=False,
        help_text=gettext_lazy("Vide : le rôle prend fin tout de suite."),
    )
