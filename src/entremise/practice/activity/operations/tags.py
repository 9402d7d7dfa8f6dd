"""Keep the local tags of a structure."""

from datetime import datetime

from django.db import transaction

from entremise.foundation.accounts.models import User
from entremise.foundation.journal import operations as journal
from entremise.practice.activity.models import LocalTag


@transaction.atomic
def keep_local_tag(tag: LocalTag, *, by: User, at: datetime) -> LocalTag:
    """Keep a local tag; the database refuses one without a national theme."""
    tag.save()
    journal.note_decision("activity.tag_kept", tag, by=by, at=at, structure=tag.structure_id)
    return tag
