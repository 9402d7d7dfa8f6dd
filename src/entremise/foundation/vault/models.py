"""The keys of structures, as the database keeps them: wrapped, useless without the master key."""

from django.db import models
from django.db.models import Q

from entremise.foundation.core.identifiers import ordered_id


class DataKey(models.Model):
    """One version of the key of one owner. `owner` is a structure's id, without foreign key:
    this floor knows no structure. A retired version still opens what it sealed.
    """

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    owner = models.UUIDField()
    version = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Privacy:
        internal = {"id", "owner", "version", "wrapped", "made_at", "retired_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "version"], name="%(class)s_version_once"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(retired_at=None), name="%(class)s_one_current"
            ),
            models.CheckConstraint(name="%(class)s_version_from_1", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.owner} v{self.version}"
