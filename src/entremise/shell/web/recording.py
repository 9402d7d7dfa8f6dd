"""Recording a visit: the plain ones at once, the others through the desk's form, nothing lost."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib.messages import WARNING
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import writes
from entremise.foundation.access.errors import Refusal
from entremise.foundation.access.rights import can
from entremise.foundation.ui.toasts import announce
from entremise.ground.network.enums import Module
from entremise.ground.network.models import Site
from entremise.ground.network.queries.reception import reception_at
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ActContent
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.errors import ActDiffers, IdentifierTaken
from entremise.practice.activity.forms.desk import CarriedOver, desk_form
from entremise.practice.activity.forms.reading import plain_visit
from entremise.practice.activity.operations.acts import Recorded, people_of
from entremise.practice.activity.queries import day as days
from entremise.practice.activity.views import entering
from entremise.shell.web.views import CARRIED, chosen_site, desk_page

TOKENS = {"csrfmiddlewaretoken", "act"}


@writes(May.RECORD)
def record_visit(request: HttpRequest) -> HttpResponse:
    """Record the visit posted, once; show the form again with everything typed if it is refused."""
    if request.method != "POST":
        return redirect("today")
    at = timezone.now()
    return _record_plain(request, at) or _record_with_form(request, at)


def _record_plain(request: HttpRequest, at: datetime) -> HttpResponse | None:
    """Record an ordinary visit of today without building the form; None lets the form answer."""
    actor, posted = actor_of(request), request.POST
    if posted.get("signed_as") != str(actor.user.pk) or "add_request" in posted:
        return None
    content, act = plain_visit(posted, today=actor.today), _identifier(posted)
    if content is None or act is None:
        return None
    place = reception_at(content.site, content.day, people_of(content))
    if place is None or content.day != at.astimezone(ZoneInfo(place.time_zone)).date():
        return None
    if not can(actor, May.RECORD, Site(pk=content.site, structure_id=place.structure)):
        return None
    try:
        recorded = operations.record_activity(content, act=act, by=actor.user, at=at, place=place)
    except Refusal:
        return None
    return _recorded(request, recorded, content)


def _identifier(posted: QueryDict) -> UUID | None:
    try:
        return UUID(posted.get("act", ""))
    except ValueError:
        return None


def _record_with_form(request: HttpRequest, at: datetime) -> HttpResponse:
    actor, posted = actor_of(request), request.POST
    sites = days.desk_sites(actor, May.RECORD)
    site = chosen_site(sites, posted.get("site", ""))
    if site is None or Module.DESK not in site.structure.modules:
        return redirect("today")
    if mended := entering.signed_again(posted, site, actor):
        form = desk_form(site, actor, at=at, posted=mended)
        form.add_error(None, entering.another_account_sentence())
        return render(request, "web/today.html", desk_page(actor, sites, site, form), status=422)
    form = desk_form(site, actor, at=at, posted=posted)
    if "add_request" in posted:
        return render(request, "web/today.html", desk_page(actor, sites, site, form))
    if form.is_valid():
        content, act = form.content(), form.cleaned_data["act"]
        try:
            recorded = operations.record_activity(content, act=act, by=actor.user, at=at)
        except (ActDiffers, IdentifierTaken) as refusal:
            return _ask_which(request, refusal)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _recorded(request, recorded, content)
    return render(request, "web/today.html", desk_page(actor, sites, site, form), status=422)


def _ask_which(request: HttpRequest, refusal: ActDiffers | IdentifierTaken) -> HttpResponse:
    typed = [(k, v) for k, values in request.POST.lists() for v in values if k not in TOKENS]
    first = getattr(refusal, "first", None)
    context = {"message": str(refusal), "first": first, "typed": typed, "fresh": uuid4()}
    return render(request, "web/act_differs.html", context, status=409)


def _recorded(request: HttpRequest, recorded: Recorded, content: ActContent) -> HttpResponse:
    """Say what became of the visit; keep for the next one its place, people, mode and stop."""
    carried = asdict(
        CarriedOver(
            site=str(content.site),
            mediator=str(content.mediator),
            second_mediator=str(content.second_mediator or ""),
            mode=str(content.mode),
            stop=str(content.stop or ""),
        )
    )
    if request.session.get(CARRIED) != carried:
        request.session[CARRIED] = carried
    act = recorded.activity
    if recorded.while_closed and not recorded.replayed:
        announce(request, entering.closure_sentence(), level=WARNING)
    if not recorded.replayed:
        announce(request, _("Accueil enregistré."), undo_url=reverse("undo_act", args=[act.act]))
    elif act.is_current:
        announce(request, _("Cet accueil était déjà enregistré : il n’a été compté qu’une fois."))
    else:
        announce(request, _("Cet accueil a été annulé ou corrigé depuis : rien n’a été changé."))
    return redirect(f"{reverse('today')}?site={content.site}")
