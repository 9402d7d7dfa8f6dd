"""What a file of past acts may name: places, teams, themes and the other lists, read once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from entremise.foundation.core.french import search_key
from entremise.foundation.imports.engine.cells import BadCell
from entremise.ground.network import engine as opening
from entremise.ground.network.enums import Module
from entremise.ground.network.models import Membership, OpeningException, Site
from entremise.ground.network.roles import AT_THE_DESK
from entremise.ground.reference import queries as reference
from entremise.ground.reference.models import AgeBand, Nature, Operator, Outcome, Theme


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """An entry of a national list and the days on which it may be chosen, the end not in it."""

    code: str
    label: str
    first: date
    end: date


@dataclass(frozen=True, slots=True)
class Place:
    """A point d'accueil as an act of its past needs it."""

    id: UUID
    structure: UUID
    structure_code: str
    name: str
    zone: ZoneInfo
    has_desk: bool
    opened_on: date | None
    closed_on: date | None
    departement: str
    hours: str
    changes: tuple[opening.Change, ...] = ()

    def is_closed_on(self, day: date) -> bool:
        """True when its doors stayed shut that day; False too when nobody knows its hours."""
        if not self.hours and not any(change.day == day for change in self.changes):
            return False
        holidays = reference.public_holidays(self.departement, day.year)
        try:
            return not opening.slots_on(self.hours, day, holidays=holidays, changes=self.changes)
        except opening.BrokenHours:
            return False


@dataclass(frozen=True, slots=True)
class Post:
    """A desk role that someone held: everywhere in the structure when `site` is None."""

    membership: UUID
    site: UUID | None
    first: date
    end: date
    supervised: bool


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything that a row may name. Entries are found by code or label, unaccented."""

    places: dict[str, list[Place]]
    teams: dict[tuple[UUID, str], list[Post]]
    themes: dict[str, Entry]
    operators: dict[str, Entry]
    natures: dict[str, Entry]
    outcomes: dict[str, Entry]
    bands: dict[str, tuple[int, int | None]]
    registers: dict[str, int | None]
    communes: dict[str, str] = field(default_factory=dict)

    def place(self, text: str, structure: str) -> Place:
        """Return the place of this name or identifier. Raises BadCell."""
        found = [
            place
            for place in self.places.get(search_key(text), ())
            if not structure or place.structure_code == structure
        ]
        if not found:
            raise BadCell(
                _("Aucun point d’accueil ne s’appelle « %(text)s ».") % {"text": text}
                if text
                else _("Le point d’accueil manque.")
            )
        if len(found) > 1:
            raise BadCell(
                _(
                    "Plusieurs points d’accueil s’appellent « %(text)s » : donnez aussi leur "
                    "structure, ou leur identifiant."
                )
                % {"text": text}
            )
        return found[0]

    def posts(self, place: Place, account: str) -> list[Post]:
        """Return the desk roles that an account held at a place, its own first. Raises BadCell."""
        if not account:
            raise BadCell(_("La personne qui a reçu manque."))
        held = [
            post
            for post in self.teams.get((place.structure, account.casefold()), ())
            if post.site in (None, place.id)
        ]
        return sorted(held, key=lambda post: post.site is None)


def lists_of_past_acts(*, site_source: str = "") -> Lists:
    """Read the lists; `site_source` is the imported list whose identifiers name the places."""
    natures = Nature.objects.order_by("position")
    return Lists(
        places=_places(site_source),
        teams=_teams(),
        themes=_entries(Theme.objects.order_by("position")),
        operators=_entries(Operator.objects.order_by("position")),
        natures=_entries(natures),
        outcomes=_entries(Outcome.objects.order_by("position")),
        bands={band.code: (band.lower, band.upper) for band in AgeBand.objects.order_by("lower")},
        registers={nature.code: nature.register for nature in natures},
        communes=reference.commune_codes_today(),
    )


def _entries(entries: QuerySet) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for each in entries:
        entry = Entry(each.code, each.label, each.valid_from, each.valid_until or date.max)
        found[search_key(each.code)] = entry
        found.setdefault(search_key(each.label), entry)
    return found


def _places(source: str) -> dict[str, list[Place]]:
    changes: dict[UUID, list[opening.Change]] = {}
    for one in OpeningException.objects.all():
        changes.setdefault(one.site_id, []).append(
            opening.Change(one.day, one.half_day, one.is_open)
        )
    found: dict[str, list[Place]] = {}
    for site in Site.objects.select_related("structure", "commune"):
        place = Place(
            id=site.pk,
            structure=site.structure_id,
            structure_code=site.structure.code,
            name=site.name,
            zone=ZoneInfo(site.time_zone),
            has_desk=Module.DESK in site.structure.modules,
            opened_on=site.opened_on,
            closed_on=site.closed_on,
            departement=site.commune.departement_id,
            hours=site.opening_hours,
            changes=tuple(changes.get(site.pk, ())),
        )
        names = {str(site.pk), site.name}
        if source and site.source == source:
            names = {str(site.pk), site.source_id}
        elif source:
            names = {str(site.pk)}
        for name in names:
            found.setdefault(search_key(name), []).append(place)
    return found


def _teams() -> dict[tuple[UUID, str], list[Post]]:
    held = Membership.objects.filter(role__in=AT_THE_DESK, structure__isnull=False)
    found: dict[tuple[UUID, str], list[Post]] = {}
    for membership in held.select_related("user").order_by("starts_on", "id"):
        post = Post(
            membership.pk,
            membership.site_id,
            membership.starts_on,
            membership.ends_on or date.max,
            membership.needs_supervisor,
        )
        for name in _names(membership.user.username, membership.user.email):
            found.setdefault((membership.structure_id, name), []).append(post)
    return found


def _names(*names: str) -> Iterable[str]:
    return {name.casefold() for name in names if name}
