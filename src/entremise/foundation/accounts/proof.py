"""Proving at a counter who one is: a short code or the password, each with its limit of tries."""

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest

from entremise.foundation.accounts import counter
from entremise.foundation.accounts.errors import TooManyCodes
from entremise.foundation.accounts.models import User
from entremise.foundation.accounts.queries import database_is_demo

RATES = {"short_code": "5/5m/key", "short_code_here": "20/5m/key"}


def code_is_theirs(request: HttpRequest, person: User | None, code: str) -> bool:
    """True when this code is that person's; someone unknown costs as much time as a wrong code.

    Raises TooManyCodes after five wrong codes for a person, or twenty at a counter, in five
    minutes. A right code is not counted.
    """
    keys = {
        "short_code": str(person.pk) if person else "nobody",
        "short_code_here": counter.device_of(request),
    }
    uses = [
        ratelimit.consume(request, app="entremise", action=action, config=RATES, key=key)
        for action, key in keys.items()
    ]
    counted = [use for use in uses if use]
    if len(counted) < len(uses):
        raise TooManyCodes
    if not check_password(code, person.short_code if person else "") or not may_enter(person):
        return False
    for use in counted:
        use.rollback()
    return True


def password_is_theirs(request: HttpRequest, person: User | None, password: str) -> bool:
    """True when this password is that person's. Raises ValidationError after too many tries."""
    if person is None or not may_enter(person):
        return False
    return bool(get_adapter(request).reauthenticate(person, password))


def may_enter(person: User | None) -> bool:
    """True for an open account, not one of the demonstration elsewhere (decisions.md 25)."""
    return bool(person and person.is_active and not (person.demo_only and not database_is_demo()))
