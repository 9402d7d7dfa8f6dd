"""Read over the days of one's sites, anomalies first, and validate them."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.doors import find_or_refuse, writes
from entremise.foundation.ui.toasts import announce
from entremise.ground.network.models import Site
from entremise.practice.activity import operations
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.errors import DayChanged, NothingToReview
from entremise.practice.activity.queries import reviews as queries

PER_PAGE = 10


@writes(May.REVIEW)
def reviews(request: HttpRequest) -> HttpResponse:
    """List the days to read, the oldest first; on POST validate those that were ticked."""
    actor = actor_of(request)
    if request.method == "POST":
        return _validate_ticked(request, actor)
    page = queries.days_to_review(actor, request.GET.get("page"), PER_PAGE)
    context = {
        "page": page,
        "several_sites": len(Site.objects.visible_to(actor, may=May.REVIEW)[:2]) > 1,
        "some_are_plain": any(not line.finding_count for line in page.object_list),
    }
    return render(request, "activity/reviews.html", context)


def _validate_ticked(request: HttpRequest, actor: Actor) -> HttpResponse:
    validated, changed = 0, 0
    for told in sorted(request.POST.getlist("days")):
        site, _colon, rest = told.partition(":")
        day, _colon, seen = rest.partition(":")
        try:
            operations.review_day(
                find_or_refuse(Site, actor, may=May.REVIEW, pk=_uuid(site)),
                _day(day),
                by=actor.user,
                at=timezone.now(),
                seen=seen,
            )
        except (DayChanged, NothingToReview):
            changed += 1
        else:
            validated += 1
    if validated:
        said = ngettext("%(n)d journée validée.", "%(n)d journées validées.", validated)
        announce(request, said % {"n": validated})
    if changed:
        said = ngettext(
            "%(n)d journée a changé entre-temps : ouvrez-la pour la relire.",
            "%(n)d journées ont changé entre-temps : ouvrez-les pour les relire.",
            changed,
        )
        announce(request, said % {"n": changed}, level=messages.WARNING)
    if not validated and not changed:
        announce(request, _("Cochez au moins une journée."), level=messages.WARNING)
    return redirect("reviews")


@writes(May.REVIEW)
def review_day(request: HttpRequest, site: UUID, day: str) -> HttpResponse:
    """Show a day of a site, what deserves a look first; on POST validate what was shown."""
    actor = actor_of(request)
    place = find_or_refuse(Site, actor, may=May.REVIEW, pk=site)
    read, now = _day(day), timezone.now()
    refused = ""
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            operations.review_day(place, read, by=actor.user, at=now, seen=seen)
        except NothingToReview as refusal:
            announce(request, str(refusal))
            return redirect("reviews")
        except DayChanged as refusal:
            refused = str(refusal)
        else:
            announce(request, _("Journée validée."))
            return redirect("reviews")
    context = {
        "site": place,
        "day": read,
        "read": queries.day_as_read(place, read),
        "is_over": queries.is_over(place, read, now),
        "refused": refused,
    }
    return render(request, "activity/review_day.html", context, status=409 if refused else 200)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
