"""Bring a database to the demo network asked for: refuse, keep, or wipe and load."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from entremise.demo import bulk, chance
from entremise.demo.accounts import write_accounts
from entremise.demo.beside_the_desk import write_beside_the_desk
from entremise.demo.draw import draw_site
from entremise.demo.errors import OtherDemoLoaded
from entremise.demo.mark import Mark, refuse_other_databases, write_mark
from entremise.demo.network import write_network
from entremise.demo.parameters import Parameters
from entremise.demo.plan import StructurePlan, draw_plan
from entremise.demo.rows import lines_of
from entremise.foundation.accounts.models import User
from entremise.foundation.core.periods import PARIS
from entremise.foundation.journal import operations as journal

DEFAULTS: dict[str, Any] = {"sites": 68, "months": 12, "seed": 1}
ONE_AT_A_TIME = "SELECT pg_advisory_lock(hashtext('entremise.demo'))"
# Journals only grow, and the national lists belong to no network.
KEPT = ("journal_", "reference_", "django_migrations", "django_content_type", "auth_")

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The demo that the database now holds; `rows` by table is empty when it was there before."""

    parameters: Parameters
    plan: list[StructurePlan]
    rows: Mapping[str, int] = field(default_factory=dict)


def bring_demo(
    asked: dict[str, Any], *, yesterday: date, fresh: bool, at: datetime, report: Report
) -> Loaded:
    """Return the demo in place, loading it at need; `asked` holds the parameters given by hand.

    `report` is told of each step: its name, how far, out of how much. Raises DatabaseNotDemo,
    OtherDemoLoaded, SitesOutOfRange, TerritoryMissing.
    """
    with bulk.owner_cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        mark = refuse_other_databases(cursor)
        if mark and mark.is_ready and not fresh:
            known = mark.parameters
            if any(getattr(known, name) != value for name, value in asked.items()):
                raise OtherDemoLoaded
            return Loaded(known, draw_plan(known))
        parameters = Parameters(**DEFAULTS | {"until": yesterday} | asked)
        plan = draw_plan(parameters)
        if mark:
            _wipe(cursor, mark)
        rows = _load(cursor, plan, parameters, at=at, report=report)
        return Loaded(parameters, plan, rows)


def _wipe(cursor: Any, mark: Mark) -> None:
    """Empty the house, journals and national lists apart, and mend a load cut short."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    tables = [f'"{name}"' for (name,) in cursor.fetchall() if not name.startswith(KEPT)]
    with cursor.connection.transaction():
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
        cursor.execute("DELETE FROM reference_commune WHERE invented")
        bulk.take_down(cursor, mark.taken_down)
        for definition in mark.taken_down:
            cursor.execute(definition.creation)
        write_mark(cursor, Mark(mark.parameters))


def _load(
    cursor: Any,
    plan: list[StructurePlan],
    parameters: Parameters,
    *,
    at: datetime,
    report: Report,
) -> Mapping[str, int]:
    write_mark(cursor, Mark(parameters))
    with transaction.atomic():
        clerk = _clerk(parameters.seed)
        since = datetime.combine(parameters.period.first, time(8), PARIS)
        network = write_network(plan, parameters, by=clerk, at=since)
        write_accounts(plan, parameters, by=clerk, at=since)
    known = bulk.definitions(cursor)
    with cursor.connection.transaction():
        write_mark(cursor, Mark(parameters, taken_down=known))
        bulk.take_down(cursor, known)
    rows = bulk.load(_lines(plan, parameters, report))
    report(_("index, clés et vérifications"), 0, 0)
    bulk.put_back(known)
    step = _("relectures, clôtures et chiffres")
    report(step, 0, 0)
    write_beside_the_desk(
        plan, parameters, by=clerk, at=at, report=lambda done, total: report(step, done, total)
    )
    with transaction.atomic():
        detail = ",".join(f"{name}={value}" for name, value in parameters.as_json().items())
        acts = rows["activity_activity"]
        journal.note_decision(
            "demo.loaded", network, by=clerk, at=at, detail=f"{detail},versions={acts}"
        )
    write_mark(cursor, Mark(parameters, is_ready=True))
    return rows


def _clerk(seed: int) -> User:
    """Return the system account `demo`, under a seeded identifier when it is made here."""
    pk = chance.random_uuid(chance.generator(seed, 10))
    defaults = {"id": pk, "kind": User.Kind.SYSTEM, "full_name": "demo", "is_active": False}
    return User.objects.get_or_create(username="demo", defaults=defaults)[0]


def _lines(
    plan: list[StructurePlan], parameters: Parameters, report: Report
) -> Iterator[Mapping[str, bytes]]:
    sites = [site for structure in plan for site in structure.sites]
    for done, site in enumerate(sites, start=1):
        yield lines_of(
            draw_site(site, parameters.period, parameters.seed), parameters.seed, site.rank
        )
        report(_("accueils"), done, len(sites))
