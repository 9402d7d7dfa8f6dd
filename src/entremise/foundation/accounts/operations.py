"""What happens to accounts."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

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
