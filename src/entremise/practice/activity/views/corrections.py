"""Correct or undo an act: a version is closed, never overwritten."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.doors import find_or_refuse, writes
from entremise.foundation.ui.toasts import announce
from entremise.practice.activity import operations
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.errors import (
    MediatorNotThere,
    MinutesDisagree,
    RegisterNotEarned,
    VersionSuperseded,
)
from entremise.practice.activity.forms.desk import desk_form
from entremise.practice.activity.models import Activity

CONTENT_REFUSALS = (MinutesDisagree, MediatorNotThere, RegisterNotEarned)


def _current(act: UUID, actor: Actor) -> Activity:
    latest = (
        Activity.objects.visible_to(actor).filter(act=act).order_by("-version").values("pk")[:1]
    )
    found = find_or_refuse(Activity, actor, may=May.CORRECT, pk__in=latest)
    if not found.is_current:
        raise VersionSuperseded
    return found


@writes(May.CORRECT)
def correct_act(request: HttpRequest, act: UUID) -> HttpResponse:
    """Show the act in the desk's form; on POST close its version and open another."""
    actor = actor_of(request)
    current = _current(act, actor)
    content = operations.content_of(current)
    posted = request.POST if request.method == "POST" else None
    form = desk_form(
        current.site, actor, at=timezone.now(), posted=posted, content=content, act=act
    )
    seen = request.POST.get("version") if posted else str(current.pk)
    if posted and "add_request" not in posted and form.is_valid():
        try:
            if seen != str(current.pk):
                raise VersionSuperseded
            operations.correct_activity(current, form.content(), by=actor.user, at=timezone.now())
        except (*CONTENT_REFUSALS, VersionSuperseded) as refusal:
            form.add_error(None, str(refusal))
        else:
            announce(request, _("Correction enregistrée. L’ancienne version reste visible."))
            return redirect("act", act)
    context = {"form": form, "activity": current, "seen": seen}
    status = 422 if posted and form.errors else 200
    return render(request, "activity/correct.html", context, status=status)


@require_POST
@writes(May.CORRECT)
def undo_act(request: HttpRequest, act: UUID) -> HttpResponse:
    """Undo an act: it counts no more, its versions stay."""
    actor = actor_of(request)
    undone = operations.undo_activity(_current(act, actor), by=actor.user, at=timezone.now())
    announce(request, _("Accueil annulé : il ne compte plus."))
    back = request.POST.get("next")
    return redirect(back if back == reverse("today") else reverse("act", args=[undone.act]))
