"""The filters of the list of acts, kept in the URL."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entremise.foundation.core.periods import Period, day_period, month_period
from entremise.ground.network.models import Site
from entremise.practice.activity.enums import Frame, Kind, Mode
from entremise.practice.activity.forms.lists import lists_of
from entremise.practice.activity.queries.acts import ActFilters

ANY = ("", _("tous"))
PERIODS = [
    ("today", _("aujourd’hui")),
    ("week", _("7 derniers jours")),
    ("month", _("ce mois")),
    ("quarter", _("90 derniers jours")),
    ("year", _("12 derniers mois")),
    ("dates", _("deux dates")),
]


class ActFilterForm(forms.Form):
    """What narrows the list; the period defaults to the last seven days."""

    words = forms.CharField(
        label=_("Chercher un motif, un organisme"), required=False, widget=forms.SearchInput
    )
    period = forms.ChoiceField(label=_("Période"), choices=PERIODS, required=False)
    since = forms.DateField(
        label=_("Du"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Au"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    site = forms.ChoiceField(label=_("Point d’accueil"), required=False)
    kind = forms.ChoiceField(
        label=_("Nature de l’acte"), choices=[ANY, *Kind.choices], required=False
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=[ANY, *Mode.choices], required=False)
    theme = forms.ChoiceField(label=_("Motif"), required=False)
    operator = forms.ChoiceField(label=_("Organisme"), required=False)
    outcome = forms.ChoiceField(label=_("Issue"), required=False)
    frame = forms.ChoiceField(label=_("Cadre"), choices=[ANY, *Frame.choices], required=False)
    register = forms.ChoiceField(
        label=_("Registre"), required=False,
        choices=[ANY, ("none", _("aucun registre")), ("3", _("registre 3"))],
    )  # fmt: skip

    def __init__(self, told: QueryDict, *, sites: list[Site], today: date, **kwargs: Any) -> None:
        super().__init__({"period": self.default_period(told), **told.dict()}, **kwargs)
        self.today, lists = today, lists_of(today)
        self.fields["site"].choices = [ANY] + [(str(site.pk), site.name) for site in sites]
        self.fields["theme"].choices = [ANY] + [
            (group.theme.name, [(t.code, t.name) for t in (group.theme, *group.children)])
            for group in lists.families
        ]
        for name, entries in (
            ("operator", lists.operators),
            ("outcome", lists.outcomes),
        ):
            self.fields[name].choices = [ANY] + [(e.code, e.name) for e in entries]
        if len(sites) < 2:
            del self.fields["site"]

    @staticmethod
    def default_period(told: QueryDict) -> str:
        """Return the period shown when none was chosen: two dates as soon as one is given."""
        return "dates" if told.get("since") or told.get("until") else "week"

    def clean(self) -> dict[str, Any]:
        """Refuse dates in the wrong order."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error(
                "until", gettext("La fin vient avant le début : échangez les deux dates.")
            )
        return cleaned

    def filters(self) -> ActFilters:
        """Return the filters that hold; a wrong one is left out and its error shown."""
        told = getattr(self, "cleaned_data", {})
        names = ("kind", "mode", "theme", "operator", "outcome", "frame", "register", "words")
        return ActFilters(
            period=self._period(told),
            site=told.get("site") or None,
            **{name: told.get(name) or "" for name in names},
        )

    def _period(self, told: dict[str, Any]) -> Period:
        tomorrow = self.today + timedelta(days=1)
        chosen = told.get("period") or "week"
        if chosen == "today":
            return day_period(self.today)
        if chosen == "month":
            return month_period(self.today)
        if chosen == "dates" and not self.errors:
            until = (told.get("until") or self.today) + timedelta(days=1)
            since = told.get("since") or until - timedelta(days=366)
            return Period(since, until)
        days = {"week": 7, "quarter": 90, "year": 365}.get(chosen, 7)
        return Period(tomorrow - timedelta(days=days), tomorrow)
