"""« Mon compte », for the account signed in and nobody else."""

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
from entremise.foundation.accounts import operations
from entremise.foundation.accounts.forms import AccountForm
from entremise.foundation.accounts.models import User


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
