"""The part of the desk's form that tells one request: theme, operator, what was done, outcome."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entremise.practice.activity.engine import RequestContent
from entremise.practice.activity.enums import Explanation, Frame
from entremise.practice.activity.forms import favourites
from entremise.practice.activity.forms.favourites import OTHER, Favourite, Parts
from entremise.practice.activity.forms.lists import NationalLists
from entremise.practice.activity.queries.day import Usual

Entries = tuple[Any, ...]
FIRST_THEMES = (
    "energy-bill",
    "family",
    "tax",
    "post-letter-understand",
    "housing",
    "papers",
    "work",
)
FIRST_OPERATORS = (
    "edf",
    "caf",
    "assurance-maladie",
    "france-travail",
    "finances-publiques",
    "engie",
)
FIRST_NATURES = ("inform", "help-step", "clear-misunderstanding", "refer", "conflict")
THEME_CHIPS, OPERATOR_CHIPS = 7, 6
PRECISE = ("theme", "operator", "nature")


def chips_first(
    entries: Entries, usual: list[str], first: tuple[str, ...], count: int
) -> list[tuple[str, str]]:
    """Return the choices shown as chips: what this site meets most, then the common ones."""
    by_code = {entry.code: entry for entry in entries}
    codes = [code for code in dict.fromkeys([*usual, *first]) if code in by_code][:count]
    return [(code, _capital(by_code[code].name)) for code in codes]


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


class RequestForm(forms.Form):
    """One request. A favourite tells it whole; what is chosen on its own comes before the
    favourite's part. Chips hold the usual answers; « autre » opens the whole list.
    """

    favourite = forms.CharField(label=_("la personne vient pour"), required=False, max_length=200)
    theme = forms.ChoiceField(label=_("motif"), widget=forms.RadioSelect, required=False)
    theme_other = forms.ChoiceField(label=_("autre motif"), required=False)
    operator = forms.ChoiceField(
        label=_("organisme concerné"), widget=forms.RadioSelect, required=False
    )
    operator_other = forms.ChoiceField(label=_("autre organisme"), required=False)
    nature = forms.ChoiceField(
        label=_("ce que vous avez fait"), widget=forms.RadioSelect, required=False
    )
    nature_other = forms.ChoiceField(label=_("autre action"), required=False)
    explanation = forms.ChoiceField(
        label=_("pour lever l’incompréhension"), widget=forms.RadioSelect, required=False,
        choices=Explanation.choices,
    )  # fmt: skip
    outcome = forms.ChoiceField(label=_("issue"), widget=forms.RadioSelect, required=False)
    frame = forms.ChoiceField(
        label=_("cadre"), widget=forms.RadioSelect, required=False, choices=Frame.choices
    )
    minutes = forms.IntegerField(
        label=_("minutes de cette demande"), required=False, min_value=1, max_value=1440
    )
    local_tag = forms.ChoiceField(label=_("étiquette locale"), required=False)

    def __init__(
        self,
        *args: Any,
        lists: NationalLists,
        usual: Usual,
        tags: list[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lists, self.usual = lists, usual
        none = [("", "—")]
        self._chips("theme", lists.themes, usual.themes, FIRST_THEMES, THEME_CHIPS)
        self._chips("operator", lists.operators, usual.operators, FIRST_OPERATORS, OPERATOR_CHIPS)
        natures = self._chips("nature", lists.natures, [], FIRST_NATURES, len(FIRST_NATURES))
        self.fields["theme_other"].choices = none + [
            (group.theme.name, [(t.code, t.name) for t in (group.theme, *group.children)])
            for group in lists.families
        ]
        self.fields["operator_other"].choices = none + [(o.code, o.name) for o in lists.operators]
        self.fields["nature_other"].choices = none + [
            (n.code, n.name) for n in lists.natures if n.code not in natures
        ]
        self.fields["outcome"].choices = [(o.code, _capital(o.name)) for o in lists.outcomes]
        self.fields["frame"].initial = Frame.MEDIATION
        self.fields["local_tag"].choices = none + [(str(tag.pk), tag.label) for tag in tags]
        if not tags:
            del self.fields["local_tag"]

    def _chips(
        self, name: str, entries: Entries, usual: list[str], first: tuple[str, ...], count: int, /
    ) -> set[str]:
        """Offer the usual answers as chips, « autre » last; return the codes shown.

        What was posted stays a chip although this place's usual answers changed meanwhile.
        """
        posted = self.data.get(self.add_prefix(name), "") if self.is_bound else ""
        chips = chips_first(entries, usual, first, count)
        if posted not in dict(chips):
            chips += chips_first(entries, [posted], (), 1)
        word = _("Autre motif…") if name == "theme" else _("Autre…")
        self.fields[name].choices = [*chips, (OTHER, word)]
        return set(dict(chips))

    @property
    def favourites(self) -> list[Favourite]:
        """The favourites as the page draws them, the chosen one among them."""
        chosen = str(self["favourite"].value() or "")
        return favourites.favourites(self.usual.requests, self.lists, chosen)

    @property
    def other_key(self) -> str:
        """The key of « Autre… », after the last favourite."""
        rank = len(self.favourites) + 1
        return str(rank) if rank <= 9 else ""

    @property
    def is_precise(self) -> bool:
        """True when something was chosen apart from the favourite, so that its part is open."""
        names = [
            f"{name}{end}" for name in ("theme", "operator", "nature") for end in ("", "_other")
        ]
        return self["favourite"].value() == OTHER or any(
            self[name].value() or self.errors.get(name) for name in (*names, "explanation")
        )

    def clean_favourite(self) -> str:
        """Refuse a favourite with a part of no list; one recorded before stays good."""
        value = self.cleaned_data["favourite"]
        if value in ("", OTHER) or value == self.initial.get("favourite"):
            return value
        parts = favourites.parts_of(value)
        if parts is None or not favourites.is_in_force(parts, self.lists):
            raise forms.ValidationError(
                gettext("Ce motif n’est plus dans les listes : choisissez-en un autre.")
            )
        return value

    def told(self, name: str) -> str | None:
        """Return the code chosen on a chip or in the list that « autre » opens, else the part of
        the favourite.
        """
        chip = self.cleaned_data.get(name) or ""
        other = self.cleaned_data.get(f"{name}_other") or ""
        own = other if chip in ("", OTHER) else chip
        parts = favourites.parts_of(self.cleaned_data.get("favourite") or "") or Parts()
        return own or getattr(parts, name) or None

    @property
    def is_untouched(self) -> bool:
        """True when nothing was chosen in this part."""
        return not any(self.told(name) for name in PRECISE) and not self.cleaned_data.get("outcome")

    def clean(self) -> dict[str, Any]:
        """Ask for the motive as soon as something of the request is told."""
        cleaned = super().clean() or {}
        if not self.is_untouched and not self.told("theme") and not self.errors:
            self.add_error("favourite", gettext("Choisissez le motif de cette demande."))
        return cleaned

    def content(self) -> RequestContent:
        """Return what was told, as the operation wants it."""
        nature = self.told("nature")
        return RequestContent(
            theme=self.told("theme") or "",
            operator=self.told("operator"),
            nature=nature,
            outcome=self.cleaned_data.get("outcome") or None,
            frame=self.cleaned_data.get("frame") or Frame.MEDIATION,
            explanation=(self.told("explanation") or "") if nature == self.lists.clears_up else "",
            minutes=self.cleaned_data.get("minutes"),
            local_tag=self.cleaned_data.get("local_tag") or None,
        )


def request_initial(content: RequestContent) -> dict[str, Any]:
    """Return the initial values that show a recorded request: one favourite tells it whole."""
    parts = (content.theme, content.operator, content.nature, content.explanation)
    return {
        "favourite": favourites.written(parts),
        "outcome": content.outcome,
        "frame": content.frame,
        "minutes": content.minutes,
        "local_tag": str(content.local_tag or ""),
    }
