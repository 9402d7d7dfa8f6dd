"""Signing in; « Mon compte » and the short code, for the account signed in and nobody else."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from entremise.foundation.access.actors import actor_of
from entremise.foundation.accounts import operations, pending
from entremise.foundation.accounts.counter_forms import ShortCodeForm
from entremise.foundation.accounts.forms import AccountForm
from entremise.foundation.accounts.models import User


class SignIn(LoginView):
    """Sign in; a form that waited for it (`pending`) is then sent once."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Resume at once when another tab has signed in meanwhile."""
        kept = pending.carried(request)
        if kept and request.user.is_authenticated:
            return pending.resume_page(request, kept)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        if kept and request.user.is_authenticated:
            return pending.resume_page(request, kept)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry what waits through a wrong password."""
        kept = pending.carried(self.request)
        carried = {"pending": kept.as_field() if kept else ""}
        return super().get_context_data(**kwargs) | carried


@login_required
def my_account(request: HttpRequest) -> HttpResponse:
    """Show and change one's own account."""
    account = User.objects.get(pk=actor_of(request).user.pk)
    form = AccountForm(request.POST or None, instance=account)
    if request.method == "POST" and form.is_valid():
        operations.change_account(account, by=account, at=timezone.now())
        messages.success(request, _("Votre compte est à jour."))
        response = redirect("my_account")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, account.language, samesite="Lax")
        return response
    status = 422 if form.errors else 200
    return render(request, "accounts/my_account.html", {"form": form}, status=status)


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every other session of this account."""
    account = actor_of(request).user
    here = request.session.session_key or ""
    ended = operations.sign_out_everywhere(account, by=account, at=timezone.now(), except_key=here)
    said = ngettext("%(count)d autre session fermée.", "%(count)d autres sessions fermées.", ended)
    messages.success(
        request, said % {"count": ended} if ended else _("Aucune autre session n’était ouverte.")
    )
    return redirect("my_account")


@login_required
def short_code(request: HttpRequest) -> HttpResponse:
    """Choose, change or remove the code under which one takes a shared counter."""
    account = User.objects.get(pk=actor_of(request).user.pk)
    if "remove" in request.POST:
        operations.remove_short_code(account, by=account, at=timezone.now())
        messages.success(request, _("Votre code court est retiré."))
        return redirect("my_account")
    form = ShortCodeForm(request.POST or None, request=request, person=account)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        operations.set_short_code(account, code, by=account, at=timezone.now())
        messages.success(request, _("Votre code court est en place."))
        return redirect("my_account")
    context = {"form": form, "has_code": bool(account.short_code)}
    return render(request, "accounts/short_code.html", context, status=422 if form.errors else 200)
