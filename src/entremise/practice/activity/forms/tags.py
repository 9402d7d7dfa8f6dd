"""The form of a local tag."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.ground.reference import queries as reference
from entremise.practice.activity.models import LocalTag


class LocalTagForm(forms.ModelForm):
    """A local word and the national theme that it maps to; one cannot go without the other."""

    class Meta:
        model = LocalTag
        fields = ["label", "theme", "valid_until"]
        labels = {"valid_until": _("proposée jusqu’au")}
        widgets = {"valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", "—")] + [
            (group.theme.name, [(t.code, t.name) for t in (group.theme, *group.children)])
            for group in reference.themes_in_force(today)
        ]
