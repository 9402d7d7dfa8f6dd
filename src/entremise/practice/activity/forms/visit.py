"""The desk's form: one visit with its requests and its public; typed things are never lost."""

from datetime import date, time
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entremise.foundation.core.french import search_key
from entremise.foundation.core.periods import quarter_of_an_hour, time_of_quarter
from entremise.foundation.guard.forms import GuardedNote
from entremise.ground.network.enums import Module
from entremise.ground.network.models import Membership, Site
from entremise.ground.reference import queries as reference
from entremise.ground.reference.models import Commune
from entremise.practice.activity import engine
from entremise.practice.activity.engine import ActContent
from entremise.practice.activity.enums import (
    AT_A_DISTANCE,
    WITHOUT_REQUEST,
    Answer,
    Autonomy,
    Basis,
    Kind,
    Mandate,
    Mode,
    Motive,
    Origin,
    Presence,
)
from entremise.practice.activity.forms.lists import lists_of
from entremise.practice.activity.forms.public import GridForm, LineForm, cell_of
from entremise.practice.activity.forms.requests import RequestForm, request_initial
from entremise.practice.activity.queries.day import Usual

REQUESTS_AT_MOST = 6
PARTICIPANT_LINES = 4
MINUTES = [
    (str(m), label) for m, label in ((5, "5 min"), (15, "15 min"), (30, "30 min"), (60, "1 h"))
]
UNSET = [("", "—")]


class VisitForm(GuardedNote):
    """Everything about a visit but its requests and participants, which are forms of their own."""

    act = forms.UUIDField(widget=forms.HiddenInput)
    site = forms.UUIDField(widget=forms.HiddenInput)
    signed_as = forms.UUIDField(widget=forms.HiddenInput)
    mediator = forms.ChoiceField(label=_("qui reçoit"))
    second_mediator = forms.ChoiceField(label=_("en binôme avec"), required=False)
    kind = forms.ChoiceField(
        label=_("nature de l’acte"), choices=Kind.choices, widget=forms.RadioSelect
    )
    mode = forms.ChoiceField(
        label=_("mode de contact"), choices=Mode.choices, widget=forms.RadioSelect
    )
    day = forms.DateField(
        label=_("jour"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    start = forms.TimeField(
        label=_("heure, au quart d’heure"),
        widget=forms.TimeInput(attrs={"type": "time", "step": "900"}, format="%H:%M"),
    )
    stop = forms.ChoiceField(label=_("arrêt du bus"), required=False)
    place_commune = forms.CharField(
        label=_("commune, si c’est ailleurs"), required=False, max_length=80
    )
    minutes = forms.ChoiceField(
        label=_("durée"), choices=MINUTES, widget=forms.RadioSelect, required=False
    )
    minutes_exact = forms.IntegerField(
        label=_("ou en minutes"), required=False, min_value=1, max_value=1440
    )
    origin = forms.ChoiceField(
        label=_("origine"), choices=Origin.choices, widget=forms.RadioSelect, required=False
    )
    no_register = forms.BooleanField(label=_("laisser sans registre"), required=False)
    basis = forms.ChoiceField(
        label=_("public déclaré ou estimé"), widget=forms.RadioSelect, required=False,
        choices=Basis.choices,
    )  # fmt: skip
    presence = forms.MultipleChoiceField(
        label=_("qui est présent"),
        choices=Presence.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    first_visit = forms.ChoiceField(
        label=_("première venue"), widget=forms.RadioSelect, required=False,
        choices=[c for c in Answer.choices if c[0] != Answer.UNKNOWN],
    )  # fmt: skip
    commune = forms.CharField(
        label=_("commune de résidence"), required=False, max_length=80,
        help_text=_("Un nom ou un code INSEE, tel que la personne le dit."),
    )  # fmt: skip
    commune_answer = forms.ChoiceField(
        label=_("ou"), widget=forms.RadioSelect, required=False,
        choices=[(a.value, a.label) for a in (Answer.UNKNOWN, Answer.UNDISCLOSED)],
    )  # fmt: skip
    qpv_answer = forms.ChoiceField(
        label=_("quartier prioritaire"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    qpv = forms.ChoiceField(label=_("lequel"), required=False)
    autonomy = forms.ChoiceField(
        label=_("autonomie"), choices=Autonomy.choices, widget=forms.RadioSelect, required=False
    )
    mandate = forms.ChoiceField(
        label=_("mandat"), choices=Mandate.choices, widget=forms.RadioSelect, required=False,
        help_text=_("Quand quelque chose est fait pour la personne. Jamais de référence ici."),
    )  # fmt: skip
    mandate_until = forms.DateField(
        label=_("terme du mandat Aidants Connect"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    motive = forms.ChoiceField(
        label=_("motif de la correction"), choices=Motive.choices, widget=forms.RadioSelect,
        help_text=_("Cette journée a été relue : dites pourquoi l’accueil change."),
    )  # fmt: skip

    def __init__(
        self,
        posted: QueryDict | None = None,
        *,
        site: Site,
        team: list[Membership],
        today: date,
        usual: Usual,
        tags: list[Any],
        initial: dict[str, Any] | None = None,
        content: ActContent | None = None,
        needs_motive: bool = False,
        shows_note: bool = True,
    ) -> None:
        super().__init__(posted, initial=initial)
        self.place, self.today, self.team = site, today, team
        names = [(str(member.pk), str(member.user)) for member in team]
        self.fields["mediator"].choices = names
        self.fields["second_mediator"].choices = UNSET + names
        stops = []
        if Module.MOBILE in site.structure.modules:
            running = Q(valid_until=None) | Q(valid_until__gt=today)
            running |= Q(pk=content.stop if content else None)
            served = site.stops.filter(running).select_related("commune")
            stops = list(served.order_by("position", "label"))
        self.fields["stop"].choices = UNSET + [
            (str(s.pk), f"{s.label} · {s.commune.name}") for s in stops
        ]
        if not stops:
            del self.fields["stop"]
        qpvs = list(reference.qpvs_of(site.commune, today))
        self.fields["qpv"].choices = UNSET + [(q.code, q.name) for q in qpvs]
        if not qpvs:
            del self.fields["qpv"]
        self.lists = lists_of(today)
        if not needs_motive:
            del self.fields["motive"]
        if not shows_note:
            del self.fields["note"], self.fields["note_reason"]
        known = content.requests if content else ()
        count = self._request_count(posted, len(known))
        self.requests = [
            RequestForm(posted, prefix=f"r{n}", lists=self.lists, usual=usual, tags=tags)
            for n in range(count)
        ]
        for form, request in zip(self.requests, known, strict=False):
            form.initial = request_initial(request)
        first, *others = content.participants if content and content.participants else (None,)
        bands = self.lists.bands
        told = {"cell": cell_of(first), "count": first.count} if first else None
        self.public = GridForm(posted, prefix="p0", bands=bands, initial=told)
        self.lines = [
            LineForm(
                posted,
                prefix=f"p{n}",
                bands=bands,
                initial={"sex": g.sex, "band": g.band, "count": g.count} if g else None,
            )
            for n, g in zip_longest(range(1, PARTICIPANT_LINES), others[: PARTICIPANT_LINES - 1])
        ]

    def _request_count(self, posted: QueryDict | None, known: int) -> int:
        count = max(known, 1)
        if posted is not None:
            told = posted.get("requests", "1")
            count = int(told) if told.isascii() and told.isdigit() else 1
            count += 1 if "add_request" in posted else 0
        return min(max(count, 1), REQUESTS_AT_MOST)

    @property
    def may_add(self) -> bool:
        """True while another request fits on the form."""
        return len(self.requests) < REQUESTS_AT_MOST

    @property
    def every_part(self) -> list[forms.Form]:
        """The form and its parts, for the summary of errors."""
        return [self, *self.requests, self.public, *self.lines]

    @property
    def several(self) -> bool:
        """True when the form shows more than one request."""
        return len(self.requests) > 1

    @property
    def surroundings_are_told(self) -> bool:
        """True when something was told about where the person comes from or under which mandate,
        so that its part stays open.
        """
        names = ("presence", "basis", "first_visit", "commune", "commune_answer", "qpv_answer",
                 "autonomy", "mandate")  # fmt: skip
        return any(self[name].value() or self.errors.get(name) for name in names)

    @property
    def has_note(self) -> bool:
        """True when a note is written or refused, so that its part stays open."""
        return bool(self["note"].value() or self.errors.get("note"))

    @property
    def are_several(self) -> bool:
        """True when more than one person was told."""
        return self.public.are_several or any(line.is_told for line in self.lines)

    @property
    def is_unusual(self) -> bool:
        """True when the act is not a plain visit, so that its part stays open."""
        return self["kind"].value() != Kind.RECEPTION or any(
            name in self.errors for name in ("day", "start", "mediator", "place_commune", "stop")
        )

    @property
    def usual_summary(self) -> str:
        """What carries over, said beside the closed part."""
        modes = dict(Mode.choices)
        names = dict(self.fields["mediator"].choices)
        mediator = names.get(str(self["mediator"].value()), "")
        return " · ".join(filter(None, (mediator, str(modes.get(self["mode"].value(), "")))))

    def is_valid(self) -> bool:
        """True when the visit and all its parts hold; every part is checked, to show all errors."""
        valid = [forms.Form.is_valid(part) for part in self.every_part]
        return all(valid) and self._tells_a_motive()

    def clean_commune(self) -> Commune | None:
        """Find the commune that was named. Asks again when several carry the name."""
        return self._commune("commune")

    def clean_place_commune(self) -> Commune | None:
        """Find the commune where it took place."""
        return self._commune("place_commune")

    def _commune(self, name: str) -> Commune | None:
        text = (self.cleaned_data.get(name) or "").strip()
        if not text:
            return None
        found = reference.communes_matching(text, 8)
        exact = [
            c for c in found if text.upper() == c.code or search_key(text) == search_key(c.name)
        ]
        near = [c for c in exact if c.departement_id == self.place.commune.departement_id]
        for candidates in (near, exact, found):
            if len(candidates) == 1:
                return candidates[0]
        if not found:
            raise ValidationError(
                gettext(
                    "Aucune commune ne porte ce nom ou ce code. Vérifiez-le, ou choisissez « ne"
                    " sait pas »."
                )
            )
        options = ", ".join(f"{c.name} ({c.code})" for c in found[:6])
        raise ValidationError(
            gettext("Plusieurs communes correspondent : écrivez le code de la bonne. %(options)s.")
            % {"options": options}
        )

    def clean_day(self) -> date:
        """Refuse a day to come."""
        day = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError(gettext("Ce jour n’est pas encore venu."))
        return day

    def clean(self) -> dict[str, Any]:
        """Check what several fields tell together."""
        cleaned = super().clean() or {}
        if cleaned.get("mandate") == Mandate.AIDANTS_CONNECT and not cleaned.get("mandate_until"):
            self.add_error("mandate_until", gettext("Notez le terme du mandat Aidants Connect."))
        if cleaned.get("second_mediator") and cleaned["second_mediator"] == cleaned.get("mediator"):
            self.add_error(
                "second_mediator", gettext("Le binôme demande deux personnes différentes.")
            )
        return cleaned

    def content(self) -> ActContent:
        """Return what was told, the register derived from it."""
        told = self.cleaned_data
        kind, mode = told["kind"], told["mode"]
        stop = UUID(told["stop"]) if told.get("stop") else None
        requests = tuple(f.content() for f in self.requests if not f.is_untouched)
        minutes = told.get("minutes_exact") or (
            int(told["minutes"]) if told.get("minutes") else None
        )
        residence = told.get("commune")
        elsewhere = told.get("place_commune")
        content = ActContent(
            site=told["site"],
            mediator=UUID(told["mediator"]),
            second_mediator=UUID(told["second_mediator"]) if told.get("second_mediator") else None,
            day=told["day"],
            quarter=quarter_of_an_hour(told["start"]),
            kind=kind,
            mode=mode,
            place_kind=engine.place_of(
                mode, at_stop=stop is not None, elsewhere=elsewhere is not None
            ),
            stop=stop if mode not in AT_A_DISTANCE else None,
            place_commune=elsewhere.pk if elsewhere and not stop else None,
            minutes=minutes,
            origin=told.get("origin") or "",
            requests=requests,
            participants=tuple(p for f in (self.public, *self.lines) if (p := f.content())),
            basis=told.get("basis") or "",
            presence=tuple(told.get("presence") or ()),
            first_visit=told.get("first_visit") or "",
            commune=residence.pk if residence else None,
            commune_answer=Answer.YES if residence else (told.get("commune_answer") or ""),
            qpv_answer=Answer.YES if told.get("qpv") else (told.get("qpv_answer") or ""),
            qpv=told.get("qpv") or None,
            autonomy=told.get("autonomy") or "",
            mandate=told.get("mandate") or "",
            mandate_until=told.get("mandate_until")
            if told.get("mandate") == Mandate.AIDANTS_CONNECT
            else None,
            note=told.get("note") or "",
            note_reason=told.get("note_reason") or "",
        )
        if told.get("no_register"):
            return engine.with_register(content, None)
        proposed = engine.proposed_register(content, self.lists.registers)
        return engine.with_register(content, proposed)

    def _tells_a_motive(self) -> bool:
        if self.cleaned_data.get("kind") in WITHOUT_REQUEST:
            return True
        if all(form.is_untouched for form in self.requests):
            self.requests[0].add_error(
                "favourite", gettext("Choisissez ce pour quoi la personne vient.")
            )
            return False
        return True


def visit_initial(content: ActContent) -> dict[str, Any]:
    """Return the initial values that show a recorded act."""
    minutes = str(content.minutes or "")
    on_chip = minutes in dict(MINUTES)
    return {
        "mediator": str(content.mediator),
        "second_mediator": str(content.second_mediator or ""),
        "kind": content.kind,
        "mode": content.mode,
        "day": content.day,
        "start": time_of_quarter(content.quarter),
        "stop": str(content.stop or ""),
        "place_commune": content.place_commune or "",
        "minutes": minutes if on_chip else "",
        "minutes_exact": "" if on_chip else minutes,
        "origin": content.origin,
        "basis": content.basis,
        "presence": list(content.presence),
        "first_visit": content.first_visit,
        "commune": content.commune or "",
        "commune_answer": content.commune_answer,
        "qpv_answer": content.qpv_answer,
        "qpv": content.qpv or "",
        "autonomy": content.autonomy,
        "mandate": content.mandate,
        "mandate_until": content.mandate_until,
        "note": content.note,
        "note_reason": content.note_reason,
    }


def start_of(moment: time) -> time:
    """Return the start of the quarter of an hour that holds the moment."""
    return time_of_quarter(quarter_of_an_hour(moment))
