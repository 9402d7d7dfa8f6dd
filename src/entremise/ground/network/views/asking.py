"""The shape that every page which asks before acting shares."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from entremise.foundation.access.errors import NotAllowed, Refusal
from entremise.foundation.ui.toasts import announce


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, None when the page is only shown: for a form's `data`."""
    return request.POST if request.method == "POST" else None


def ask(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[], Any],
    *,
    said: str,
    to: Callable[[Any], str],
    template: str = "network/ask.html",
    **page: Any,
) -> HttpResponse:
    """Show a form and, once it is right, do what it asks; a refusal keeps what was typed.

    `said` is announced on the page `to` leads to, given what `act` returned.
    """
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            announce(request, said)
            return redirect(to(done))
    return render(request, template, {"form": form, **page})
