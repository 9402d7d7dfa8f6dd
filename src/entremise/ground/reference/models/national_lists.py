"""Themes, operators, natures, outcomes and age bands: dated entries, never deleted."""

from datetime import date
from typing import Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from entremise.ground.reference.enums import Carrier, OperatorKind

Entry = TypeVar("Entry", bound="NationalEntry")

_ENTRY = {"code", "label", "label_en", "position", "valid_from", "valid_until"}


class NationalEntryQuerySet(models.QuerySet[Entry]):
    """Entries of a national list."""

    def in_force(self, day: date) -> Self:
        """Keep the entries valid that day; the end is not in it."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)


class NationalEntry(models.Model):
    """An entry of a national list; its code never changes, its labels may."""

    code = models.CharField(primary_key=True, max_length=40)
    label = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = NationalEntryQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_labelled",
                condition=~Q(code="") & ~Q(label="") & ~Q(label_en=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The label in the active language, French by default."""
        return self.label_en if (get_language() or "fr").startswith("en") else self.label

    def is_in_force(self, day: date) -> bool:
        """True when the entry may be chosen that day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class Theme(NationalEntry):
    """What a request is about, on two levels; a request takes a theme of either.

    `data_inclusion` holds families at level 1 and leaves at level 2 (schema 1.0.10).
    """

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    data_inclusion = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    class Privacy:
        neutral = _ENTRY | {"parent", "data_inclusion"}

    class Meta(NationalEntry.Meta):
        constraints = [
            *NationalEntry.Meta.constraints,
            models.CheckConstraint(
                name="reference_theme_is_not_its_own_parent", condition=~Q(parent=F("code"))
            ),
        ]

    @property
    def level(self) -> int:
        """1 for a family of themes, 2 inside one."""
        return 1 if self.parent_id is None else 2


class Operator(NationalEntry):
    """The body that a request concerns; it joins and leaves France services on dated days."""

    kind = models.CharField(max_length=20, choices=OperatorKind.choices)
    france_services_from = models.DateField(null=True, blank=True)
    france_services_until = models.DateField(null=True, blank=True)

    class Privacy:
        neutral = _ENTRY | {"kind", "france_services_from", "france_services_until"}

    class Meta(NationalEntry.Meta):
        constraints = [
            *NationalEntry.Meta.constraints,
            models.CheckConstraint(
                name="reference_operator_leaves_france_services_after_joining",
                condition=Q(france_services_until=None)
                | Q(france_services_until__gt=F("france_services_from")),
            ),
        ]

    def is_of_france_services(self, day: date) -> bool:
        """True when the operator belongs to France services that day."""
        if self.france_services_from is None or day < self.france_services_from:
            return False
        return self.france_services_until is None or day < self.france_services_until


class Nature(NationalEntry):
    """What was done; it proposes a register (3 or none) or opens a record that will give one."""

    register = models.PositiveSmallIntegerField(null=True, blank=True)
    opens_carrier = models.CharField(  # noqa: DJ001 -- null says that it opens nothing
        max_length=20, choices=Carrier.choices, null=True, blank=True
    )

    class Privacy:
        neutral = _ENTRY | {"register", "opens_carrier"}

    class Meta(NationalEntry.Meta):
        constraints = [
            *NationalEntry.Meta.constraints,
            # The desk alone gives « aucun » or 3; the others come from their carrier (decisions 6).
            models.CheckConstraint(
                name="reference_nature_proposes_three_or_nothing",
                condition=Q(register=None) | Q(register=3, opens_carrier=None),
            ),
        ]


class Outcome(NationalEntry):
    """How a request ended."""

    class Privacy:
        neutral = _ENTRY


class AgeBand(NationalEntry):
    """Ages from `lower` to `upper`, both included; no upper age for the last band."""

    lower = models.PositiveSmallIntegerField()
    upper = models.PositiveSmallIntegerField(null=True, blank=True)

    class Privacy:
        neutral = _ENTRY | {"lower", "upper"}

    class Meta(NationalEntry.Meta):
        constraints = [
            *NationalEntry.Meta.constraints,
            models.CheckConstraint(
                name="reference_ageband_goes_up",
                condition=Q(upper=None) | Q(upper__gte=F("lower")),
            ),
        ]
