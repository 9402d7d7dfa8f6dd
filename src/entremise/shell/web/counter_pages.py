"""The pages that ask who is there, each carrying along the form that waits, if any."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from entremise.foundation.accounts import pending
from entremise.foundation.accounts.counter_forms import PASSWORD, ProofForm
from entremise.foundation.accounts.forms import SignInForm

LOCKED = 423


def sign_in(request: HttpRequest, kept: pending.Pending) -> HttpResponse:
    """Answer a form sent by nobody: sign in, then it is sent."""
    context = {"form": SignInForm(request=request), "pending": kept.as_field()}
    return _kept_from_caches(render(request, "account/login.html", context, status=403))


def locked(request: HttpRequest, *, form: ProofForm | None = None) -> HttpResponse:
    """Answer any page of a locked counter, and a proof refused."""
    kept = pending.posted(request) or pending.carried(request)
    shown = form or ProofForm(request=request, person=request.user)
    context = _asking(request, shown, kept)
    context["redo"] = request.method == "POST" and form is None and not kept
    status = 422 if shown.errors else LOCKED
    return _kept_from_caches(render(request, "web/locked.html", context, status=status))


def password_needed(request: HttpRequest, *, form: ProofForm | None = None) -> HttpResponse:
    """Answer a page that a short code does not open."""
    kept = pending.posted(request) or pending.carried(request)
    shown = form or ProofForm(request=request, person=request.user, by=PASSWORD)
    context = _asking(request, shown, kept)
    context["redo"] = request.method == "POST" and form is None and not kept
    status = 422 if shown.errors else 403
    return _kept_from_caches(render(request, "web/confirm_password.html", context, status=status))


def way_on(request: HttpRequest) -> str:
    """Return where to go once the proof is given: the page asked for, else the day."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(asked, hosts, require_https=request.is_secure())
    return asked if safe else "/"


def _asking(
    request: HttpRequest, form: ProofForm, kept: pending.Pending | None
) -> dict[str, object]:
    """Give the page its form, what waits, and where it leads; no toast of the page behind."""
    asked = request.get_full_path() if request.method == "GET" else way_on(request)
    return {
        "form": form,
        "pending": kept.as_field() if kept else "",
        "next": asked,
        "messages": (),
    }


def _kept_from_caches(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
