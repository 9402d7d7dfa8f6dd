"""Regions, départements, EPCI, communes and priority neighbourhoods.

Names keep their French spelling; `search_name` is unaccented and sorts and searches.
"""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from entremise.ground.reference.enums import CommuneKind, Zone

_PART_OF_ANOTHER = [CommuneKind.DISTRICT, CommuneKind.DELEGATED, CommuneKind.ASSOCIATED]


class Region(models.Model):
    """A region, or an overseas collectivity that stands as one."""

    code = models.CharField(primary_key=True, max_length=3)
    name = models.CharField(max_length=100)
    search_name = models.CharField(max_length=100)

    class Privacy:
        neutral = {"code", "name", "search_name"}

    def __str__(self) -> str:
        return self.name


class Departement(models.Model):
    """A département (2A, 2B and 971 to 976 included) or an overseas collectivity."""

    code = models.CharField(primary_key=True, max_length=3)
    name = models.CharField(max_length=100)
    search_name = models.CharField(max_length=100)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="departements")
    zone = models.CharField(max_length=5, choices=Zone.choices)

    class Privacy:
        neutral = {"code", "name", "search_name", "region", "zone"}

    def __str__(self) -> str:
        return self.name


class Epci(models.Model):
    """An inter-municipal authority with its own taxation; `kind` as published (CC, CA, CU…)."""

    code = models.CharField(primary_key=True, max_length=9)
    name = models.CharField(max_length=150)
    search_name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10)

    class Privacy:
        neutral = {"code", "name", "search_name", "kind"}

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """An INSEE code with a name: a commune, a district of Paris, Lyon or Marseille, a former one.

    `parent` is the whole commune of a district, or the commune that took in a former one.
    """

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=100)
    search_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=CommuneKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    departement = models.ForeignKey(Departement, on_delete=models.PROTECT, related_name="communes")
    epci = models.ForeignKey(
        Epci, null=True, blank=True, on_delete=models.PROTECT, related_name="communes"
    )
    postal_codes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Privacy:
        neutral = {
            "code",
            "name",
            "search_name",
            "kind",
            "parent",
            "departement",
            "epci",
            "postal_codes",
            "population",
            "invented",
        }

    class Meta:
        indexes = [
            models.Index(
                name="reference_commune_search",
                fields=["search_name"],
                opclasses=["varchar_pattern_ops"],
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="reference_commune_parts_name_their_whole",
                condition=Q(kind=CommuneKind.COMMUNE, parent=None)
                | Q(kind__in=_PART_OF_ANOTHER, parent__isnull=False)
                | Q(kind=CommuneKind.FORMER),
            ),
            models.CheckConstraint(
                name="reference_commune_invented_codes_start_with_zeros",
                condition=Q(invented=False) | Q(code__startswith="00"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormerCommune(models.Model):
    """An INSEE code that named a commune once, without a name left in the source."""

    code = models.CharField(primary_key=True, max_length=5)
    merged_into = models.ForeignKey(
        Commune, on_delete=models.PROTECT, related_name="former_communes"
    )

    class Privacy:
        neutral = {"code", "merged_into"}

    def __str__(self) -> str:
        return self.code


class QpvQuerySet(models.QuerySet["Qpv"]):
    """Priority neighbourhoods."""

    def in_force(self, day: date) -> Self:
        """Keep the neighbourhoods that exist that day; the end is not in it."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)


class Qpv(models.Model):
    """A priority neighbourhood (QPV), loaded by the operator; it may cross several communes."""

    code = models.CharField(primary_key=True, max_length=8)
    name = models.CharField(max_length=150)
    search_name = models.CharField(max_length=150)
    generation = models.PositiveSmallIntegerField()
    communes = models.ManyToManyField(Commune, related_name="qpvs")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = QpvQuerySet.as_manager()

    class Privacy:
        neutral = {
            "code",
            "name",
            "search_name",
            "generation",
            "communes",
            "valid_from",
            "valid_until",
        }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reference_qpv_ends_after_it_starts",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
