"""What is known of each day, as differences that are only appended: no counter is ever updated.

A figure as of a day is the sum of the differences known until then. `Delta` has one row for each
day on which something was recorded, corrected or reviewed; `MonthlyDelta` is the same by whole
months on both sides, so that a year is read in milliseconds. `Fold` says how far the job went.
"""

from django.db import models
from django.db.models import Q

from entremise.ground.network.models import Site, Structure

PROTECT = models.PROTECT


class Difference(models.Model):
    """What changed in the counts of one site along one slice (`practice.activity`'s slices).

    Without a structure and a site, it is the sum over the whole network. Keys are not checked
    again: a million rows derive from acts whose keys were.
    """

    id = models.BigAutoField(primary_key=True)
    structure = models.ForeignKey(
        Structure, PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    site = models.ForeignKey(
        Site, PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    slice = models.CharField(max_length=8)
    key = models.CharField(max_length=60, blank=True)
    activities = models.IntegerField()
    passages = models.IntegerField()
    requests = models.IntegerField()
    accompaniments = models.IntegerField()
    to_review = models.IntegerField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_of_a_site_or_the_network",
                condition=Q(structure=None, site=None)
                | Q(structure__isnull=False, site__isnull=False),
            )
        ]


_COUNTED = {
    "structure", "site", "slice", "key", "activities", "passages", "requests", "accompaniments",
    "to_review",
}  # fmt: skip


class Delta(Difference):
    """What became known on a day about the acts of a day."""

    known_on = models.DateField()
    day = models.DateField()

    class Privacy:
        internal = {"id"}
        neutral = _COUNTED | {"known_on", "day"}

    class Meta(Difference.Meta):
        indexes = [
            models.Index(fields=["structure", "day"], name="%(class)s_of_structure"),
            models.Index(fields=["site", "day"], name="%(class)s_of_site"),
            models.Index(fields=["day"], condition=Q(site=None), name="%(class)s_of_network"),
            models.Index(fields=["known_on"], name="%(class)s_known_on"),
            models.Index(
                fields=["day", "site"],
                include=[
                    "structure", "known_on", "activities", "passages", "requests",
                    "accompaniments", "to_review",
                ],
                condition=Q(slice="total", site__isnull=False),
                name="%(class)s_of_total",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.known_on} · {self.day} · {self.slice} {self.key}"


class MonthlyDelta(Difference):
    """What became known in a month that is over about the acts of a month; both by first day."""

    known_month = models.DateField()
    month = models.DateField()

    class Privacy:
        internal = {"id"}
        neutral = _COUNTED | {"known_month", "month"}

    class Meta(Difference.Meta):
        indexes = [
            models.Index(fields=["structure", "month"], name="%(class)s_of_structure"),
            models.Index(fields=["site", "month"], name="%(class)s_of_site"),
            models.Index(fields=["month"], condition=Q(site=None), name="%(class)s_of_network"),
        ]

    def __str__(self) -> str:
        return f"{self.known_month:%Y-%m} · {self.month:%Y-%m} · {self.slice} {self.key}"


class Fold(models.Model):
    """A day whose differences are appended, and when the job did it."""

    day = models.DateField(primary_key=True)
    folded_at = models.DateTimeField()

    class Privacy:
        neutral = {"day"}
        internal = {"folded_at"}

    def __str__(self) -> str:
        return f"{self.day}"
