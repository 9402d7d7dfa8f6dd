"""What a network does beside the desk: days read over, months closed, waves, notes, figures.

Written by the product's own operations once the acts are loaded; which days were read is told by
the acts themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import connection

from entremise.demo import chance
from entremise.demo.parameters import Parameters
from entremise.demo.plan import SitePlan, StructurePlan
from entremise.foundation.access.actors import acting_as
from entremise.foundation.accounts.models import User
from entremise.foundation.core.periods import PARIS
from entremise.ground.network.duties import system_actor
from entremise.ground.network.models import Structure
from entremise.insight.statistics.operations import fold_figures
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ActContent, RequestContent
from entremise.practice.activity.enums import Entry
from entremise.practice.activity.operations.closings import close_month

CLOSED_MONTHS = 3
LAST_DAYS = 10  # how far back waves and notes go
BUSY = 20.0  # acts an open day
NOTES = (
    "Reviendra avec le courrier de la régie.",
    "Rappeler le service avant vendredi : échéancier demandé.",
    "Photocopies faites, dossier remis complet.",
)
# A reading is said to take place at half past eight.
REVIEWS = """
    INSERT INTO activity_dayreview
        (id, structure_id, site_id, day, act_count, reviewed_on, reviewed_at, reviewed_by_id)
    SELECT gen_random_uuid(), structure_id, site_id, day, count(*), reviewed_on,
        (reviewed_on + time '08:30') AT TIME ZONE 'Europe/Paris', %s
    FROM activity_activity WHERE reviewed_on IS NOT NULL
    GROUP BY structure_id, site_id, day, reviewed_on
"""


def write_beside_the_desk(
    plan: Sequence[StructurePlan],
    parameters: Parameters,
    *,
    by: User,
    at: datetime,
    report: Callable[[int, int], None],
) -> None:
    """Write it all, telling `report` how many structures are done; figures are folded last."""
    with acting_as(system_actor(by)), connection.cursor() as cursor:
        cursor.execute(REVIEWS, [by.pk])
    for done, structure in enumerate(plan, start=1):
        with acting_as(system_actor(by)):
            for site in structure.sites:
                for act, person, content in _waves_and_notes(site, parameters):
                    evening = datetime.combine(content.day, time(16, 45), PARIS)
                    signed = User(pk=person)
                    operations.record_activity(content, act=act, by=signed, at=evening)
            if structure.rank == plan[0].rank:  # that of the accounts one signs in with
                _close_months(structure.id, parameters, by=by)
        report(done, len(plan))
    fold_figures(at=at)


def _waves_and_notes(
    site: SitePlan, parameters: Parameters
) -> Iterator[tuple[UUID, UUID, ActContent]]:
    """Draw a wave or a note now and then, in the last days of a busy site."""
    rng = chance.generator(parameters.seed, 11, site.rank)
    for ago in range(LAST_DAYS):
        day = parameters.until - timedelta(days=ago)
        act, draw, number = chance.random_uuid(rng), rng.random(), int(rng.integers(6, 25))
        person = site.team[int(rng.integers(len(site.team)))] if site.team else None
        is_open = 40 in site.doors.open_quarters(day)  # at ten
        if person is None or not is_open or site.daily_mean < BUSY or draw > 0.4:
            continue
        content = ActContent(site=site.id, mediator=person.membership, day=day, quarter=40)
        if draw < 0.2:
            wave = replace(content, entry=Entry.WAVE, gathered=number, until_quarter=44)
            yield act, person.user, wave
        else:
            request = RequestContent(theme="energy-bill", operator="edf", nature="inform")
            note = NOTES[number % len(NOTES)]
            yield act, person.user, replace(content, requests=(request,), note=note)


def _close_months(structure: UUID, parameters: Parameters, *, by: User) -> None:
    """Close the last months that were over for ten days, each on its tenth day after."""
    month = parameters.until.replace(day=1)
    closed = 0
    while closed < CLOSED_MONTHS and month > parameters.period.first:
        tenth = month.replace(day=10)
        month = (month - timedelta(days=1)).replace(day=1)
        if tenth > parameters.until:
            continue
        if month >= parameters.period.first:
            at = datetime.combine(tenth, time(10), PARIS)
            close_month(Structure.objects.get(pk=structure), month, by=by, at=at)
            closed += 1
