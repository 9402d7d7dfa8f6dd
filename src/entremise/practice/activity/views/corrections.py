"""Correct or undo an act: a version is closed, never overwritten."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.doors import find_or_refuse, writes
from entremise.foundation.ui.toasts import announce
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ActContent, with_register
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.enums import Entry
from entremise.practice.activity.errors import (
    MediatorNotThere,
    MinutesDisagree,
    MotiveNeeded,
    RegisterNotEarned,
    VersionSuperseded,
    WaveNotCountable,
)
from entremise.practice.activity.forms.desk import desk_form
from entremise.practice.activity.forms.reviews import MotiveForm
from entremise.practice.activity.forms.visit import VisitForm
from entremise.practice.activity.models import Activity, ActNote
from entremise.practice.activity.queries import closings
from entremise.practice.activity.views.acts import note_shown

CONTENT_REFUSALS = (
    MinutesDisagree,
    MediatorNotThere,
    RegisterNotEarned,
    MotiveNeeded,
    WaveNotCountable,
)


def _current(act: UUID, actor: Actor) -> Activity:
    latest = (
        Activity.objects.visible_to(actor).filter(act=act).order_by("-version").values("pk")[:1]
    )
    found = find_or_refuse(Activity, actor, may=May.CORRECT, pk__in=latest)
    if not found.is_current:
        raise VersionSuperseded
    return found


def _with_the_rest(form: VisitForm, before: ActContent) -> ActContent:
    """Return what the form tells, with what it does not show: how the act came in."""
    told = replace(
        form.content(),
        entry=before.entry,
        gathered=before.gathered,
        until_quarter=before.until_quarter,
        secondary_registers=before.secondary_registers,
    )
    return with_register(told, None) if before.entry == Entry.WAVE else told


@writes(May.CORRECT)
def correct_act(request: HttpRequest, act: UUID) -> HttpResponse:
    """Show the act in the desk's form; on POST close its version and open another."""
    actor = actor_of(request)
    current = _current(act, actor)
    posted = request.POST if request.method == "POST" else None
    note = operations.note_of(current) if posted else note_shown(current, actor)
    reason = ActNote.objects.filter(activity=current.pk).values_list("reason", flat=True).first()
    content = replace(operations.content_of(current), note=note, note_reason=reason or "")
    form = desk_form(
        current.site, actor, at=timezone.now(), posted=posted, content=content, act=act,
        needs_motive=closings.needs_motive(current),
    )  # fmt: skip
    seen = request.POST.get("version") if posted else str(current.pk)
    if posted and "add_request" not in posted and form.is_valid():
        try:
            if seen != str(current.pk):
                raise VersionSuperseded
            operations.correct_activity(
                current,
                _with_the_rest(form, content),
                by=actor.user,
                at=timezone.now(),
                motive=form.cleaned_data.get("motive", ""),
            )
        except (*CONTENT_REFUSALS, VersionSuperseded) as refusal:
            form.add_error(None, str(refusal))
        else:
            announce(request, _("Correction enregistrée. L’ancienne version reste visible."))
            return redirect("act", act)
    context = {
        "form": form,
        "activity": current,
        "seen": seen,
        "month_is_closed": closings.is_closed(current.structure_id, current.day),
    }
    status = 422 if posted and form.errors else 200
    return render(request, "activity/correct.html", context, status=status)


@writes(May.CORRECT)
def undo_act(request: HttpRequest, act: UUID) -> HttpResponse:
    """Undo an act: it counts no more, its versions stay. Asks why once its day was read."""
    actor = actor_of(request)
    current = _current(act, actor)
    posted = request.POST if request.method == "POST" else None
    asked = MotiveForm(posted) if closings.needs_motive(current) else None
    if posted is None or (asked and not asked.is_valid()):
        context = {"form": asked, "activity": current}
        status = 200 if posted is None else 422
        return render(request, "activity/undo.html", context, status=status)
    motive = asked.cleaned_data["motive"] if asked else ""
    operations.undo_activity(current, by=actor.user, at=timezone.now(), motive=motive)
    announce(request, _("Accueil annulé : il ne compte plus."))
    back = request.POST.get("next")
    return redirect(back if back == reverse("today") else reverse("act", args=[act]))
