"""What happens to accounts."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction

from entremise.foundation.accounts.engine import is_too_easy
from entremise.foundation.accounts.errors import CodeTooEasy
from entremise.foundation.accounts.models import User
from entremise.foundation.journal import operations as journal


@transaction.atomic
def sign_out_everywhere(user: User, *, by: User, at: datetime, except_key: str = "") -> int:
    """End every session of an account but the one given. Returns how many ended."""
    ended = 0
    for session in Session.objects.filter(expire_date__gt=at).exclude(session_key=except_key):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
            ended += 1
    journal.note_decision("account.signed_out_everywhere", user, by=by, at=at)
    return ended


@transaction.atomic
def change_account(user: User, *, by: User, at: datetime) -> User:
    """Keep what a person changed of their own account."""
    user.save(update_fields=["full_name", "email", "language", "shortcuts_on"])
    journal.note_decision("account.changed", user, by=by, at=at)
    return user


@transaction.atomic
def set_short_code(user: User, code: str, *, by: User, at: datetime) -> User:
    """Keep the hash of the code under which a person takes a shared counter.

    Raises CodeTooEasy when it is not six digits, or easily guessed.
    """
    if is_too_easy(code):
        raise CodeTooEasy
    user.short_code, user.short_code_set_at = make_password(code), at
    user.save(update_fields=["short_code", "short_code_set_at"])
    journal.note_decision("account.short_code_set", user, by=by, at=at)
    return user


@transaction.atomic
def remove_short_code(user: User, *, by: User, at: datetime) -> User:
    """Forget a person's code: they take a shared counter with their password again."""
    user.short_code, user.short_code_set_at = "", None
    user.save(update_fields=["short_code", "short_code_set_at"])
    journal.note_decision("account.short_code_removed", user, by=by, at=at)
    return user
