"""A wave: n people received together in an hour, one act counted n times, in no register."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.actors import Actor
from entremise.foundation.core.identifiers import random_id
from entremise.foundation.core.periods import quarter_of_an_hour, time_of_quarter
from entremise.ground.network.models import Site
from entremise.practice.activity.engine import ActContent, RequestContent
from entremise.practice.activity.enums import Entry
from entremise.practice.activity.forms.lists import NationalLists, lists_of
from entremise.practice.activity.queries import day as days

GATHERED_AT_MOST = 500
HOUR = 4  # quarters
MIDNIGHT = 96
UNSET = [("", "—")]
TIME = {"type": "time", "step": "900"}
DAY = {"type": "date"}


class WaveForm(forms.Form):
    """How many people came, between which hours; one subject at most, and nobody's portrait."""

    act = forms.UUIDField(widget=forms.HiddenInput)
    site = forms.UUIDField(widget=forms.HiddenInput)
    signed_as = forms.UUIDField(widget=forms.HiddenInput)
    gathered = forms.IntegerField(
        label=_("passages"),
        min_value=2,
        max_value=GATHERED_AT_MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    start = forms.TimeField(label=_("entre"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    until = forms.TimeField(label=_("et"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    day = forms.DateField(label=_("jour"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    mediator = forms.ChoiceField(label=_("qui a reçu"))
    theme = forms.ChoiceField(label=_("motif commun"), required=False)
    operator = forms.ChoiceField(label=_("organisme"), required=False)
    nature = forms.ChoiceField(label=_("ce qui a été fait"), required=False)

    def __init__(
        self, posted: QueryDict | None, *, site: Site, now: datetime, initial: dict[str, Any]
    ) -> None:
        super().__init__(posted, initial=initial)
        self.now = now
        lists = lists_of(now.date())
        self.fields["mediator"].choices = mediator_choices(site, now.date())
        usual = days.usual_of(site, now.date()).themes
        self.fields["theme"].choices = theme_choices(lists, usual)
        for name, entries in (("operator", lists.operators), ("nature", lists.natures)):
            self.fields[name].choices = UNSET + [(entry.code, entry.name) for entry in entries]

    def clean_day(self) -> date:
        """Refuse a day to come."""
        return past_day(self.cleaned_data["day"], self.now.date())

    def clean(self) -> dict[str, Any]:
        """Refuse hours in the wrong order or to come; ask what an operator or an action is for."""
        cleaned = super().clean() or {}
        start, until = cleaned.get("start"), cleaned.get("until")
        if start and until and end_quarter(until) <= quarter_of_an_hour(start):
            self.add_error(
                "until", gettext("La fin vient avant le début : corrigez l’une des deux.")
            )
        if start and cleaned.get("day") == self.now.date() and start > self.now.time():
            self.add_error("start", gettext("Cette heure n’est pas encore venue."))
        if not cleaned.get("theme") and (cleaned.get("operator") or cleaned.get("nature")):
            self.add_error(
                "theme",
                gettext("Choisissez le motif, ou retirez l’organisme et ce qui a été fait."),
            )
        return cleaned

    def content(self) -> ActContent:
        """Return what was told: one act for everybody, in no register."""
        told = self.cleaned_data
        request = RequestContent(
            theme=told["theme"],
            operator=told["operator"] or None,
            nature=told["nature"] or None,
        )
        return ActContent(
            site=told["site"],
            mediator=UUID(told["mediator"]),
            day=told["day"],
            quarter=quarter_of_an_hour(told["start"]),
            until_quarter=end_quarter(told["until"]),
            gathered=told["gathered"],
            entry=Entry.WAVE,
            requests=(request,) if told["theme"] else (),
        )


def wave_form(
    site: Site, actor: Actor, *, at: datetime, posted: QueryDict | None = None
) -> WaveForm:
    """Return the form: the hour that has just gone by for a new wave, bound when posted."""
    now = at.astimezone(ZoneInfo(site.time_zone))
    until = max(quarter_of_an_hour(now), 1)
    initial = signed_fields(site, actor) | {
        "day": now.date(),
        "start": time_of_quarter(max(until - HOUR, 0)),
        "until": time_of_quarter(until),
    }
    return WaveForm(posted, site=site, now=now, initial=initial)


def signed_fields(site: Site, actor: Actor) -> dict[str, Any]:
    """Return the initial values that name the act, where, under which account and for whom."""
    own = next((d.membership_id for d in actor.duties if d.site_id in (None, site.pk)), "")
    return {
        "act": random_id(),
        "site": site.pk,
        "signed_as": actor.user.pk,
        "mediator": str(own),
    }


def mediator_choices(site: Site, day: date) -> list[tuple[str, str]]:
    """Return who may receive at the site that day."""
    return [(str(member.pk), str(member.user)) for member in days.desk_team(site, day)]


def theme_choices(lists: NationalLists, usual: list[str]) -> list[Any]:
    """Return the national themes by family, those that the site meets most first."""
    names = {theme.code: theme.name for theme in lists.themes}
    first = [(code, names[code]) for code in usual if code in names]
    families = [
        (group.theme.name, [(t.code, t.name) for t in (group.theme, *group.children)])
        for group in lists.families
    ]
    return UNSET + ([(_("les plus fréquents ici"), first)] if first else []) + families


def past_day(day: date, today: date) -> date:
    """Return the day. Raises ValidationError for a day to come."""
    if day > today:
        raise forms.ValidationError(gettext("Ce jour n’est pas encore venu."))
    return day


def end_quarter(moment: time) -> int:
    """Return the quarter at which a wave ends, not in it: a quarter begun is whole, and midnight
    ends the day.
    """
    begun = moment.minute % 15 or moment.second
    return quarter_of_an_hour(moment) + bool(begun) or MIDNIGHT
