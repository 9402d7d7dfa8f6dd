"""Write the journals: a decision inside its transaction, an access before its page."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connections, models

from entremise.foundation.core.inserting import insert_once
from entremise.foundation.journal.models import Access, Decision

OWN_CONNECTION = "journal"


class Signatory(Protocol):
    """Whoever signs: an account or a named system account."""

    pk: UUID


def note_decision(
    verb: str,
    subject: models.Model | None,
    *,
    by: Signatory,
    at: datetime,
    structure: UUID | None = None,
    detail: str = "",
) -> Decision:
    """Write a decision in the running transaction; its link is added when that one commits.

    `verb` and `detail` are codes (lower case, digits and `_.:,=/+-`), never a person's text;
    the database refuses anything else.
    """
    entry = Decision(
        at=at,
        actor_id=by.pk,
        structure_id=structure,
        verb=verb,
        subject_kind=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        detail=detail,
    )
    insert_once(entry, ())
    return entry


def note_access(
    verb: str,
    subject: models.Model | None = None,
    *,
    by: Signatory,
    at: datetime,
    structure: UUID | None = None,
    detail: str = "",
) -> Access:
    """Write and commit an access on its own connection, before the page is answered.

    Raises the database's error when it cannot be written: then the page must not be shown.
    """
    return Access.objects.using(OWN_CONNECTION).create(
        at=at,
        actor_id=by.pk,
        structure_id=structure,
        verb=verb,
        subject_kind=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        detail=detail,
    )


def seal_and_purge_accesses() -> int:
    """Seal the months that are over; forget the ones older than twelve months (CNIL, logging).

    Returns how many entries were forgotten. The head of each sealed month stays.
    """
    with connections[OWN_CONNECTION].cursor() as cursor:
        cursor.execute("SELECT journal_seal_and_purge_accesses()")
        return int(cursor.fetchone()[0])
