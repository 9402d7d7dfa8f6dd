"""The forms shown by the gallery: one field of each kind, with invented choices."""

from django import forms
from django.utils.translation import gettext_lazy as _

REASONS = [
    ("energy", _("Facture d’énergie")),
    ("benefits", _("CAF et droits sociaux")),
    ("taxes", _("Impôts")),
    ("letter", _("Courrier à comprendre")),
    ("housing", _("Logement")),
    ("papers", _("Titres et séjour")),
    ("other", _("Autre motif…")),
]
WORK = [
    ("inform", _("Informer")),
    ("help", _("Aider à une démarche")),
    ("explain", _("Lever une incompréhension")),
    ("refer", _("Orienter vers un partenaire…")),
]
PERIODS = [("", _("toute l’année")), ("month", _("ce mois")), ("week", _("cette semaine"))]


class SampleForm(forms.Form):
    """One field of each kind."""

    reason = forms.ChoiceField(
        label=_("La personne vient pour"), choices=REASONS, widget=forms.RadioSelect
    )
    work = forms.MultipleChoiceField(
        label=_("Ce que vous avez fait"),
        choices=WORK,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Plusieurs réponses possibles."),
    )
    people = forms.IntegerField(label=_("Personnes rencontrées"), min_value=0, max_value=99)
    name = forms.CharField(
        label=_("Nom du point d’accueil"), help_text=_("Tel qu’il est écrit sur la porte.")
    )
    mail = forms.EmailField(label=_("Courriel"), required=False)
    opened_on = forms.DateField(
        label=_("Ouvert depuis le"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    period = forms.ChoiceField(label=_("Période"), choices=PERIODS, required=False)
    story = forms.CharField(
        label=_("Accès"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    accessible = forms.BooleanField(label=_("Accessible en fauteuil roulant"), required=False)


class SampleFilters(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label=_("Chercher"), required=False, widget=forms.SearchInput)
    period = forms.ChoiceField(label=_("Période"), choices=PERIODS, required=False)
    reason = forms.ChoiceField(
        label=_("Motif"), choices=[("", _("tous")), *REASONS], required=False
    )
    mine = forms.BooleanField(label=_("Les miens seulement"), required=False)
