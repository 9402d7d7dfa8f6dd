"""The months of a structure: what they hold, closing one, and what a closing froze."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import reads, writes
from entremise.foundation.ui.toasts import announce
from entremise.ground.network.models import Structure
from entremise.practice.activity import operations
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.errors import MonthAlreadyClosed, MonthNotOver
from entremise.practice.activity.models import MonthClosing
from entremise.practice.activity.queries import closings as queries


@reads(May.CLOSE_MONTH)
def months(request: HttpRequest) -> HttpResponse:
    """List the months of the acting structure, the latest first."""
    structure: Any = actor_of(request).structure_id
    found = queries.months_of(structure, timezone.now())
    return render(request, "activity/months.html", {"months": found})


@reads(May.CLOSE_MONTH)
def month(request: HttpRequest, month: str) -> HttpResponse:
    """Show the frozen counts of a closed month, beside those of today where they differ."""
    actor = actor_of(request)
    closing = get_object_or_404(
        MonthClosing.objects.visible_to(actor), structure=actor.structure_id, month=_first(month)
    )
    context = {"closing": closing, "slices": queries.month_as_closed(closing)}
    return render(request, "activity/month.html", context)


@writes(May.CLOSE_MONTH)
def close_month(request: HttpRequest, month: str) -> HttpResponse:
    """Say what closing means and what is still to review; on POST close."""
    actor, first, now = actor_of(request), _first(month), timezone.now()
    structure = get_object_or_404(Structure, pk=actor.structure_id)
    found = next((m for m in queries.months_of(structure.pk, now) if m.month == first), None)
    if found is None:
        raise Http404
    if not found.is_over:
        raise MonthNotOver
    if found.closing:
        raise MonthAlreadyClosed
    if request.method == "POST":
        operations.close_month(structure, first, by=actor.user, at=now)
        announce(request, _("Le mois est clos : ses chiffres sont arrêtés."))
        return redirect("month", month)
    return render(request, "activity/close_month.html", {"found": found})


def _first(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None
