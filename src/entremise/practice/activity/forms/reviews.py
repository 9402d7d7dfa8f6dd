"""Why an act is undone once its day was read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.practice.activity.enums import Motive


class MotiveForm(forms.Form):
    """The motive, from a closed list: no free text about anybody."""

    motive = forms.ChoiceField(
        label=_("motif"),
        choices=Motive.choices,
        widget=forms.RadioSelect,
        help_text=_("La journée est validée, ou son mois est clos : dites pourquoi."),
    )
