"""The list of acts and the page of one act with its versions."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import reads
from entremise.foundation.access.rights import can
from entremise.ground.reference.queries import band_names
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.forms.filters import ActFilterForm
from entremise.practice.activity.queries import acts as acts_queries
from entremise.practice.activity.queries import day as days
from entremise.practice.activity.queries import telling

PER_PAGE = 25


@reads(May.READ)
def act_list(request: HttpRequest) -> HttpResponse:
    """List the acts that this person may read, filters in the URL."""
    actor = actor_of(request)
    sites = days.desk_sites(actor, May.READ_DAY)
    form = ActFilterForm(request.GET, sites=sites, today=actor.today)
    form.is_valid()
    filters = form.filters()
    pages = acts_queries.ActPages(acts_queries.acts_matching(actor, filters), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "activity/acts.html",
        {"form": form, "page": page, "period": filters.period, "several_sites": len(sites) > 1},
    )


@reads(May.READ)
def act_page(request: HttpRequest, act: UUID) -> HttpResponse:
    """Show an act as it stands and each version that led there."""
    actor = actor_of(request)
    versions = acts_queries.versions_of(act, actor)
    if not versions:
        raise Http404
    latest = versions[-1]
    context = {
        "activity": latest,
        "told": telling.tell(versions, band_names()),
        "may_correct": latest.is_current and can(actor, May.CORRECT, latest),
    }
    return render(request, "activity/act.html", context)
