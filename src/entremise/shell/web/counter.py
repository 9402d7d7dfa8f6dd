"""One counter, several people: change, lock, unlock, discreet mode. The rules are in accounts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.doors import writes
from entremise.foundation.access.refusals import csrf_failure as usual_csrf_failure
from entremise.foundation.accounts import counter, pending
from entremise.foundation.accounts.counter_forms import CODE, PASSWORD, ProofForm, TakeOverForm
from entremise.foundation.accounts.queries import opened_by_code
from entremise.foundation.journal import operations as journal
from entremise.foundation.ui.toasts import announce
from entremise.ground.network import duties
from entremise.ground.network.models import Membership, Site
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.queries import day as days
from entremise.shell.web import counter_pages
from entremise.shell.web.context import DISCREET
from entremise.shell.web.views import CARRIED, chosen_site

FROM_SCRIPT = "fetch"


@never_cache
@writes(May.RECORD)
def change_person(request: HttpRequest) -> HttpResponse:
    """List who may receive here today and has a code; the one who proves it takes the session."""
    site = _site_of(request, actor_of(request))
    team = {str(m.user_id): m for m in _others(request, site)}
    kept = pending.carried(request)
    people = {key: member.user for key, member in team.items()}
    form = TakeOverForm(
        request.POST if "take" in request.POST else None,
        request=request,
        people=people,
        by=request.POST.get("by", CODE),
        initial={"person_id": request.POST.get("person_id")},
    )
    if form.is_valid():
        _hand_over(request, site, team[form.cleaned_data["person_id"]], by_code=form.by == CODE)
        announce(request, _("Le poste est à %(name)s.") % {"name": request.user})
        return pending.resume_page(request, kept) if kept else redirect("today")
    context = {
        "form": form,
        "site": site,
        "pending": kept.as_field() if kept else "",
        "messages": (),
    }
    status = 422 if form.is_bound else 200
    return render(request, "web/change_person.html", context, status=status)


@login_required
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the counter at once."""
    counter.lock(request)
    return _in_place(request) or redirect("front_door")


@never_cache
@login_required
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the counter again for the same person, then send the form that waited."""
    if request.method != "POST":
        return redirect("front_door")
    if request.POST.get("who") not in (None, str(request.user.pk)):
        return HttpResponse(status=409)
    by = request.POST.get("by", CODE)
    told = None if "turn" in request.POST else request.POST
    form = ProofForm(told, request=request, person=request.user, by=by)
    if told is None:
        return counter_pages.locked(request, form=form)
    if not form.is_valid():
        if _in_place(request):
            said = " ".join(str(error) for errors in form.errors.values() for error in errors)
            return HttpResponse(said, content_type="text/plain", status=422)
        return counter_pages.locked(request, form=form)
    _open(request, by_password=form.by == PASSWORD)
    return _in_place(request) or _go_on(request)


@never_cache
@login_required
def confirm_password(request: HttpRequest) -> HttpResponse:
    """Ask a session opened by a short code for the password, then go on."""
    if request.method != "POST":
        return redirect(counter_pages.way_on(request))
    form = ProofForm(request.POST, request=request, person=request.user, by=PASSWORD)
    if not form.is_valid():
        return counter_pages.password_needed(request, form=form)
    _open(request, by_password=True)
    return _go_on(request)


@never_cache
@login_required
def still_here(request: HttpRequest) -> HttpResponse:
    """Let the browser say that somebody is typing; the middleware notes it."""
    return HttpResponse(status=204)


@require_POST
def discreet_mode(request: HttpRequest) -> HttpResponse:
    """Hide or show what the public could read, until the browser closes."""
    response = redirect(counter_pages.way_on(request))
    if request.COOKIES.get(DISCREET):
        response.delete_cookie(DISCREET, samesite="Lax")
    else:
        response.set_cookie(DISCREET, "1", samesite="Lax", secure=request.is_secure())
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose secret has expired, without losing a visit typed in one of our pages.

    A secret changes when somebody signs in or takes the counter in another tab. The browser's own
    word on where the form comes from stands for the secret; the page then asks who is there.
    """
    kept = pending.posted(request) or pending.carried(request)
    origin = f"{request.scheme}://{request.get_host()}"
    if not kept or request.headers.get("Origin") != origin:
        return usual_csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return counter_pages.sign_in(request, kept)
    if counter.is_locked(request, at=timezone.now()):
        return counter_pages.locked(request)
    return pending.resume_page(request, kept)


def _site_of(request: HttpRequest, actor: Actor) -> Site | None:
    """Return the place of the last act of this counter, else the first where one receives."""
    sites = days.desk_sites(actor, May.RECORD)
    return chosen_site(sites, request.session.get(CARRIED, {}).get("site", ""))


def _others(request: HttpRequest, site: Site | None) -> list[Membership]:
    if site is None:
        return []
    team = days.desk_team(site, days.local_day(site, timezone.now()))
    return [m for m in team if m.user.short_code and m.user.is_active and m.user != request.user]


def _hand_over(
    request: HttpRequest, site: Site | None, member: Membership, *, by_code: bool
) -> None:
    """Change the person; place, mode and stop of the last act stay, the mediator is the new one."""
    carried: dict[str, Any] = request.session.get(CARRIED, {})
    now = timezone.now()
    counter.hand_over(request, member.user, at=now, by_code=by_code)
    request.session[duties.SESSION_KEY] = str(member.structure_id)
    request.session[CARRIED] = carried | {
        "site": str(site.pk) if site else "",
        "mediator": str(member.pk),
        "second_mediator": "",
    }
    journal.note_decision(
        "account.changed_at_counter",
        member.user,
        by=member.user,
        at=now,
        structure=member.structure_id,
        detail=CODE if by_code else PASSWORD,
    )


def _open(request: HttpRequest, *, by_password: bool) -> None:
    """Open the counter: a password makes of a session by code a full one, under a new key."""
    now = timezone.now()
    if by_password:
        if opened_by_code(request):
            request.session.cycle_key()
        counter.open_by_password(request, at=now)
    else:
        counter.unlock(request, at=now)


def _go_on(request: HttpRequest) -> HttpResponse:
    kept = pending.carried(request)
    return pending.resume_page(request, kept) if kept else redirect(counter_pages.way_on(request))


def _in_place(request: HttpRequest) -> HttpResponse | None:
    """Return the empty answer that our script expects; None for a browser without it."""
    asked = request.headers.get("X-Requested-With") == FROM_SCRIPT
    return HttpResponse(status=204) if asked else None
