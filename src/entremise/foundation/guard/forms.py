"""The note and its reason, as fields that any form takes in by inheriting from GuardedNote."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.foundation.guard import rules
from entremise.foundation.guard.engine import look
from entremise.foundation.guard.enums import Reason
from entremise.foundation.guard.errors import TextIdentifies, TextTooLong
from entremise.foundation.guard.sentences import reason_wanted


class GuardedNote(forms.Form):
    """A note of 280 signs that names nobody; drawn by `guard/note.html`, checked again here."""

    note = forms.CharField(
        label=_("note"),
        required=False,
        help_text=_("Ce qui aidera la prochaine fois, sans rien qui désigne une personne."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": rules.LIMIT, "autocomplete": "off"}),
    )
    note_reason = forms.ChoiceField(
        label=_("pourquoi ce mot peut rester"),
        choices=[("", "—"), *Reason.choices],
        required=False,
    )

    @property
    def asks_for_a_reason(self) -> bool:
        """True when the note shown holds something that only a reason lets through."""
        return rules.asks(look(rules.tidied(str(self["note"].value() or ""))[: rules.LIMIT]))

    def clean(self) -> dict[str, Any]:
        """Check the note again: what is typed stays on the screen, with what was seen in it."""
        cleaned = super().clean() or self.cleaned_data
        reason = cleaned.get("note_reason", "")
        try:
            cleaned["note"] = rules.check(cleaned.get("note", ""), reason=reason)
        except TextTooLong as refusal:
            self.add_error("note", str(refusal))
        except TextIdentifies as refusal:
            for sentence in refusal.sentences:
                self.add_error("note", sentence)
            if rules.asks(refusal.findings):
                self.add_error("note_reason", reason_wanted())
        else:
            cleaned["note_reason"] = reason if look(cleaned["note"]) else ""
        return cleaned
