"""Record the visits of a tally sheet kept during an outage: all of them, once, or none."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from entremise.foundation.accounts.models import User
from entremise.practice.activity.engine import ActContent
from entremise.practice.activity.errors import ActDiffers
from entremise.practice.activity.models import Activity
from entremise.practice.activity.operations.acts import record_activity


@transaction.atomic
def record_sheet(
    visits: Sequence[ActContent], *, sheet: UUID, by: User, at: datetime
) -> list[Activity]:
    """Record each visit under an identifier made from the sheet's and its rank; return the acts
    that this call added, none when the whole sheet had been recorded before.

    Raises ActDiffers when the sheet holds other visits, more or fewer: nothing is then written;
    and the refusals of recording an act.
    """
    recorded = [
        record_activity(visit, act=uuid5(sheet, str(rank)), by=by, at=at)
        for rank, visit in enumerate(visits)
    ]
    added = [one.activity for one in recorded if not one.replayed]
    following = Activity.objects.filter(act=uuid5(sheet, str(len(visits))))
    if 0 < len(added) < len(recorded) or (not added and following.exists()):
        raise ActDiffers(recorded[0].activity)
    return added
