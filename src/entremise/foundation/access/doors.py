"""Two doors: a view reads or writes, and names its permission.

A reading view runs in a read-only transaction that is always rolled back: the database itself
refuses a write. A writing view runs in one transaction; shown by GET it is a reading one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.db import connection, models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from entremise.foundation.access.actors import Actor, acting_as, actor_of
from entremise.foundation.access.errors import NotAllowed
from entremise.foundation.access.rights import can
from entremise.foundation.journal import operations as journal

View = Callable[..., Any]
M = TypeVar("M", bound=models.Model)
SAFE = {"GET", "HEAD", "OPTIONS"}


def reads(permission: Any, *, confidential: str = "") -> Callable[[View], View]:
    """Open a view that reads. `confidential` names the access written before the page is made."""

    def door(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = _admit(request, permission)
            if confidential:
                journal.note_access(
                    confidential, by=actor.user, at=timezone.now(), structure=actor.structure_id
                )
            return _read(view, actor, request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return door


def writes(permission: Any) -> Callable[[View], View]:
    """Open a view that writes on POST; shown by GET, it cannot."""

    def door(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = _admit(request, permission)
            if request.method in SAFE:
                return _read(view, actor, request, *args, **kwargs)
            with acting_as(actor):
                return _rendered(view(request, *args, **kwargs))

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return door


def _admit(request: HttpRequest, permission: Any) -> Actor:
    actor = actor_of(request)
    if can(actor, permission):
        return actor
    if actor.is_stranger:
        raise Http404
    raise NotAllowed(permission)


def _read(
    view: View, actor: Actor, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    with transaction.atomic():
        with acting_as(actor):
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL transaction_read_only = on")
            response = _rendered(view(request, *args, **kwargs))
        transaction.set_rollback(True)
    return response


def _rendered(response: HttpResponse) -> HttpResponse:
    """Render inside the wall: a template that queries late must not query outside it."""
    render = getattr(response, "render", None)
    return render() if callable(render) and not getattr(response, "is_rendered", True) else response


def find_or_refuse(model: type[M], person: Any, *, may: Any, **lookup: Any) -> M:
    """Return the object. Strangers get 404; who may see it but not do this gets NotAllowed."""
    actor = person if isinstance(person, Actor) else actor_of(person)
    found = get_object_or_404(model.objects.visible_to(actor), **lookup)  # type: ignore[attr-defined]
    if not can(actor, may, found):
        raise NotAllowed(may)
    return found
