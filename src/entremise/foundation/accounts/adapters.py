"""How allauth behaves here: no open registration, demo accounts stay in the demo, our own words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entremise.foundation.accounts import counter
from entremise.foundation.accounts.queries import database_is_demo
from entremise.foundation.journal import operations as journal

DEMO_ONLY = _("Les comptes de démonstration ne s’ouvrent que dans la démonstration.")
MISMATCH = _("Ce compte et ce mot de passe ne vont pas ensemble. Vérifiez l’un et l’autre.")


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are made by invitation; nobody registers alone."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Ce compte est fermé. Demandez à la direction de votre structure."),
        "email_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
        "incorrect_password": _("Ce n’est pas votre mot de passe actuel."),
        "invalid_password_reset": _("Ce lien ne sert plus. Demandez-en un autre."),
        "too_many_login_attempts": _(
            "Trop d’essais manqués. Attendez cinq minutes avant de recommencer, ou demandez un"
            " nouveau mot de passe."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse registration."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Refuse a demo account on a database that `demo` did not make (decisions.md 25).

        The sign-in form says so first; this stands behind it, for every other way in.
        """
        if user.demo_only and not database_is_demo():
            messages.error(request, DEMO_ONLY)
            return redirect("account_login")
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and note when: a counter shared by several people starts from a password."""
        super().login(request, user)
        counter.open_by_password(request, at=timezone.now())

    def set_password(self, user: Any, password: str) -> None:
        """Keep a new password, and note in the journal that it changed."""
        super().set_password(user, password)
        journal.note_decision("account.password_changed", user, by=user, at=timezone.now())

    def format_email_subject(self, subject: str) -> str:
        """Sign the subject with the product's name, whatever the address it is served at."""
        return f"Entremise · {subject}"
