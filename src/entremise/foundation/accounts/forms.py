"""Forms of sign-in, of passwords and of « Mon compte »."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from entremise.foundation.accounts.adapters import DEMO_ONLY
from entremise.foundation.accounts.models import User
from entremise.foundation.accounts.queries import database_is_demo

CURRENT = _("mot de passe actuel")
NEW = _("nouveau mot de passe")
AGAIN = _("nouveau mot de passe, une seconde fois")
ADVICE = _("Douze signes au moins. Une phrase que vous seul connaissez convient très bien.")


def _say(form: forms.BaseForm, labels: dict[str, Any], helps: dict[str, Any] | None = None) -> None:
    """Give the fields of allauth our labels and helps, and no placeholder."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = (helps or {}).get(name, "")
        field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth_forms.LoginForm):
    """Sign in with a name or an e-mail; the session ends with the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        _say(
            self,
            {"login": _("nom de compte ou adresse électronique"), "password": _("mot de passe")},
        )
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean(self) -> Any:
        """Refuse a demo account outside the demo, in the form and not on an error page."""
        cleaned = super().clean()
        user = getattr(self, "user", None)
        if user and user.demo_only and not database_is_demo():
            raise ValidationError(DEMO_ONLY)
        return cleaned

    def login(self, *args: Any, **kwargs: Any) -> Any:
        """Open a session that ends with the browser: desks are shared."""
        self.cleaned_data["remember"] = False
        return super().login(*args, **kwargs)


class ForgottenPasswordForm(allauth_forms.ResetPasswordForm):
    """Ask for a link by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"email": _("adresse électronique")})


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    """Choose a password from the link received."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password1": NEW, "password2": AGAIN}, {"password1": ADVICE})


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """Change one's password, knowing the current one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": CURRENT, "password1": NEW, "password2": AGAIN}
        _say(self, labels, {"password1": ADVICE})


class FirstPasswordForm(allauth_forms.SetPasswordForm):
    """Choose a password when the account has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password1": NEW, "password2": AGAIN}, {"password1": ADVICE})


class ConfirmIdentityForm(allauth_forms.ReauthenticateForm):
    """Say again who one is, before a sensitive change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password": CURRENT})


class AccountForm(forms.ModelForm):
    """What a person may change of their own account."""

    class Meta:
        model = User
        fields = ["full_name", "email", "language", "shortcuts_on"]
        labels = {
            "full_name": _("nom affiché"),
            "email": _("adresse électronique"),
            "language": _("langue des écrans"),
            "shortcuts_on": _("raccourcis du clavier"),
        }
        help_texts = {
            "email": _("Elle reçoit le lien qui remplace un mot de passe oublié."),
            "shortcuts_on": _(
                "Les touches 1 à 9 choisissent dans le groupe actif. Décochez si une aide"
                " technique les utilise déjà."
            ),
        }
        widgets = {"language": forms.Select(choices=[("fr", "Français"), ("en", "English")])}

    def clean_email(self) -> str:
        """Refuse the address of another account: it would open two of them."""
        email = self.cleaned_data["email"]
        others = User.objects.exclude(pk=self.instance.pk)
        if email and others.filter(email__iexact=email).exists():
            raise ValidationError(_("Cette adresse sert déjà à un autre compte."))
        return email
