"""Network → structures → points d'accueil, with their dates; and who holds which role in them."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.querysets import VisibleQuerySet
from entremise.foundation.core.identifiers import ordered_id
from entremise.ground.network.enums import (
    ClosureReason,
    HalfDay,
    Module,
    Role,
    SiteKind,
    SiteState,
    Status,
    StructureStatus,
)
from entremise.ground.network.roles import NEEDS_SUPERVISOR
from entremise.ground.reference.models import Commune


class Network(models.Model):
    """The network itself: one a database."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    name = models.CharField(max_length=120)
    invented = models.BooleanField(default=False)

    class Privacy:
        neutral = {"id", "name", "invented"}

    def __str__(self) -> str:
        return self.name


class StructureQuerySet(VisibleQuerySet):
    """Structures, as lists ask for them."""

    def in_order(self) -> Self:
        """Sort by name, whatever the accents."""
        return self.order_by("sort_name", "id")


class Structure(models.Model):
    """An employing structure, most often an association, tied to the network by a franchise."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="structures")
    code = models.SlugField(max_length=40, unique=True, verbose_name=_("code"))
    name = models.CharField(max_length=150, verbose_name=_("nom"))
    sort_name = models.CharField(max_length=150, editable=False)
    status = models.CharField(
        max_length=24,
        choices=StructureStatus,
        default=StructureStatus.ASSOCIATION,
        verbose_name=_("forme juridique"),
    )
    siret = models.CharField(max_length=14, blank=True, verbose_name=_("SIRET"))
    rna = models.CharField(max_length=10, blank=True, verbose_name=_("numéro RNA"))
    franchise_from = models.DateField(null=True, blank=True, verbose_name=_("franchise depuis le"))
    franchise_until = models.DateField(null=True, blank=True, verbose_name=_("franchise jusqu’au"))
    email = models.EmailField(blank=True, verbose_name=_("adresse électronique"))
    phone = models.CharField(max_length=20, blank=True, verbose_name=_("téléphone"))
    website = models.URLField(blank=True, verbose_name=_("site internet"))
    modules = ArrayField(models.CharField(max_length=20, choices=Module), default=list)
    checklist_done = ArrayField(models.CharField(max_length=30), default=list)
    holding = models.BooleanField(default=False)
    invented = models.BooleanField(default=False)

    objects: ClassVar = StructureQuerySet.as_manager()

    class Privacy:
        neutral = {
            "id", "network", "code", "name", "sort_name", "status", "siret", "rna",
            "franchise_from", "franchise_until", "email", "phone", "website", "modules",
            "checklist_done", "holding", "invented",
        }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["siret"], condition=~Q(siret=""), name="%(class)s_one_per_siret"
            ),
            models.UniqueConstraint(
                fields=["network"], condition=Q(holding=True), name="%(class)s_one_holding"
            ),
            models.CheckConstraint(
                name="%(class)s_franchise_in_order",
                condition=Q(franchise_until=None)
                | Q(franchise_from=None)
                | Q(franchise_until__gt=F("franchise_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SiteQuerySet(VisibleQuerySet):
    """Points d'accueil, as lists ask for them."""

    def in_order(self) -> Self:
        """Sort by name, whatever the accents."""
        return self.order_by("sort_name", "id")

    def living(self) -> Self:
        """Keep those that are not closed."""
        return self.exclude(state=SiteState.CLOSED)


class Site(models.Model):
    """A point d'accueil: a place, a bus or a team where people are received."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    structure = models.ForeignKey(Structure, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=150, verbose_name=_("nom"))
    sort_name = models.CharField(max_length=150, editable=False)
    kind = models.CharField(max_length=12, choices=SiteKind, verbose_name=_("nature du lieu"))
    state = models.CharField(max_length=10, choices=SiteState, default=SiteState.OPEN)
    opened_on = models.DateField(null=True, blank=True, verbose_name=_("ouvert depuis le"))
    suspended_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    address = models.CharField(max_length=200, blank=True, verbose_name=_("adresse"))
    address_extra = models.CharField(max_length=200, blank=True, verbose_name=_("complément"))
    postal_code = models.CharField(max_length=5, blank=True, verbose_name=_("code postal"))
    commune = models.ForeignKey(Commune, models.PROTECT, verbose_name=_("commune"))
    latitude = models.FloatField(null=True, blank=True, verbose_name=_("latitude"))
    longitude = models.FloatField(null=True, blank=True, verbose_name=_("longitude"))
    time_zone = models.CharField(max_length=40, default="Europe/Paris", verbose_name=_("fuseau"))
    phone = models.CharField(max_length=20, blank=True, verbose_name=_("téléphone"))
    email = models.EmailField(blank=True, verbose_name=_("adresse électronique"))
    opening_hours = models.CharField(
        max_length=400, blank=True, verbose_name=_("horaires (format OpenStreetMap)")
    )
    opening_text = models.CharField(
        max_length=600, blank=True, verbose_name=_("horaires, en toutes lettres")
    )
    by_appointment = models.BooleanField(default=False, verbose_name=_("sur rendez-vous"))
    comment = models.TextField(blank=True, verbose_name=_("précisions pour le public"))
    accessibility_url = models.URLField(blank=True, verbose_name=_("fiche d’accessibilité"))
    france_services = models.BooleanField(default=False, verbose_name=_("France services"))
    labelled_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    invented = models.BooleanField(default=False)

    objects: ClassVar = SiteQuerySet.as_manager()

    class Privacy:
        neutral = {
            "id", "structure", "name", "sort_name", "kind", "state", "opened_on", "suspended_on",
            "closed_on", "merged_into", "address", "address_extra", "postal_code", "commune",
            "latitude", "longitude", "time_zone", "phone", "email", "opening_hours",
            "opening_text", "by_appointment", "comment", "accessibility_url", "france_services",
            "labelled_on", "source", "source_id", "invented",
        }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~Q(source=""),
                name="%(class)s_one_per_source_id",
            ),
            models.CheckConstraint(
                name="%(class)s_closed_on_when_closed",
                condition=(Q(state=SiteState.CLOSED) & Q(closed_on__isnull=False))
                | (~Q(state=SiteState.CLOSED) & Q(closed_on=None)),
            ),
            models.CheckConstraint(
                name="%(class)s_point_on_earth",
                condition=(Q(latitude=None) & Q(longitude=None))
                | (Q(latitude__range=(-90, 90)) & Q(longitude__range=(-180, 180))),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stop(models.Model):
    """A stop on the itinerary of a bus: a place apart from its site, never a site."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    site = models.ForeignKey(Site, models.CASCADE, related_name="stops")
    commune = models.ForeignKey(Commune, models.PROTECT)
    label = models.CharField(max_length=120, verbose_name=_("lieu d’arrêt"))
    opening_hours = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Privacy:
        neutral = {
            "id", "site", "commune", "label", "opening_hours", "position", "valid_from",
            "valid_until",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.label


class OpeningException(models.Model):
    """A closure, or an extra opening, of one site for one half-day or day."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    site = models.ForeignKey(Site, models.CASCADE, related_name="opening_exceptions")
    day = models.DateField(verbose_name=_("jour"))
    half_day = models.CharField(max_length=9, choices=HalfDay, verbose_name=_("moment"))
    is_open = models.BooleanField(default=False)
    reason = models.CharField(max_length=8, choices=ClosureReason, verbose_name=_("motif"))
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Privacy:
        neutral = {"id", "site", "day", "half_day", "is_open", "reason"}
        internal = {"noted_at", "noted_by"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "day", "half_day"], name="%(class)s_one_per_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.half_day}"


class MembershipQuerySet(VisibleQuerySet):
    """Memberships, by date."""

    def in_force(self, day: date) -> Self:
        """Keep those that give rights on the day."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day, suspended_at=None
        )


class Membership(models.Model):
    """A role that a person holds for a time: in the network, a structure, or one site of it."""

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, verbose_name=_("rôle"))
    status = models.CharField(
        max_length=16, choices=Status, default=Status.OTHER, verbose_name=_("statut")
    )
    structure = models.ForeignKey(
        Structure, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("point d’accueil"),
    )
    supervisor = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    starts_on = models.DateField(verbose_name=_("à partir du"))
    ends_on = models.DateField(null=True, blank=True, verbose_name=_("jusqu’au"))
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Privacy:
        identifying = {"user"}
        neutral = {
            "id",
            "role",
            "status",
            "structure",
            "site",
            "supervisor",
            "starts_on",
            "ends_on",
        }
        internal = {"suspended_at", "suspended_by", "invited_at", "invited_by"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="%(class)s_suspended_at_and_by_together",
                condition=Q(suspended_at=None, suspended_by=None)
                | Q(suspended_at__isnull=False, suspended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_site_needs_structure",
                condition=Q(site=None) | Q(structure__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    @property
    def needs_supervisor(self) -> bool:
        """True when the status says that this person's acts are supervised."""
        return Status(self.status) in NEEDS_SUPERVISOR
