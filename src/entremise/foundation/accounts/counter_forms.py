"""Forms of a shared counter: choose one's short code, prove who one is, take the place."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entremise.foundation.accounts import counter, proof
from entremise.foundation.accounts.engine import is_too_easy
from entremise.foundation.accounts.errors import CodeTooEasy, TooManyCodes
from entremise.foundation.accounts.models import User

CODE, PASSWORD = "code", "password"
MISMATCH = _("Cette personne et ce code ne vont pas ensemble. Vérifiez l’un et l’autre.")
MISMATCH_PASSWORD = _(
    "Cette personne et ce mot de passe ne vont pas ensemble. Vérifiez l’un et l’autre."
)
DIGITS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "6"}


def _code_field(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.PasswordInput(attrs=DIGITS), max_length=6, **options)


class ShortCodeForm(forms.Form):
    """Choose one's short code; the password is asked again."""

    code = _code_field(
        label=_("code court"),
        help_text=_("Six chiffres : ni suite, ni répétition, ni date d’anniversaire."),
    )
    again = _code_field(label=_("code court, une seconde fois"))
    password = forms.CharField(
        label=_("mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.person = request, person

    def clean_code(self) -> str:
        """Refuse what is easily guessed."""
        code: str = self.cleaned_data["code"]
        if is_too_easy(code):
            raise ValidationError(str(CodeTooEasy.message))
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse two different codes, and a password that is not the account's."""
        told = self.cleaned_data
        if "code" in told and told.get("again") != told["code"]:
            self.add_error("again", _("Les deux codes ne sont pas les mêmes."))
        if not self.errors and not proof.password_is_theirs(
            self.request, self.person, told["password"]
        ):
            self.add_error("password", _("Ce n’est pas votre mot de passe actuel."))
        return told


class ProofForm(forms.Form):
    """Prove that one is a person given: by a short code where the counter takes them, else by the
    password. `by` is what was wished, then what the field asks for.
    """

    secret = forms.CharField(strip=False, widget=forms.PasswordInput)

    def __init__(
        self, *args: Any, request: HttpRequest, person: Any, by: str = CODE, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.person = request, person
        self.takes_codes = counter.takes_codes(request, at=timezone.now()) and self.has_code()
        self.by = CODE if self.takes_codes and by == CODE else PASSWORD
        field = self.fields["secret"]
        field.label = _("code court") if self.by == CODE else _("mot de passe")
        field.widget.attrs |= DIGITS if self.by == CODE else {"autocomplete": "current-password"}

    def has_code(self) -> bool:
        """True when a code may answer."""
        return bool(self.person and self.person.short_code)

    def clean(self) -> dict[str, Any]:
        """Refuse with the same sentence whichever of the two is wrong."""
        told = self.cleaned_data
        if not self.errors and not self._is_proved(told["secret"]):
            raise ValidationError(MISMATCH if self.by == CODE else MISMATCH_PASSWORD)
        return told

    def _is_proved(self, secret: str) -> bool:
        if self.by == PASSWORD:
            return proof.password_is_theirs(self.request, self.person, secret)
        try:
            return proof.code_is_theirs(self.request, self.person, secret)
        except TooManyCodes as refusal:
            raise ValidationError(str(refusal)) from refusal


class AnyName(forms.ChoiceField):
    """A name among those listed; any other one gets the same sentence as a wrong code."""

    def valid_value(self, value: Any) -> bool:
        """Leave the refusal to the proof."""
        return True


class TakeOverForm(ProofForm):
    """Choose one's name among those who may receive here, and prove it."""

    person_id = AnyName(label=_("qui prend le poste"), widget=forms.RadioSelect)
    field_order = ("person_id", "secret")

    def __init__(self, *args: Any, people: Mapping[str, User], **kwargs: Any) -> None:
        self.people = people
        super().__init__(*args, person=None, **kwargs)
        names = self.fields["person_id"]
        names.choices = [(key, str(person)) for key, person in people.items()]

    def has_code(self) -> bool:
        """True: only people with a code are listed."""
        return True

    def clean(self) -> dict[str, Any]:
        """Look at the person chosen, then at the proof."""
        self.person = self.people.get(self.cleaned_data.get("person_id", ""))
        return super().clean()
