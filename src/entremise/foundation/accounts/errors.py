"""What the accounts refuse, with the sentence that the person reads."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.errors import Refusal


class CodeTooEasy(Refusal):
    """The short code is not six digits, or is easily guessed."""

    message = _(
        "Choisissez six chiffres moins faciles à deviner : ni suite, ni répétition, ni date."
    )


class TooManyCodes(Refusal):
    """Too many wrong codes: the password is needed."""

    message = _(
        "Trop d’essais manqués. Donnez le mot de passe, ou attendez cinq minutes avant de"
        " recommencer."
    )
    status = 429
