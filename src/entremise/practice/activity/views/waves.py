"""Record a wave: several people received together, one act, shown apart."""

from django.contrib.messages import WARNING
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import writes
from entremise.foundation.ui.toasts import announce
from entremise.ground.network.models import Site
from entremise.practice.activity import operations
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.errors import (
    ActDiffers,
    IdentifierTaken,
    MediatorNotThere,
    WaveNotCountable,
)
from entremise.practice.activity.forms.waves import WaveForm, wave_form
from entremise.practice.activity.operations.acts import Recorded
from entremise.practice.activity.views import entering


@writes(May.RECORD)
def record_wave(request: HttpRequest) -> HttpResponse:
    """Show the form of a wave; on POST record it once, or show again everything typed."""
    actor, now = actor_of(request), timezone.now()
    posted = request.POST if request.method == "POST" else None
    sites, site = entering.desk_places(actor, (posted or request.GET).get("site", ""))
    signed = entering.signed_again(posted, site, actor) if posted is not None else None
    form = wave_form(site, actor, at=now, posted=signed or posted)
    context = {"form": form, "sites": sites, "site": site}
    if signed:
        form.add_error(None, entering.another_account_sentence())
    if posted is None or not form.is_valid():
        return render(request, "activity/wave.html", context, status=422 if form.errors else 200)
    try:
        recorded = operations.record_activity(
            form.content(), act=form.cleaned_data["act"], by=actor.user, at=now
        )
    except (ActDiffers, IdentifierTaken):
        entering.with_fresh_identifier(
            form,
            _(
                "Cet écran a déjà servi à enregistrer autre chose, qui reste tel quel. Vérifiez ce"
                " qui suit, puis enregistrez à nouveau : ce sera une nouvelle vague."
            ),
        )
        return render(request, "activity/wave.html", context, status=409)
    except (MediatorNotThere, WaveNotCountable) as refusal:
        form.add_error(None, str(refusal))
        return render(request, "activity/wave.html", context, status=422)
    return _announced(request, site, form, recorded)


def _announced(
    request: HttpRequest, site: Site, form: WaveForm, recorded: Recorded
) -> HttpResponse:
    if recorded.while_closed and not recorded.replayed:
        announce(request, entering.closure_sentence(), level=WARNING)
    if not recorded.replayed:
        told = _("Vague de %(count)d passages enregistrée.")
        announce(
            request,
            told % {"count": form.cleaned_data["gathered"]},
            undo_url=reverse("undo_act", args=[recorded.activity.act]),
        )
    elif recorded.activity.is_current:
        announce(
            request, _("Cette vague était déjà enregistrée : elle n’a été comptée qu’une fois.")
        )
    else:
        announce(request, _("Cette vague a été annulée ou corrigée depuis : rien n’a été changé."))
    return redirect(f"{reverse('today')}?site={site.pk}")
