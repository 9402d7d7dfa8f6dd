"""What the session of a shared counter remembers: when a password was given, whether a short code
opened it, whether it is locked; and the signed cookie that says when somebody last used it.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import login
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

MARK = "counter"
SEEN = "entremise_seen"
PASSWORD_LASTS = timedelta(hours=12)
SEEN_AGAIN = timedelta(seconds=30)
SIGNER = Signer(salt="entremise.counter.seen")


def open_by_password(request: HttpRequest, *, at: datetime) -> None:
    """Note that a password has just been given here: the counter starts, or starts again."""
    opened = at.timestamp()
    request.session[MARK] = {
        "device": _mark(request).get("device") or uuid4().hex,
        "password_at": opened,
        "opened_at": opened,
        "by_code": False,
        "locked": False,
    }


def hand_over(request: HttpRequest, person: Any, *, at: datetime, by_code: bool) -> None:
    """Give the session to another person: new key, nothing of the one before but the counter."""
    mark = _mark(request)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(0)
    if not by_code:
        open_by_password(request, at=at)
        return
    request.session[MARK] = mark | {
        "opened_at": at.timestamp(),
        "by_code": True,
        "locked": False,
    }


def lock(request: HttpRequest) -> None:
    """Lock the session until its person proves who they are; one without mark cannot be."""
    if mark := _mark(request):
        request.session[MARK] = mark | {"locked": True}


def unlock(request: HttpRequest, *, at: datetime) -> None:
    """Open the session again for the same person."""
    request.session[MARK] = _mark(request) | {"locked": False, "opened_at": at.timestamp()}


def opened_by_code(request: HttpRequest) -> bool:
    """True when a short code opened this session."""
    return bool(_mark(request).get("by_code"))


def device_of(request: HttpRequest) -> str:
    """Return the name of this counter, the same whoever takes it; empty without a password."""
    return str(_mark(request).get("device", ""))


def takes_codes(request: HttpRequest, *, at: datetime) -> bool:
    """True while the last full password given at this counter is recent enough for codes."""
    given = _mark(request).get("password_at")
    return given is not None and at.timestamp() - given < PASSWORD_LASTS.total_seconds()


def is_locked(request: HttpRequest, *, at: datetime) -> bool:
    """True when the counter was locked, or nobody used it for the minutes of the settings."""
    mark = _mark(request)
    if not mark:
        return False
    idle = settings.COUNTER_LOCK_MINUTES * 60
    return mark["locked"] or bool(idle and at.timestamp() - _last_seen(request) > idle)


def note_use(request: HttpRequest, response: HttpResponse, *, at: datetime) -> None:
    """Say in the cookie that the counter is being used; nothing is written in the database."""
    if not settings.COUNTER_LOCK_MINUTES or not _mark(request) or not request.session.session_key:
        return
    if is_locked(request, at=at):
        return
    if at.timestamp() - _last_seen(request) >= SEEN_AGAIN.total_seconds():
        response.set_cookie(
            SEEN,
            seen_value(request.session.session_key, at=at),
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def seen_value(session_key: str, *, at: datetime) -> str:
    """Return the cookie that says that this session was in use at an instant."""
    return SIGNER.sign(f"{int(at.timestamp())}.{_digest(session_key)}")


def _last_seen(request: HttpRequest) -> float:
    opened: float = _mark(request)["opened_at"]
    try:
        instant, _, digest = SIGNER.unsign(request.COOKIES.get(SEEN, "")).partition(".")
    except BadSignature:
        return opened
    mine = digest == _digest(request.session.session_key or "")
    return max(opened, float(instant)) if mine else opened


def _digest(session_key: str) -> str:
    """Bind the cookie to its session: one made elsewhere keeps nothing open here."""
    return salted_hmac("entremise.counter.session", session_key).hexdigest()[:16]


def _mark(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.session.get(MARK, {})
    return found
