"""Import a list of places as one transaction, and take an import back."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import ProtectedError

from entremise.foundation.access.actors import acting_as
from entremise.foundation.accounts.models import User
from entremise.foundation.imports import operations as imports
from entremise.foundation.imports.engine.mapping import Mapping
from entremise.foundation.imports.engine.reading import read_table
from entremise.foundation.imports.enums import BatchState
from entremise.foundation.imports.errors import ImportOvertaken, ReportOutdated
from entremise.foundation.imports.models import ImportBatch
from entremise.foundation.journal import operations as journal
from entremise.ground.network import errors
from entremise.ground.network.duties import system_actor
from entremise.ground.network.enums import StructureStatus
from entremise.ground.network.events import sites_are_used
from entremise.ground.network.models import Network, OpeningException, Site, Stop, Structure
from entremise.ground.network.operations import structures
from entremise.ground.network.queries.imports import KIND, SitePlan, as_json, plan_sites
from entremise.ground.network.queries.mappings import mapping_of

HOLDING_CODE = "a-rattacher"
_ONE_AT_A_TIME = 7_206_516
_DAYS = {"opened_on", "labelled_on"}
# What a confirmation rests on, whatever the language of the sentences.
_CONFIRMED = ("fates", "changes", "missing")


@transaction.atomic
def keep_list(
    *,
    file_name: str,
    content: bytes,
    mapping: dict[str, Any],
    structure: str = "",
    by: User,
    at: datetime,
) -> ImportBatch:
    """Keep a list of places. `structure` is a code; empty, new places wait to be attached.

    Raises UnreadableFile, UnknownStructure.
    """
    structure_named(structure)
    return imports.keep_file(
        KIND,
        file_name=file_name,
        content=content,
        mapping=mapping,
        options={"structure": structure},
        by=by,
        at=at,
    )


@transaction.atomic
def check_list(
    pk: UUID, *, mapping: dict[str, Any], structure: str = "", by: User, at: datetime
) -> ImportBatch:
    """Dry-run a kept list under a mapping, and keep what it would do.

    Raises UnreadableFile, BrokenMapping, UnknownStructure, BatchMoveNotPossible.
    """
    batch = imports.locked(KIND, pk)
    imports.require(batch, BatchState.CHECKED)
    report = _plan(batch, mapping_of(mapping), structure).report.as_json()
    imports.note_checked(batch, mapping=mapping, options={"structure": structure}, report=report)
    journal.note_decision("network.site_import_checked", batch, by=by, at=at)
    return batch


@transaction.atomic
def import_list(pk: UUID, *, by: User, at: datetime) -> ImportBatch:
    """Write the good rows of a kept list, all or none; what a dry run showed must still hold.

    Raises ReportOutdated, BatchMoveNotPossible, NoNetworkYet and what reading the list raises.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    batch = imports.locked(KIND, pk)
    imports.require(batch, BatchState.DONE)
    mapping = mapping_of(batch.mapping)
    _hold(Site.objects.filter(source=mapping.source).values_list("pk", flat=True))
    plan = _plan(batch, mapping, batch.options["structure"])
    report = plan.report.as_json()
    if batch.state == BatchState.CHECKED and any(report[k] != batch.report[k] for k in _CONFIRMED):
        raise ReportOutdated
    _write(plan, by=by, at=at)
    imports.note_done(batch, report=report, undo=_way_back(plan), by=by, at=at)
    counts = ",".join(f"{k}={report[k]}" for k in ("rows", "created", "updated", "refused"))
    detail = f"source={mapping.source},{counts}"
    journal.note_decision("network.sites_imported", batch, by=by, at=at, detail=detail)
    return batch


@transaction.atomic
def undo_import(pk: UUID, *, by: User, at: datetime) -> ImportBatch:
    """Take an import back: remove the places that it added, give the others their values back.

    Raises SiteHasActs once something is recorded in one of them, ImportOvertaken when what it
    wrote was changed since, BatchMoveNotPossible.
    """
    batch = imports.locked(KIND, pk)
    imports.require(batch, BatchState.UNDONE)
    added = [UUID(found) for found in batch.undo["created"]]
    changed: dict[str, Any] = batch.undo["changed"]
    attached = [UUID(pk) for pk, values in changed.items() if "structure_id" in values["before"]]
    # Held, so that no act can be recorded there between the question and the removal.
    sites = _hold([*added, *map(UUID, changed)])
    with acting_as(system_actor(by)):
        if sites_are_used([*added, *attached]):
            raise errors.SiteHasActs
    _refuse_overtaken(batch, sites, added)
    _give_back(sites, changed)
    try:
        Site.objects.filter(pk__in=added).delete()
    except ProtectedError as held:
        raise ImportOvertaken from held
    imports.note_undone(batch, by=by, at=at)
    detail = f"removed={len(added)},restored={len(changed)}"
    journal.note_decision("network.site_import_undone", batch, by=by, at=at, detail=detail)
    return batch


def structure_named(code: str) -> Structure | None:
    """Return the structure of a code, none for an empty one. Raises UnknownStructure."""
    if not code:
        return None
    found = Structure.objects.filter(code=code).first()
    if found is None:
        raise errors.UnknownStructure
    return found


def _plan(batch: ImportBatch, mapping: Mapping, structure: str) -> SitePlan:
    content = bytes(batch.content)
    table = read_table(content, encoding=mapping.encoding, separator=mapping.separator)
    return plan_sites(table, mapping, structure=structure_named(structure))


def _hold(ids: Collection[UUID]) -> dict[str, Site]:
    held = Site.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk")
    return {str(site.pk): site for site in held}


def _write(plan: SitePlan, *, by: User, at: datetime) -> None:
    waiting = [site for site in plan.created if site.structure_id is None]
    if waiting:
        holding = _holding_structure(by=by, at=at)
        for site in waiting:
            site.structure = holding
    Site.objects.bulk_create(plan.created, batch_size=500)
    names = {name for before in plan.before.values() for name in before}
    if names:
        Site.objects.bulk_update(plan.known.values(), _fields(names), batch_size=200)


def _holding_structure(*, by: User, at: datetime) -> Structure:
    """Return the structure where places without a known employer wait; open it at need."""
    holding = Structure.objects.filter(holding=True).first()
    if holding:
        return holding
    if not Network.objects.exists():
        raise errors.NoNetworkYet
    waiting_room = Structure(
        code=HOLDING_CODE, name="Lieux à rattacher", status=StructureStatus.OTHER, holding=True
    )
    return structures.open_structure(waiting_room, by=by, at=at)


def _way_back(plan: SitePlan) -> dict[str, Any]:
    return {
        "created": [str(site.pk) for site in plan.created],
        "changed": {
            str(pk): {
                "before": {name: as_json(value) for name, value in before.items()},
                "after": {name: as_json(getattr(plan.known[pk], name)) for name in before},
            }
            for pk, before in plan.before.items()
        },
    }


def _refuse_overtaken(batch: ImportBatch, sites: dict[str, Site], added: list[UUID]) -> None:
    """Raise ImportOvertaken when going back would lose what came after."""
    later = ImportBatch.objects.filter(
        kind=KIND,
        state=BatchState.DONE,
        done_at__gt=batch.done_at,
        mapping__source=batch.mapping["source"],
    ).exclude(report__created=0, report__updated=0)
    touched = [
        pk
        for pk, values in batch.undo["changed"].items()
        if pk not in sites
        or any(as_json(getattr(sites[pk], name)) != v for name, v in values["after"].items())
    ]
    gone = any(str(pk) not in sites for pk in added)
    hung = any(model.objects.filter(site__in=added).exists() for model in (Stop, OpeningException))
    if touched or gone or hung or later.exists():
        raise ImportOvertaken


def _give_back(sites: dict[str, Site], changed: dict[str, Any]) -> None:
    names: set[str] = set()
    for pk, values in changed.items():
        names |= set(values["before"])
        for name, value in values["before"].items():
            is_day = name in _DAYS and value
            setattr(sites[pk], name, date.fromisoformat(value) if is_day else value)
    if names:
        Site.objects.bulk_update([sites[pk] for pk in changed], _fields(names), batch_size=200)


def _fields(names: Collection[str]) -> list[str]:
    """Return the fields behind attributes: commune for commune_id."""
    by_attribute = {field.attname: field.name for field in Site._meta.concrete_fields}
    return sorted(by_attribute[name] for name in names)
