"""The list of acts and the page of one act with its versions."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.doors import reads
from entremise.foundation.access.rights import can
from entremise.foundation.journal import operations as journal
from entremise.ground.reference.queries import band_names
from entremise.practice.activity import operations
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.forms.filters import ActFilterForm
from entremise.practice.activity.models import Activity
from entremise.practice.activity.queries import acts as acts_queries
from entremise.practice.activity.queries import closings, telling
from entremise.practice.activity.queries import day as days

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
        {
            "form": form,
            "page": page,
            "period": filters.period,
            "several_sites": len(sites) > 1,
            "may_export": can(actor, May.EXPORT),
        },
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
        "needs_motive": latest.is_current and closings.needs_motive(latest),
        "note": note_shown(latest, actor),
    }
    return render(request, "activity/act.html", context)


def note_shown(version: Activity, actor: Actor) -> str:
    """Return the working note to show this person, and write that it was read, before the page.

    Empty when there is none, or when they may not read it: nothing is then written.
    """
    if not version.is_current or not can(actor, May.READ_NOTE, version):
        return ""
    note = operations.note_of(version)
    if note:
        journal.note_access(
            "activity.note_read",
            version,
            by=actor.user,
            at=timezone.now(),
            structure=version.structure_id,
        )
    return note
