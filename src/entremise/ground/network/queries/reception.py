"""Who may receive at a place on a day, in the one query that each recording waits for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection

from entremise.ground.network import engine
from entremise.ground.network.models import Membership, OpeningException, Site, Structure
from entremise.ground.network.roles import AT_THE_DESK
from entremise.ground.reference import queries as reference
from entremise.ground.reference.models import Commune

PLACE = f"""
    SELECT site.structure_id, structure.modules, site.time_zone, site.opening_hours,
      commune.departement_id, ARRAY(
        SELECT noted.half_day || (CASE WHEN noted.is_open THEN '+' ELSE '-' END)
        FROM {OpeningException._meta.db_table} noted
        WHERE noted.site_id = site.id AND noted.day = %(day)s ORDER BY 1), ARRAY(
        SELECT member.status FROM {Membership._meta.db_table} member
        WHERE member.id = ANY(%(people)s) AND member.role = ANY(%(roles)s)
          AND member.structure_id = site.structure_id
          AND (member.site_id IS NULL OR member.site_id = site.id)
          AND member.starts_on <= %(day)s AND (member.ends_on IS NULL OR member.ends_on > %(day)s)
          AND (member.suspended_at IS NULL OR member.suspended_at::date > %(day)s))
    FROM {Site._meta.db_table} site JOIN {Structure._meta.db_table} structure
      ON structure.id = site.structure_id
    JOIN {Commune._meta.db_table} commune ON commune.code = site.commune_id
    WHERE site.id = %(site)s
"""  # noqa: S608 -- the names of our own tables


@dataclass(frozen=True, slots=True)
class Reception:
    """A place on a day: its structure, the modules in use, whether its doors are closed all day
    (False when nobody knows), the statuses of the people asked for who may receive there; a person
    who may not is missing.
    """

    structure: UUID
    modules: frozenset[str]
    time_zone: str
    is_closed: bool
    statuses: tuple[str, ...]


def reception_at(site: UUID, day: date, people: Collection[UUID]) -> Reception | None:
    """Return the place on that day with those memberships, None when there is no such place."""
    roles = [str(role) for role in AT_THE_DESK]
    with connection.cursor() as cursor:
        cursor.execute(PLACE, {"site": site, "day": day, "people": list(people), "roles": roles})
        found = cursor.fetchone()
    if found is None:
        return None
    structure, modules, zone, hours, departement, noted, statuses = found
    closed = _is_closed(hours, day, departement, tuple(noted))
    return Reception(structure, frozenset(modules), zone, closed, tuple(statuses))


@lru_cache(maxsize=1024)
def _is_closed(hours: str, day: date, departement: str, noted: tuple[str, ...]) -> bool:
    """True when no door opens that day; `noted` holds « morning- » for a closed morning."""
    if not hours and not noted:
        return False
    changes = [engine.Change(day, one[:-1], one.endswith("+")) for one in noted]
    holidays = reference.public_holidays(departement, day.year)
    try:
        return not engine.slots_on(hours, day, holidays=holidays, changes=changes)
    except engine.BrokenHours:
        return False
