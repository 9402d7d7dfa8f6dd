"""« Aujourd’hui »: the desk for those who receive, the day and what awaits for everyone."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.doors import reads
from entremise.foundation.access.rights import can
from entremise.foundation.core.todos import todos_for
from entremise.ground.network.enums import Module, NetworkPermission, Role
from entremise.ground.network.models import Site
from entremise.ground.network.roles import ROLES
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.forms.desk import CarriedOver, desk_form
from entremise.practice.activity.forms.visit import VisitForm
from entremise.practice.activity.queries import day as days

CARRIED = "carried_over"


@login_required
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead to the day, or to one's account when no role is held yet."""
    return redirect("my_account" if actor_of(request).is_stranger else "today")


@reads(NetworkPermission.READ_DIRECTORY)
def today(request: HttpRequest) -> HttpResponse:
    """Show the desk and the day of one site."""
    actor = actor_of(request)
    carried = CarriedOver(**request.session.get(CARRIED, {}))
    sites = days.desk_sites(actor, May.READ_DAY)
    site = chosen_site(sites, request.GET.get("site") or carried.site)
    form = None
    if site and Module.DESK in site.structure.modules and can(actor, May.RECORD, site):
        form = desk_form(site, actor, at=timezone.now(), carried=carried)
    return render(request, "web/today.html", desk_page(actor, sites, site, form))


def chosen_site(sites: list[Site], wanted: str) -> Site | None:
    """Return the site asked for, else the first one."""
    return next((s for s in sites if str(s.pk) == wanted), sites[0] if sites else None)


def desk_page(
    actor: Actor, sites: list[Site], site: Site | None, form: VisitForm | None
) -> dict[str, Any]:
    """Return what « Aujourd’hui » shows of a site; the desk when there is a form."""
    now = timezone.now()
    context: dict[str, Any] = {
        "sites": sites,
        "site": site,
        "form": form,
        "day": actor.today,
        "todos": todos_for(actor, actor.today),
        "roles": [ROLES[Role(role)] for role in dict.fromkeys(d.role for d in actor.duties)],
    }
    if site:
        day = days.local_day(site, now)
        context |= {
            "day": day,
            "counts": days.day_counts(site, day),
            "hours": days.hours_shown_to(actor, site, day),
            "last_acts": days.last_acts(site, day, actor) if can(actor, May.READ) else None,
        }
    return context
