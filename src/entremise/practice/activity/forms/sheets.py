"""The tally sheet: its hours and its rows, and the table that takes it in after the outage."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.actors import Actor
from entremise.ground.network import engine as opening
from entremise.ground.network.models import Site
from entremise.ground.reference.models import Theme
from entremise.practice.activity.engine import ActContent, RequestContent
from entremise.practice.activity.enums import Entry
from entremise.practice.activity.forms.lists import lists_of
from entremise.practice.activity.forms.requests import FIRST_THEMES
from entremise.practice.activity.forms.waves import (
    mediator_choices,
    past_day,
    signed_fields,
    theme_choices,
)
from entremise.practice.activity.queries import day as days

VISITS_AT_MOST = 200
PRINTED_THEMES, BLANK_ROWS, ROWS_AT_MOST = 10, 3, 30
FIRST_HOUR, END_HOUR, COLUMNS_AT_MOST = 9, 17, 11
IN_A_CELL = 99


def hours_of(site: Site) -> list[int]:
    """Return the hour at which each column starts: those of the site's week, 9 h to 17 h at least;
    blocks of two hours when the week is too long for the paper.
    """
    hours = list(range(FIRST_HOUR, END_HOUR))
    for slot in _week_slots(site):
        hours += range(slot.start // 60, -(-slot.end // 60))
    first, end = min(hours), max(hours) + 1
    return list(range(first, end, 1 if end - first <= COLUMNS_AT_MOST else 2))


def _week_slots(site: Site) -> list[opening.Slot]:
    monday = opening.REFERENCE_MONDAY
    try:
        return [
            slot
            for rank in range(7 if site.opening_hours else 0)
            for slot in opening.slots_on(site.opening_hours, monday + timedelta(days=rank))
        ]
    except opening.BrokenHours:
        return []


def usual_themes(site: Site, day: date) -> list[Theme]:
    """Return the themes printed on the sheet: what the site meets most, then the common ones."""
    by_code = {theme.code: theme for theme in lists_of(day).themes}
    codes = dict.fromkeys([*days.usual_of(site, day).themes, *FIRST_THEMES])
    return [by_code[code] for code in codes if code in by_code][:PRINTED_THEMES]


class SheetRowForm(forms.Form):
    """One theme of the sheet and how many visits each block of hours held."""

    theme = forms.ChoiceField(label=_("motif"), required=False)

    def __init__(self, *args: Any, hours: list[int], choices: list[Any], **kwargs: Any) -> None:
        self.is_printed = kwargs.pop("is_printed", False)
        super().__init__(*args, **kwargs)
        self.hours = hours
        self.fields["theme"].choices = choices
        boxes = forms.NumberInput(attrs={"inputmode": "numeric"})
        for hour in hours:
            self.fields[f"h{hour}"] = forms.IntegerField(
                label=gettext("visites à %(hour)d h") % {"hour": hour},
                required=False,
                min_value=0,
                max_value=IN_A_CELL,
                widget=boxes,
            )

    @property
    def cells(self) -> list[tuple[int, Any]]:
        """Each block's first hour with its field."""
        return [(hour, self[f"h{hour}"]) for hour in self.hours]

    def clean(self) -> dict[str, Any]:
        """Ask for the theme of a row that counts visits."""
        cleaned = super().clean() or {}
        if not cleaned.get("theme") and any(cleaned.get(f"h{hour}") for hour in self.hours):
            self.add_error("theme", gettext("Choisissez le motif de cette ligne."))
        return cleaned

    @property
    def visits(self) -> list[tuple[str, int]]:
        """The theme and the hour of each visit of the row, in order."""
        told = self.cleaned_data
        return [
            (told["theme"], hour) for hour in self.hours for _each in range(told[f"h{hour}"] or 0)
        ]

    @property
    def theme_name(self) -> str:
        """The name of the theme chosen, for a row that shows it as text."""
        for value, label in self.fields["theme"].choices:
            named = dict(label) if isinstance(label, list) else {value: label}
            if (chosen := self["theme"].value()) in named:
                return str(named[chosen]) if chosen else ""
        return ""


class SheetForm(forms.Form):
    """A sheet: its day, who received, its rows. `act` is the sheet's own identifier, under the
    name that the desk's script keeps when the back button is used.
    """

    act = forms.UUIDField(widget=forms.HiddenInput)
    site = forms.UUIDField(widget=forms.HiddenInput)
    signed_as = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("jour de la feuille"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    mediator = forms.ChoiceField(label=_("qui a reçu"))

    def __init__(
        self, posted: QueryDict | None, *, site: Site, now: datetime, initial: dict[str, Any]
    ) -> None:
        super().__init__(posted, initial=initial)
        today = now.date()
        self.now = now
        self.fields["mediator"].choices = mediator_choices(site, today)
        themes = usual_themes(site, today)
        self.hours = _posted_hours(posted) or hours_of(site)
        self.printed = _posted_count(posted, "printed", len(themes))
        count = _posted_count(posted, "rows", len(themes) + BLANK_ROWS)
        if posted is not None and "add_row" in posted:
            count = min(count + 1, ROWS_AT_MOST)
        codes = [theme.code for theme in themes]
        choices = theme_choices(lists_of(today), codes)
        self.rows = [
            SheetRowForm(
                posted,
                prefix=f"v{rank}",
                hours=self.hours,
                choices=choices,
                is_printed=rank < self.printed,
                initial={"theme": codes[rank] if rank < len(codes) else ""},
            )
            for rank in range(count)
        ]

    @property
    def may_add(self) -> bool:
        """True while another row fits."""
        return len(self.rows) < ROWS_AT_MOST

    @property
    def hours_told(self) -> str:
        """The columns of this form, sent back with it: what is typed never changes column."""
        return ",".join(map(str, self.hours))

    @property
    def columns(self) -> list[tuple[int, int]]:
        """The first and the end hour of each column."""
        return columns_of(self.hours)

    def is_valid(self) -> bool:
        """True when the sheet and every row hold; all are checked, to show all errors."""
        valid = [forms.Form.is_valid(part) for part in (self, *self.rows)]
        return all(valid) and self._counts_visits()

    def clean_day(self) -> date:
        """Refuse a day to come."""
        return past_day(self.cleaned_data["day"], self.now.date())

    def _counts_visits(self) -> bool:
        visits = [visit for row in self.rows for visit in row.visits]
        if not visits:
            self.add_error(None, gettext("Notez au moins une visite dans le tableau."))
        elif len(visits) > VISITS_AT_MOST:
            sentence = gettext(
                "Une feuille compte %(most)d visites au plus, celle-ci en compte %(count)d :"
                " saisissez-la en deux fois."
            )
            self.add_error(None, sentence % {"most": VISITS_AT_MOST, "count": len(visits)})
        elif (
            self.cleaned_data["day"] == self.now.date()
            and max(hour for _theme, hour in visits) > self.now.hour
        ):
            self.add_error(
                None, gettext("Des visites sont notées à une heure qui n’est pas venue.")
            )
        return not self.errors

    @property
    def total(self) -> int:
        """How many visits the sheet counts."""
        return sum(len(row.visits) for row in self.rows)

    @property
    def summary(self) -> list[tuple[str, int]]:
        """How many visits each theme counts, rows left empty aside."""
        return [(row.theme_name, len(row.visits)) for row in self.rows if row.visits]

    @property
    def confirmation(self) -> str:
        """What the button of the second step does."""
        told = ngettext(
            "Enregistrer %(count)d accueil", "Enregistrer %(count)d accueils", self.total
        )
        return told % {"count": self.total}

    def visits(self) -> list[ActContent]:
        """Return one act for each visit, at the start of its block of hours."""
        told = self.cleaned_data
        return [
            ActContent(
                site=told["site"],
                mediator=UUID(told["mediator"]),
                day=told["day"],
                quarter=hour * 4,
                entry=Entry.SHEET,
                requests=(RequestContent(theme=theme),),
            )
            for row in self.rows
            for theme, hour in row.visits
        ]


def columns_of(hours: list[int]) -> list[tuple[int, int]]:
    """Return the first and the end hour of each block."""
    width = hours[1] - hours[0] if len(hours) > 1 else 1
    return [(hour, hour + width) for hour in hours]


def _posted_hours(posted: QueryDict | None) -> list[int]:
    told = posted.get("hours", "").split(",") if posted is not None else []
    hours = [int(hour) for hour in told if hour.isdecimal() and int(hour) < 24]
    return sorted(set(hours))[:24]


def _posted_count(posted: QueryDict | None, name: str, usual: int) -> int:
    told = posted.get(name, "") if posted is not None else ""
    return min(int(told), ROWS_AT_MOST) if told.isdecimal() else usual


def sheet_form(
    site: Site, actor: Actor, *, at: datetime, posted: QueryDict | None = None
) -> SheetForm:
    """Return the form of a sheet: today's by default, bound when posted."""
    now = at.astimezone(ZoneInfo(site.time_zone))
    return SheetForm(
        posted, site=site, now=now, initial=signed_fields(site, actor) | {"day": now.date()}
    )
