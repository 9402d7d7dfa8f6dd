"""What a page of figures is narrowed to, kept in the URL: a period, a place, a past day."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entremise.foundation.core.periods import Period, day_period, month_period
from entremise.ground.network.models import Site, Structure
from entremise.insight.statistics.engine import Scope, first_of_next_month

PERIODS = [
    ("today", _("aujourd’hui")),
    ("week", _("7 derniers jours")),
    ("month", _("ce mois")),
    ("quarter", _("ce trimestre")),
    ("year", _("cette année")),
    ("rolling", _("12 derniers mois")),
    ("dates", _("deux dates")),
]
MONTHS_BACK = 24
EVERYWHERE = ("", _("tous"))
DAY = forms.DateInput(attrs={"type": "date"})


def months_before(today: date) -> list[tuple[str, str]]:
    """Return the months before this one as choices, the latest first."""
    choices, month = [], today.replace(day=1)
    for _rank in range(MONTHS_BACK):
        month = (month - timedelta(days=1)).replace(day=1)
        choices.append((f"{month:%Y-%m}", date_format(month, "F Y")))
    return choices


class PlaceForm(forms.Form):
    """A place among those of a scope: a structure where there are several, then a site."""

    structure = forms.ChoiceField(label=_("structure"), required=False)
    site = forms.ChoiceField(label=_("point d’accueil"), required=False)

    def __init__(self, told: dict[str, Any], *, scope: Scope, today: date) -> None:
        super().__init__(told)
        self.scope, self.today = scope, today
        self._offer_structures()
        self._offer_sites()

    def _offer_structures(self) -> None:
        if self.scope.structures is not None:
            del self.fields["structure"]
            return
        found = Structure.objects.filter(holding=False).in_order().values_list("pk", "name")
        self.fields["structure"].choices = [
            ("", _("toutes")), *((str(pk), name) for pk, name in found)
        ]  # fmt: skip

    def _offer_sites(self) -> None:
        structures = self.scope.structures
        if structures is None:  # the network's list would weigh more than its figures
            chosen = self._chosen_structure()
            structures = frozenset({chosen} if chosen else ())
        sites = Site.objects.filter(structure__in=structures).in_order()
        if self.scope.sites is not None:
            sites = sites.filter(pk__in=self.scope.sites)
        found = [(str(pk), name) for pk, name in sites.values_list("pk", "name")]
        self.fields["site"].choices = [EVERYWHERE, *found]
        if len(found) < 2:
            del self.fields["site"]

    def _chosen_structure(self) -> UUID | None:
        chosen = str(self.data.get("structure") or "")
        offered = {code for code, _name in self.fields["structure"].choices if code}
        return UUID(chosen) if chosen in offered else None

    def place(self) -> Scope:
        """Return the place chosen, never wider than the scope; a wrong choice narrows nothing."""
        told = getattr(self, "cleaned_data", {})
        return self.scope.within(
            structure=UUID(told["structure"]) if told.get("structure") else None,
            site=UUID(told["site"]) if told.get("site") else None,
        )


class FigureForm(PlaceForm):
    """The filters of the figures; the period defaults to the current month."""

    period = forms.ChoiceField(label=_("période"), required=False)
    since = forms.DateField(label=_("du"), required=False, widget=DAY)
    until = forms.DateField(label=_("au"), required=False, widget=DAY)
    as_of = forms.DateField(label=_("tels que connus le"), required=False, widget=DAY)
    field_order = ("period", "since", "until", "structure", "site", "as_of")

    def __init__(self, told: QueryDict, *, scope: Scope, today: date) -> None:
        dated = told.get("since") or told.get("until")
        super().__init__(
            {"period": "dates" if dated else "month", **told.dict()}, scope=scope, today=today
        )
        self.fields["period"].choices = [*PERIODS, (_("un mois"), months_before(today))]

    def clean(self) -> dict[str, Any]:
        """Refuse dates in the wrong order, and a day of knowledge that is still to come."""
        cleaned = super().clean() or {}
        since, until, as_of = (cleaned.get(name) for name in ("since", "until", "as_of"))
        if since and until and until < since:
            self.add_error(
                "until", gettext("La fin vient avant le début : échangez les deux dates.")
            )
        if as_of and as_of > self.today:
            self.add_error("as_of", gettext("Ce jour n’est pas encore venu."))
        return cleaned

    def as_of_day(self) -> date | None:
        """Return the past day whose knowledge is asked for; None for what is known now."""
        return getattr(self, "cleaned_data", {}).get("as_of")

    def asked_period(self) -> Period:
        """Return the period; a wrong date gives the current month, its error shown."""
        told, today = getattr(self, "cleaned_data", {}), self.today
        tomorrow = today + timedelta(days=1)
        chosen = told.get("period") or "month"
        if chosen == "dates":
            if {"since", "until"} & set(self.errors):
                return month_period(today)
            until = (told.get("until") or max(today, told.get("since") or today)) + timedelta(
                days=1
            )
            return Period(told.get("since") or until - timedelta(days=366), until)
        if chosen[:4].isdigit():
            return month_period(date.fromisoformat(f"{chosen}-01"))
        return {
            "today": lambda: day_period(today),
            "week": lambda: Period(tomorrow - timedelta(days=7), tomorrow),
            "month": lambda: month_period(today),
            "quarter": lambda: quarter_period(today),
            "year": lambda: Period(date(today.year, 1, 1), date(today.year + 1, 1, 1)),
            "rolling": lambda: rolling_year(today),
        }[chosen]()


def quarter_period(day: date) -> Period:
    """Return the calendar quarter that holds the day."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(first, first_of_next_month(first_of_next_month(first_of_next_month(first))))


def rolling_year(day: date) -> Period:
    """Return the twelve calendar months of which the day's is the last."""
    end = first_of_next_month(day)
    return Period(end.replace(year=end.year - 1), end)


class FranceServicesForm(PlaceForm):
    """A day or a month, and a place, for the table of the national tool."""

    period = forms.ChoiceField(
        label=_("période"), required=False, choices=[("day", _("un jour")), ("month", _("un mois"))]
    )
    day = forms.DateField(label=_("jour, ou un jour du mois"), required=False, widget=DAY)
    field_order = ("period", "day", "structure", "site")

    def __init__(self, told: QueryDict, *, scope: Scope, today: date) -> None:
        super().__init__(
            {"period": "day", "day": today.isoformat(), **told.dict()}, scope=scope, today=today
        )

    def asked_period(self) -> Period:
        """Return the day or its month; today when the date cannot be read."""
        told = getattr(self, "cleaned_data", {})
        day = told.get("day") or self.today
        return month_period(day) if told.get("period") == "month" else day_period(day)
