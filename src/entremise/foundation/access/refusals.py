"""How a refusal looks: what happened, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from entremise.foundation.access.errors import NotAllowed, Refusal


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal with its sentence: 403 when not allowed, 409 when not possible now."""
    template = "403.html" if isinstance(refusal, NotAllowed) else "access/refused.html"
    return render(request, template, {"exception": str(refusal)}, status=refusal.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose secret has expired: nothing was written, the page says how to go on."""
    return render(request, "403_csrf.html", status=403)
