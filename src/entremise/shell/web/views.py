"""« Aujourd’hui »: the desk for those who receive, the day and what awaits for everyone."""

from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.doors import reads, writes
from entremise.foundation.access.rights import can
from entremise.foundation.core.todos import todos_for
from entremise.foundation.ui.toasts import announce
from entremise.ground.network.enums import Module, NetworkPermission, Role
from entremise.ground.network.models import Site
from entremise.ground.network.roles import ROLES
from entremise.practice.activity import operations
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.errors import (
    ActDiffers,
    IdentifierTaken,
    MediatorNotThere,
    MinutesDisagree,
    RegisterNotEarned,
)
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
    site = _chosen(sites, request.GET.get("site") or carried.site)
    form = None
    if site and Module.DESK in site.structure.modules and can(actor, May.RECORD, site):
        form = desk_form(site, actor, at=timezone.now(), carried=carried)
    return render(request, "web/today.html", _page(actor, sites, site, form))


@writes(May.RECORD)
def record_visit(request: HttpRequest) -> HttpResponse:
    """Record the visit posted, once; show the form again with everything typed if it is refused."""
    if request.method != "POST":
        return redirect("today")
    actor = actor_of(request)
    sites = days.desk_sites(actor, May.RECORD)
    site = _chosen(sites, request.POST.get("site", ""))
    if site is None or Module.DESK not in site.structure.modules:
        return redirect("today")
    posted = request.POST
    if _screen_of_another(posted, site, actor):
        corrected = posted.copy()
        corrected["signed_as"], corrected["site"] = str(actor.user.pk), str(site.pk)
        form = desk_form(site, actor, at=timezone.now(), posted=corrected)
        form.add_error(
            None,
            _(
                "Cet écran a été ouvert sous un autre compte ou pour une autre structure."
                " Vérifiez qui reçoit et où, puis enregistrez à nouveau : rien n’est perdu."
            ),
        )
        return render(request, "web/today.html", _page(actor, sites, site, form), status=422)
    form = desk_form(site, actor, at=timezone.now(), posted=posted)
    if "add_request" in posted or not form.is_valid():
        status = 200 if "add_request" in posted else 422
        return render(request, "web/today.html", _page(actor, sites, site, form), status=status)
    return _record(request, actor, sites, site, form)


def _record(
    request: HttpRequest, actor: Actor, sites: list[Site], site: Site, form: VisitForm
) -> HttpResponse:
    try:
        recorded = operations.record_activity(
            form.content(), act=form.cleaned_data["act"], by=actor.user, at=timezone.now()
        )
    except (ActDiffers, IdentifierTaken) as refusal:
        context = {
            "message": str(refusal),
            "first": getattr(refusal, "first", None),
            "typed": [
                (k, v) for k, values in request.POST.lists() for v in values if k not in TOKENS
            ],
            "fresh": uuid4(),
        }
        return render(request, "web/act_differs.html", context, status=409)
    except (MinutesDisagree, MediatorNotThere, RegisterNotEarned) as refusal:
        form.add_error(None, str(refusal))
        return render(request, "web/today.html", _page(actor, sites, site, form), status=422)
    _carry_over(request, form)
    act = recorded.activity
    if not recorded.replayed:
        announce(request, _("Accueil enregistré."), undo_url=reverse("undo_act", args=[act.act]))
    elif act.is_current:
        announce(request, _("Cet accueil était déjà enregistré : il n’a été compté qu’une fois."))
    else:
        announce(request, _("Cet accueil a été annulé ou corrigé depuis : rien n’a été changé."))
    return redirect(f"{reverse('today')}?site={site.pk}")


TOKENS = {"csrfmiddlewaretoken", "act"}


def _screen_of_another(posted: Any, site: Site, actor: Actor) -> bool:
    return posted.get("signed_as") != str(actor.user.pk) or posted.get("site") != str(site.pk)


def _carry_over(request: HttpRequest, form: VisitForm) -> None:
    told = form.cleaned_data
    carried = CarriedOver(
        site=str(told["site"]),
        mediator=told["mediator"],
        second_mediator=told.get("second_mediator") or "",
        mode=told["mode"],
        stop=told.get("stop") or "",
    )
    request.session[CARRIED] = asdict(carried)


def _chosen(sites: list[Site], wanted: str) -> Site | None:
    return next((s for s in sites if str(s.pk) == wanted), sites[0] if sites else None)


def _page(
    actor: Actor, sites: list[Site], site: Site | None, form: VisitForm | None
) -> dict[str, Any]:
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
            "hours": days.acts_by_hour(site, day),
            "last_acts": days.last_acts(site, day, actor) if can(actor, May.READ) else None,
        }
    return context
