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
from entremise.foundation.imports.models import ImportBatch
from entremise.ground.network.models import Membership, Site, Stop, Structure
from entremise.ground.reference.models import Commune, Nature, Operator, Outcome, Qpv, Theme
from entremise.practice.activity.enums import (
    Answer,
    Autonomy,
    Basis,
    Closing,
    Entry,
    Explanation,
    Frame,
    Kind,
    Mandate,
    Mode,
    Motive,
    Origin,
    PlaceKind,
    Presence,
    Sex,
    Slice,
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
    motive = models.CharField(max_length=10, choices=Motive, blank=True)
    entry = models.CharField(max_length=8, choices=Entry, default=Entry.DIRECT)
    gathered_count = models.PositiveSmallIntegerField(null=True)
    until_quarter = models.PositiveSmallIntegerField(null=True)
    reviewed_on = models.DateField(null=True)
    coarsened_on = models.DateField(null=True)
    batch = models.ForeignKey(ImportBatch, PROTECT, null=True, related_name="+", db_index=False)

    objects: ClassVar = ActivityQuerySet.as_manager()

    class Privacy:
        neutral = {
            "id", "act", "version", "structure", "site", "kind", "mode", "day", "quarter",
            "minutes", "origin", "place_kind", "stop", "place_commune", "basis", "presence",
            "first_visit", "commune_answer", "commune", "qpv_answer", "qpv", "autonomy",
            "mandate", "mandate_until", "main_register", "secondary_registers", "passage_count",
            "request_count", "accompaniment_count", "carrier_kind", "recorded_on",
            "superseded_on", "closing", "supervised", "motive", "entry", "gathered_count",
            "until_quarter", "reviewed_on", "coarsened_on",
        }  # fmt: skip
        internal = {
            "mediator", "second_mediator", "carrier_id", "fingerprint", "recorded_at",
            "recorded_by", "superseded_at", "superseded_by", "batch",
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
                name="%(class)s_motive_when_closed", condition=Q(motive="") | ~Q(closing="")
            ),
            models.CheckConstraint(
                name="%(class)s_wave_has_number_and_hours",
                condition=(
                    Q(entry="wave", gathered_count__gte=2, until_quarter__isnull=False)
                    & Q(main_register=None)
                )
                | (~Q(entry="wave") & Q(until_quarter=None)),
            ),
            models.CheckConstraint(
                name="%(class)s_until_after_quarter",
                condition=Q(until_quarter=None)
                | Q(until_quarter__gt=F("quarter"), until_quarter__lte=96),
            ),
            models.CheckConstraint(
                name="%(class)s_gathered_in_waves_and_imports",
                condition=Q(gathered_count=None)
                | Q(gathered_count__gte=1, entry__in=["wave", "imported"]),
            ),
            models.CheckConstraint(
                name="%(class)s_imported_by_a_batch",
                condition=Q(entry="imported", batch__isnull=False)
                | (~Q(entry="imported") & Q(batch=None)),
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
            models.Index(fields=["recorded_on"], name="%(class)s_of_recording"),
            models.Index(
                fields=["superseded_on"],
                condition=Q(superseded_on__isnull=False),
                name="%(class)s_of_closing",
            ),
            models.Index(
                fields=["reviewed_on"],
                condition=Q(reviewed_on__isnull=False),
                name="%(class)s_of_review",
            ),
            models.Index(
                fields=["site", "day"],
                condition=Q(superseded_at=None, reviewed_on=None),
                name="%(class)s_to_review",
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
    def end(self) -> time | None:
        """When the wave ended, by the local time of its site; None for an ordinary act."""
        if self.until_quarter is None:
            return None
        return time_of_quarter(self.until_quarter % 96)

    @property
    def is_late(self) -> bool:
        """True when it was typed after its day, or from a sheet kept during an outage."""
        return self.entry == Entry.SHEET or self.recorded_on > self.day

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


class ActNote(models.Model):
    """The working note of one version, sealed and never searched; erased on its day."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    activity = models.OneToOneField(Activity, models.CASCADE, related_name="note")
    structure = models.ForeignKey(Structure, PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()
    reason = models.CharField(max_length=20, blank=True)
    erase_on = models.DateField(db_index=True)

    objects: ClassVar = VisibleQuerySet.as_manager()

    class Privacy:
        free_text = {"sealed"}
        internal = {"id", "activity", "reason", "erase_on"}
        neutral = {"structure"}

    def __str__(self) -> str:
        return f"{self.activity_id}"


class DayReview(models.Model):
    """The lead has read a day of a site: what was recorded until then is validated."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    structure = models.ForeignKey(Structure, PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(Site, PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    act_count = models.PositiveIntegerField()
    reviewed_on = models.DateField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, PROTECT, related_name="+", db_index=False
    )

    class Privacy:
        neutral = {"id", "structure", "site", "day", "act_count", "reviewed_on"}
        internal = {"reviewed_at", "reviewed_by"}

    class Meta:
        indexes = [models.Index(fields=["site", "-day"], name="%(class)s_of_site")]

    def __str__(self) -> str:
        return f"{self.site_id} {self.day}"


class MonthClosing(models.Model):
    """A month of a structure whose counts are frozen; corrections afterwards leave them alone."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    structure = models.ForeignKey(Structure, PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    closed_on = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, PROTECT, related_name="+", db_index=False
    )

    objects: ClassVar = VisibleQuerySet.as_manager()

    class Privacy:
        neutral = {"id", "structure", "month", "closed_on"}
        internal = {"closed_at", "closed_by"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "month"], name="%(class)s_once"),
            models.CheckConstraint(name="%(class)s_first_of_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class FrozenCount(models.Model):
    """What a closing froze: the counters of one site and day along one slice."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    closing = models.ForeignKey(MonthClosing, models.CASCADE, related_name="counts")
    structure = models.ForeignKey(Structure, PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(Site, PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    slice = models.CharField(max_length=8, choices=Slice)
    key = models.CharField(max_length=60, blank=True)
    activities = models.PositiveIntegerField()
    passages = models.PositiveIntegerField()
    requests = models.PositiveIntegerField()
    accompaniments = models.PositiveIntegerField()
    to_review = models.PositiveIntegerField()

    class Privacy:
        internal = {"id"}
        neutral = {
            "closing", "structure", "site", "day", "slice", "key", "activities", "passages",
            "requests", "accompaniments", "to_review",
        }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "site", "slice", "day", "key"], name="%(class)s_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.slice} {self.key}"
