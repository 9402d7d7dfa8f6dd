"""Entries and links of the two journals: identifiers and codes, never a name, never a text.

An entry is written inside the transaction that it tells of. Its link is added by a deferred
trigger when that transaction commits, so that two recorders wait for each other during a commit
and never during a page. No foreign key: memory must survive what it remembers.
"""

from django.db import models
from django.db.models import Q

from entremise.foundation.core.identifiers import ordered_id

CODE = r"^[a-z0-9_.:,=/+-]*$"


class Entry(models.Model):
    """Who did what to which object, when, acting for which structure."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    structure_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_holds_codes_only",
                condition=Q(verb__regex=CODE)
                & Q(subject_kind__regex=CODE)
                & Q(subject_id__regex=CODE)
                & Q(detail__regex=CODE),
            )
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="%(class)s_by_subject"),
            models.Index(fields=["at"], name="%(class)s_by_instant"),
        ]


class Link(models.Model):
    """The place of an entry in its chain: SHA-256 over the link before it and its content."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    month = models.CharField(max_length=7)
    previous = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        abstract = True


class Decision(Entry):
    """A decision or a change: kept as long as the network."""

    class Privacy:
        internal = {
            "id", "at", "actor_id", "structure_id", "verb", "subject_kind", "subject_id", "detail",
        }  # fmt: skip


class DecisionLink(Link):
    """Link of the chain of decisions."""

    class Privacy:
        internal = {"position", "entry_id", "month", "previous", "digest"}


class Access(Entry):
    """A reading or a search of something confidential: kept twelve months."""

    class Privacy:
        internal = {
            "id", "at", "actor_id", "structure_id", "verb", "subject_kind", "subject_id", "detail",
        }  # fmt: skip

    class Meta(Entry.Meta):
        verbose_name_plural = "accesses"


class AccessLink(Link):
    """Link of the chain of accesses; its month says in which segment it is sealed."""

    class Privacy:
        internal = {"position", "entry_id", "month", "previous", "digest"}


class AccessSegment(models.Model):
    """A sealed month of accesses: what stays, with its head, once the entries are purged."""

    month = models.CharField(primary_key=True, max_length=7)
    first_position = models.BigIntegerField()
    last_position = models.BigIntegerField()
    entry_count = models.BigIntegerField()
    head = models.BinaryField()
    purged = models.BooleanField(default=False)

    class Privacy:
        internal = {"month", "first_position", "last_position", "entry_count", "head", "purged"}
