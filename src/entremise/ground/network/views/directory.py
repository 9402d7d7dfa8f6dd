"""The directory of points d'accueil, and those that wait for their structure."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import reads, writes
from entremise.foundation.access.rights import can
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.forms.filters import SiteFilters
from entremise.ground.network.forms.sites import AttachForm
from entremise.ground.network.models import Site
from entremise.ground.network.operations import sites as operations
from entremise.ground.network.queries import directory
from entremise.ground.network.views.asking import ask, posted

PAGE_SIZE = 25
WHOLE_LIST = 5000


@reads(May.READ_DIRECTORY)
def sites(request: HttpRequest) -> HttpResponse:
    """List the places; `liste=entiere` puts them on one page, to print."""
    actor = actor_of(request)
    filters = SiteFilters(request.GET, actor=actor)
    whole = request.GET.get("liste") == "entiere"
    found = directory.sites_found(actor, filters.search())
    page = Paginator(found, WHOLE_LIST if whole else PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "whole": whole,
        "may_attach": can(actor, May.MOVE_SITE),
        "today": actor.today,
    }
    return render(request, "network/sites.html", context)


@writes(May.MOVE_SITE)
def unattached_sites(request: HttpRequest) -> HttpResponse:
    """List the places of the holding structure, and tie the ticked ones to their employer."""
    waiting = directory.unattached_sites()
    today = actor_of(request).today
    form = AttachForm(posted(request), waiting=waiting, initial={"on": today})

    @transaction.atomic
    def attach() -> list[Site]:
        return [
            operations.move_site(
                site,
                to=form.cleaned_data["to"],
                on=form.cleaned_data["on"],
                by=actor_of(request).user,
                at=timezone.now(),
            )
            for site in form.cleaned_data["sites"]
        ]

    return ask(
        request,
        form,
        attach,
        said=_("Points d’accueil rattachés."),
        to=lambda _moved: reverse("unattached_sites"),
        template="network/unattached_sites.html",
        page=Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page")),
        ticked=set(request.POST.getlist("sites")),
    )
