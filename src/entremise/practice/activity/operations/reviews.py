"""Read over a day of a site, and validate what was seen."""

from datetime import date, datetime

from django.db import transaction

from entremise.foundation.accounts.models import User
from entremise.foundation.core.periods import day_in_paris
from entremise.foundation.journal import operations as journal
from entremise.ground.network.models import Site
from entremise.practice.activity.errors import DayChanged, NothingToReview
from entremise.practice.activity.models import Activity, DayReview
from entremise.practice.activity.queries.reviews import seen_as


@transaction.atomic
def review_day(
    site: Site, day: date, *, by: User, at: datetime, seen: str | None = None
) -> DayReview:
    """Validate what was recorded until then of a site's day; later acts stay « à relire ».

    `seen` is the mark of the versions that the page showed (`queries.reviews.seen_as`). Raises
    DayChanged when these are others now, NothingToReview when none is left, as on a second click.
    """
    waiting = Activity.objects.current().filter(
        site=site, day=day, reviewed_on=None, recorded_at__lte=at
    )
    in_order = waiting.order_by("pk").select_for_update(of=("self",))
    locked = list(in_order.values_list("pk", "structure_id"))
    versions = [pk for pk, _structure in locked]
    if not versions:
        raise NothingToReview
    if seen is not None and seen != seen_as(versions):
        raise DayChanged
    Activity.objects.filter(pk__in=versions).update(reviewed_on=day_in_paris(at))
    review = DayReview.objects.create(
        structure_id=locked[0][1],
        site=site,
        day=day,
        act_count=len(versions),
        reviewed_on=day_in_paris(at),
        reviewed_at=at,
        reviewed_by=by,
    )
    journal.note_decision(
        "activity.day_reviewed",
        review,
        by=by,
        at=at,
        structure=review.structure_id,
        detail=f"{site.pk}:{day}:{len(versions)}",
    )
    return review
