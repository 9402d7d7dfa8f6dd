"""Choosing the structure that one acts for; kept in the session, fixed on each act."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import writes
from entremise.foundation.ui.toasts import announce
from entremise.ground.network import duties
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.errors import NotYourStructure
from entremise.ground.network.queries.members import structures_of_account


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if safe else "/"


@writes(May.READ_DIRECTORY)
def switch_structure(request: HttpRequest) -> HttpResponse:
    """Choose the acting structure among one's own."""
    actor = actor_of(request)
    mine = {str(one.pk): one for one in structures_of_account(actor.user.pk, day=actor.today)}
    if request.method == "POST":
        chosen = mine.get(request.POST.get("structure", ""))
        if chosen is None:
            raise NotYourStructure
        request.session[duties.SESSION_KEY] = str(chosen.pk)
        announce(request, _("Vous agissez maintenant pour %(name)s.") % {"name": chosen})
        return redirect(_way_back(request))
    context = {
        "structures": list(mine.values()),
        "acting_id": actor.structure_id,
        "next": _way_back(request),
    }
    return render(request, "network/switch_structure.html", context)
