"""The part of the desk's form that tells one request: theme, operator, what was done, outcome."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.ground.reference import queries as reference
from entremise.ground.reference.models import Nature, Operator, Outcome, Theme
from entremise.practice.activity.engine import RequestContent
from entremise.practice.activity.enums import Explanation, Frame

Entries = tuple[Any, ...]
OTHER = "other"
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


@dataclass(frozen=True)
class NationalLists:
    """The national lists of a day, read once for every request of the form."""

    themes: tuple[Theme, ...]
    families: tuple[Any, ...]
    operators: tuple[Operator, ...]
    natures: tuple[Nature, ...]
    outcomes: tuple[Outcome, ...]


@lru_cache(maxsize=4)
def lists_of(day: date) -> NationalLists:
    """Read the lists in force on a day, once a process: they change with a release only."""
    families = tuple(reference.themes_in_force(day))
    return NationalLists(
        themes=tuple(t for group in families for t in (group.theme, *group.children)),
        families=families,
        operators=tuple(reference.operators_in_force(day)),
        natures=tuple(reference.natures_in_force(day)),
        outcomes=tuple(reference.outcomes_in_force(day)),
    )


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
    """One request. Chips hold the usual answers; « autre » opens the whole list."""

    theme = forms.ChoiceField(
        label=_("la personne vient pour"), widget=forms.RadioSelect, required=False
    )
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
        usual_themes: list[str],
        usual_operators: list[str],
        tags: list[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lists = lists
        none = [("", "—")]
        self._chips("theme", lists.themes, usual_themes, FIRST_THEMES, THEME_CHIPS)
        self._chips("operator", lists.operators, usual_operators, FIRST_OPERATORS, OPERATOR_CHIPS)
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
    def clears_up(self) -> str:
        """The code of the nature that may earn register 3, for the block it reveals."""
        return next((n.code for n in self.lists.natures if n.register == 3), "")

    def told(self, name: str) -> str | None:
        """Return the code chosen on a chip, or in the list that « autre » opens."""
        chip = self.cleaned_data.get(name) or ""
        other = self.cleaned_data.get(f"{name}_other") or ""
        return (other if chip in ("", OTHER) else chip) or None

    @property
    def is_untouched(self) -> bool:
        """True when nothing was chosen in this part."""
        names = ("theme", "operator", "nature")
        return not any(self.told(n) for n in names) and not self.cleaned_data.get("outcome")

    def clean(self) -> dict[str, Any]:
        """Ask for the motive as soon as something of the request is told."""
        cleaned = super().clean() or {}
        if not self.is_untouched and not self.told("theme") and not self.errors:
            self.add_error("theme", _("Choisissez le motif de cette demande."))
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
            explanation=(self.cleaned_data.get("explanation") or "")
            if nature == self.clears_up
            else "",
            minutes=self.cleaned_data.get("minutes"),
            local_tag=self.cleaned_data.get("local_tag") or None,
        )


def request_initial(content: RequestContent, form: RequestForm) -> dict[str, Any]:
    """Return the initial values that show a recorded request, on its chip or in its list."""
    initial: dict[str, Any] = {
        "explanation": content.explanation,
        "outcome": content.outcome,
        "frame": content.frame,
        "minutes": content.minutes,
        "local_tag": str(content.local_tag or ""),
    }
    for name in ("theme", "operator", "nature"):
        code = getattr(content, name)
        if code and code in dict(form.fields[name].choices):
            initial[name] = code
        elif code:
            initial |= {name: OTHER, f"{name}_other": code}
    return initial
