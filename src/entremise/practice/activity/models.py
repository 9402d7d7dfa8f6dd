"""An act and its versions, the requests it carries, and the people it met, counted and unnamed.

Every table carries the structure: the wall of PostgreSQL stands on that column.
"""

from datetime import date, time
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.querysets import VisibleQuerySet
from entremise.foundation.core.identifiers import ordered_id, random_id
from entremise.foundation.core.periods import Period, time_of_quarter
from entremise.ground.network.models import Membership, Site, Stop, Structure
from entremise.ground.reference.models import Commune, Nature, Operator, Outcome, Qpv, Theme
from entremise.practice.activity.enums import (
    Answer,
    Autonomy,
    Basis,
    Closing,
    Explanation,
    Frame,
    Kind,
    Mandate,
    Mode,
    Origin,
    PlaceKind,
    Presence,
    Sex,
)

PROTECT = models.PROTECT


class LocalTag(models.Model):
    """A word of one structure for its own follow-up; it always maps to a national theme."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    structure = models.ForeignKey(Structure, PROTECT, related_name="local_tags")
    label = models.CharField(max_length=60, verbose_name=_("étiquette"))
    theme = models.ForeignKey(Theme, PROTECT, verbose_name=_("thème national"))
    valid_until = models.DateField(null=True, blank=True)

    objects: ClassVar = VisibleQuerySet.as_manager()

    class Privacy:
        neutral = {"id", "structure", "label", "theme", "valid_until"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "label"], name="%(class)s_one_per_label")
        ]

    def __str__(self) -> str:
        return self.label


class ActivityQuerySet(VisibleQuerySet):
    """Versions of acts, as questions ask for them."""

    def current(self) -> Self:
        """Keep the version in force of each act that was not undone."""
        return self.filter(superseded_at=None)

    def as_of(self, day: date) -> Self:
        """Keep what was known at 24:00 Europe/Paris on the day (decisions.md 7)."""
        return self.filter(Q(superseded_on=None) | Q(superseded_on__gt=day), recorded_on__lte=day)

    def during(self, period: Period) -> Self:
        """Keep acts that took place in the period, by the local day of their site."""
        return self.filter(day__gte=period.first, day__lt=period.end)


class Activity(models.Model):
    """One version of one countable act. `act` is the act, made by the client and kept through
    its versions; `id` is this version. The act keeps the site and structure of its day.
    """

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    act = models.UUIDField(default=random_id)
    version = models.PositiveSmallIntegerField(default=1)
    structure = models.ForeignKey(Structure, PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(Site, PROTECT, related_name="+", db_index=False)
    mediator = models.ForeignKey(Membership, PROTECT, related_name="+", db_index=False)
    second_mediator = models.ForeignKey(
        Membership, PROTECT, null=True, related_name="+", db_index=False
    )
    supervised = models.BooleanField(default=False)
    kind = models.CharField(max_length=16, choices=Kind)
    mode = models.CharField(max_length=12, choices=Mode)
    day = models.DateField()
    quarter = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(null=True)
    origin = models.CharField(max_length=14, choices=Origin, blank=True)
    place_kind = models.CharField(max_length=8, choices=PlaceKind)
    stop = models.ForeignKey(Stop, PROTECT, null=True, related_name="+", db_index=False)
    place_commune = models.ForeignKey(Commune, PROTECT, null=True, related_name="+", db_index=False)
    basis = models.CharField(max_length=9, choices=Basis, blank=True)
    presence = ArrayField(models.CharField(max_length=12, choices=Presence), default=list)
    first_visit = models.CharField(max_length=11, choices=Answer, blank=True)
    commune_answer = models.CharField(max_length=11, choices=Answer, blank=True)
    commune = models.ForeignKey(Commune, PROTECT, null=True, related_name="+", db_index=False)
    qpv_answer = models.CharField(max_length=11, choices=Answer, blank=True)
    qpv = models.ForeignKey(Qpv, PROTECT, null=True, related_name="+", db_index=False)
    autonomy = models.CharField(max_length=9, choices=Autonomy, blank=True)
    mandate = models.CharField(max_length=19, choices=Mandate, blank=True)
    mandate_until = models.DateField(null=True)
    main_register = models.PositiveSmallIntegerField(null=True)
    secondary_registers = ArrayField(models.PositiveSmallIntegerField(), default=list)
    passage_count = models.PositiveSmallIntegerField()
    request_count = models.PositiveSmallIntegerField()
    accompaniment_count = models.PositiveSmallIntegerField()
    carrier_kind = models.CharField(max_length=16, blank=True)
    carrier_id = models.UUIDField(null=True)
    fingerprint = models.BinaryField()
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, PROTECT, related_name="+", db_index=False
    )
    superseded_on = models.DateField(null=True)
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, PROTECT, null=True, related_name="+", db_index=False
    )
    closing = models.CharField(max_length=9, choices=Closing, blank=True)

    objects: ClassVar = ActivityQuerySet.as_manager()

    class Privacy:
        neutral = {
            "id", "act", "version", "structure", "site", "kind", "mode", "day", "quarter",
            "minutes", "origin", "place_kind", "stop", "place_commune", "basis", "presence",
            "first_visit", "commune_answer", "commune", "qpv_answer", "qpv", "autonomy",
            "mandate", "mandate_until", "main_register", "secondary_registers", "passage_count",
            "request_count", "accompaniment_count", "carrier_kind", "recorded_on",
            "superseded_on", "closing", "supervised",
        }  # fmt: skip
        internal = {
            "mediator", "second_mediator", "carrier_id", "fingerprint", "recorded_at",
            "recorded_by", "superseded_at", "superseded_by",
        }  # fmt: skip

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(fields=["act", "version"], name="%(class)s_one_per_version"),
            models.UniqueConstraint(
                fields=["act"], condition=Q(superseded_at=None), name="%(class)s_one_current"
            ),
            models.CheckConstraint(
                name="%(class)s_superseded_together",
                condition=Q(superseded_at=None, superseded_on=None, superseded_by=None, closing="")
                | (
                    Q(superseded_at__isnull=False, superseded_on__isnull=False)
                    & Q(superseded_by__isnull=False)
                    & ~Q(closing="")
                ),
            ),
            models.CheckConstraint(name="%(class)s_quarter_of_a_day", condition=Q(quarter__lt=96)),
            models.CheckConstraint(
                name="%(class)s_minutes_of_a_day",
                condition=Q(minutes=None) | Q(minutes__range=(1, 1440)),
            ),
            models.CheckConstraint(
                name="%(class)s_desk_gives_none_or_3",
                condition=Q(main_register=None)
                | Q(carrier_kind="", main_register=3)
                | (~Q(carrier_kind="") & Q(main_register__range=(1, 8))),
            ),
            models.CheckConstraint(
                name="%(class)s_two_secondary_at_most",
                condition=Q(secondary_registers__len__lte=2),
            ),
            models.CheckConstraint(
                name="%(class)s_sale_in_no_register",
                condition=~Q(kind__in=["sale", "failed_contact"])
                | Q(main_register=None, passage_count=0),
            ),
            models.CheckConstraint(
                name="%(class)s_stop_when_at_a_stop",
                condition=Q(place_kind="stop", stop__isnull=False)
                | (~Q(place_kind="stop") & Q(stop=None)),
            ),
            models.CheckConstraint(
                name="%(class)s_two_different_mediators",
                condition=Q(second_mediator=None) | ~Q(second_mediator=F("mediator")),
            ),
            models.CheckConstraint(
                name="%(class)s_commune_when_told",
                condition=Q(commune=None) | Q(commune_answer="yes"),
            ),
            models.CheckConstraint(
                name="%(class)s_qpv_when_told", condition=Q(qpv=None) | Q(qpv_answer="yes")
            ),
            models.CheckConstraint(
                name="%(class)s_mandate_has_its_term",
                condition=(Q(mandate="aidants_connect") & Q(mandate_until__isnull=False))
                | (~Q(mandate="aidants_connect") & Q(mandate_until=None)),
            ),
            models.CheckConstraint(
                name="%(class)s_carrier_together",
                condition=Q(carrier_kind="", carrier_id=None)
                | (~Q(carrier_kind="") & Q(carrier_id__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["structure", "-day", "-quarter", "id"],
                condition=Q(superseded_at=None),
                name="%(class)s_of_structure",
            ),
            models.Index(
                fields=["site", "-day", "-quarter", "id"],
                include=["structure"],
                condition=Q(superseded_at=None),
                name="%(class)s_of_site",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.day}"

    def get_absolute_url(self) -> str:
        """Return the page of the act, whatever its version."""
        return reverse("act", args=[self.act])

    @property
    def start(self) -> time:
        """When the quarter of an hour of the act began, by the local time of its site."""
        return time_of_quarter(self.quarter)

    @property
    def is_current(self) -> bool:
        """True for the version in force."""
        return self.superseded_at is None


class Request(models.Model):
    """One thing that the person came for, in one version of an act."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="requests")
    structure = models.ForeignKey(Structure, PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()
    theme = models.ForeignKey(Theme, PROTECT, related_name="+", db_index=False)
    operator = models.ForeignKey(Operator, PROTECT, null=True, related_name="+", db_index=False)
    nature = models.ForeignKey(Nature, PROTECT, null=True, related_name="+", db_index=False)
    outcome = models.ForeignKey(Outcome, PROTECT, null=True, related_name="+", db_index=False)
    frame = models.CharField(max_length=15, choices=Frame)
    explanation = models.CharField(max_length=21, choices=Explanation, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    local_tag = models.ForeignKey(LocalTag, PROTECT, null=True, related_name="+", db_index=False)

    class Privacy:
        internal = {"id"}  # it tells the instant of recording
        neutral = {
            "activity", "structure", "position", "theme", "operator", "nature", "outcome",
            "frame", "explanation", "minutes", "local_tag",
        }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="%(class)s_minutes_of_a_day",
                condition=Q(minutes=None) | Q(minutes__lte=1440),
            ),
        ]
        indexes = [
            models.Index(
                fields=["structure", "theme"], include=["activity"], name="%(class)s_of_theme"
            )
        ]

    def __str__(self) -> str:
        return self.theme_id


class Participants(models.Model):
    """How many people of one sex and one age band were met; `nd` is « non demandé »."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participants")
    structure = models.ForeignKey(Structure, PROTECT, related_name="+", db_index=False)
    sex = models.CharField(max_length=2, choices=Sex)
    band = models.CharField(max_length=8)
    people_count = models.PositiveSmallIntegerField()

    class Privacy:
        internal = {"id"}  # it tells the instant of recording
        neutral = {"activity", "structure", "sex", "band", "people_count"}

    class Meta:
        verbose_name_plural = "participants"
        constraints = [
            models.CheckConstraint(
                name="%(class)s_somebody", condition=Q(people_count__range=(1, 99))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people_count} × {self.sex} {self.band}"
