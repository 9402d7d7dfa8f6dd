"""Import past acts as one transaction, and take an import back."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from entremise.foundation.accounts.models import User
from entremise.foundation.core.periods import day_in_paris
from entremise.foundation.imports import operations as imports
from entremise.foundation.imports.engine.mapping import Mapping, require_columns
from entremise.foundation.imports.engine.streaming import Record, Stream, open_table
from entremise.foundation.imports.engine.tally import Tally
from entremise.foundation.imports.enums import BatchState, Fate
from entremise.foundation.imports.models import ImportBatch
from entremise.foundation.journal import operations as journal
from entremise.practice.activity.enums import Closing, Motive
from entremise.practice.activity.errors import VersionSuperseded
from entremise.practice.activity.models import Activity
from entremise.practice.activity.operations import acts, bulk
from entremise.practice.activity.operations.bulk import Known, NewVersion
from entremise.practice.activity.queries.act_keys import ActNames, SeenKeys
from entremise.practice.activity.queries.act_lists import lists_of_past_acts
from entremise.practice.activity.queries.act_mappings import check_against_lists, content_of
from entremise.practice.activity.queries.act_prints import Prints
from entremise.practice.activity.queries.act_rows import ActReader, ActRow

KIND = "activities"
ROWS_AT_ONCE = 5_000
_ONE_AT_A_TIME = 7_206_517


@dataclass(slots=True)
class _Chunk:
    """Rows read together, the act that each names, and the fate that the books give it."""

    rows: list[ActRow]
    acts: dict[int, UUID] = field(default_factory=dict)
    fates: dict[int, Fate] = field(default_factory=dict)


def try_acts(path: Path, mapping: Mapping, tally: Tally, *, at: datetime) -> None:
    """Fill the account of what importing a file would do, and write nothing.

    Raises UnreadableFile, BrokenMapping.
    """
    with _opened(path, mapping) as stream:
        _follow(stream, mapping, tally, at=at, write=None)


@transaction.atomic
def import_acts(
    path: Path, mapping: Mapping, tally: Tally, *, by: User, at: datetime
) -> ImportBatch:
    """Record the acts of a file, all the good rows or none, and fill the account of it.

    The importer signs for their reading: they need no review. Raises UnreadableFile,
    BrokenMapping, and VersionSuperseded when someone corrects one of them meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        # References are checked as rows come in, rather than all kept in mind until the end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with _opened(path, mapping) as stream:
        batch = imports.note_streamed(
            KIND,
            file_name=path.name,
            digest=stream.digest,
            mapping=content_of(mapping),
            by=by,
            at=at,
        )

        def write(cursor: psycopg.Cursor[Any], closed: list[UUID], new: list[NewVersion]) -> None:
            if bulk.close_versions(cursor, closed, by=by.pk, at=at) != len(closed):
                raise VersionSuperseded
            bulk.write_versions(cursor, new, batch=batch.pk, by=by.pk, at=at)

        _follow(stream, mapping, tally, at=at, write=write)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # the journal links its entries at commit
    counts = tally.as_counts()
    report = counts | {"fields": tally.fields_at_fault()}
    imports.note_done(batch, report=report, undo={}, by=by, at=at)
    told = ",".join(f"{name}={counts[name]}" for name in ("rows", *Fate.values))
    journal.note_decision(
        "activity.imported", batch, by=by, at=at, detail=f"source={mapping.source},{told}"
    )
    return batch


@transaction.atomic
def undo_acts(pk: UUID, *, by: User, at: datetime) -> int:
    """Take an import back: close the versions that it wrote, unless corrected by hand since.

    An act that it had corrected gets its earlier content back, in a new version. Returns how many
    versions were closed. Raises ImportBatch.DoesNotExist, BatchMoveNotPossible.
    """
    batch = imports.locked(KIND, pk)
    imports.require(batch, BatchState.UNDONE)
    by_hand = Activity.objects.filter(
        act=OuterRef("act"), version=OuterRef("version") - 1, batch=batch
    )
    current = Activity.objects.current().filter(~Exists(by_hand), batch=batch)
    written = list(current.select_for_update(of=("self",)))
    Activity.objects.filter(pk__in=[version.pk for version in written]).update(
        superseded_at=at,
        superseded_on=day_in_paris(at),
        superseded_by=by,
        closing=Closing.UNDONE,
        motive=Motive.MISTYPED,
    )
    _give_back([version for version in written if version.version > 1], by=by, at=at)
    imports.note_undone(batch, by=by, at=at)
    journal.note_decision(
        "activity.import_undone", batch, by=by, at=at, detail=f"closed={len(written)}"
    )
    return len(written)


def _give_back(closed: list[Activity], *, by: User, at: datetime) -> None:
    """Record again what the closed versions had corrected, under the import that wrote it."""
    cursor = bulk.open_cursor()
    for version in closed:
        before = Activity.objects.get(act=version.act, version=version.version - 1)
        if before.closing != Closing.CORRECTED or before.batch_id is None:
            continue
        again = NewVersion(
            before.act,
            version.version + 1,
            before.structure_id,
            before.supervised,
            acts.content_of(before),
            bytes(before.fingerprint),
        )
        bulk.write_versions(cursor, [again], batch=before.batch_id, by=by.pk, at=at)


def _opened(path: Path, mapping: Mapping) -> Any:
    return open_table(
        path, encoding=mapping.encoding, separator=mapping.separator, sheet=mapping.sheet
    )


def _follow(stream: Stream, mapping: Mapping, tally: Tally, *, at: datetime, write: Any) -> None:
    """Read the file and settle it with the books, chunk by chunk; a chunk is read while the one
    before is written.
    """
    require_columns(mapping, stream.columns)
    lists = lists_of_past_acts(site_source=mapping.constants.get("site_source", ""))
    check_against_lists(mapping, lists)
    reader = ActReader(mapping, lists, stream.columns, today=day_in_paris(at))
    names, seen, prints = ActNames(mapping.source), SeenKeys(), Prints()
    cursor = bulk.open_cursor()

    def settle(chunk: _Chunk) -> _Chunk:
        _settle(chunk, cursor, prints, write)
        return chunk

    with ThreadPoolExecutor(1) as writer:
        waiting: Future[_Chunk] | None = None
        for chunk in _chunks(stream.records, reader):
            _name(chunk, names, seen, ranked=not mapping.id)
            if waiting:
                _account(waiting.result(), tally)
            waiting = writer.submit(settle, chunk)
        if waiting:
            _account(waiting.result(), tally)


def _chunks(records: Iterator[Record], reader: ActReader) -> Iterator[_Chunk]:
    while some := list(islice(records, ROWS_AT_ONCE)):
        rows = []
        for number, row, misfit in some:
            if misfit:
                read = ActRow(number)
                read.refuse("", misfit)
            else:
                read = reader.read(number, row)
            rows.append(read)
        yield _Chunk(rows)


def _name(chunk: _Chunk, names: ActNames, seen: SeenKeys, *, ranked: bool) -> None:
    """Give each good row its act; refuse the second row of a declared identifier."""
    good = [row for row in chunk.rows if row.content]
    acts = [names.act(row.structure, row.key) for row in good]
    digests = [act.bytes[:8] for act in acts]
    if ranked:
        ranks = seen.ranks(digests)
        for row, act, rank in zip(good, acts, ranks, strict=True):
            chunk.acts[row.number] = names.act(row.structure, row.key, rank) if rank else act
        return
    firsts = seen.first_rows(digests, [row.number for row in good])
    for row, act, first in zip(good, acts, firsts, strict=True):
        if not first:
            chunk.acts[row.number] = act
            continue
        message = _("Doublon : l’identifiant « %(id)s » est déjà à la ligne %(row)d.")
        row.refuse("id", message % {"id": row.key, "row": first})


def _settle(chunk: _Chunk, cursor: psycopg.Cursor[Any], prints: Prints, write: Any) -> None:
    """Compare a chunk with the books, and write what it brings unless it is a dry run."""
    books = bulk.versions_of(cursor, chunk.acts.values())
    closed: list[UUID] = []
    new: list[NewVersion] = []
    for row in chunk.rows:
        act = chunk.acts.get(row.number)
        if act is None or row.content is None:
            continue
        fingerprint = prints.of(row.content)
        versions = books.get(act, [])
        fate = _fate(row, versions, fingerprint)
        chunk.fates[row.number] = fate
        if fate in (Fate.CREATED, Fate.UPDATED):
            rank = versions[-1].version + 1 if versions else 1
            new.append(
                NewVersion(act, rank, row.structure, row.supervised, row.content, fingerprint)
            )
        if fate == Fate.UPDATED:
            closed.append(versions[-1].id)
    if write:
        write(cursor, closed, new)


def _fate(row: ActRow, versions: list[Known], fingerprint: bytes) -> Fate:
    """Say what becomes of a row whose act may be in the books.

    What was corrected or undone by hand since stays so: only a row that says something else than
    the last import asks a person.
    """
    if not versions:
        return Fate.CREATED
    last = versions[-1]
    if last.is_taken_back:
        return Fate.CREATED
    imported = next((known for known in reversed(versions) if known.is_imported), None)
    # A coarsened version has lost its fingerprint: it is too old to be compared.
    if imported and (not imported.fingerprint or imported.fingerprint == fingerprint):
        return Fate.UNCHANGED
    if imported is last and last.is_current:
        return Fate.UPDATED
    row.refuse(
        "", _("Cet acte a été corrigé ou annulé à la main depuis son import : ouvrez sa fiche.")
    )
    return Fate.REFUSED


def _account(chunk: _Chunk, tally: Tally) -> None:
    for row in chunk.rows:
        for remark in row.warnings:
            tally.warnings.add(remark)
        if row.refusals:
            tally.refuse(row.refusals)
        else:
            tally.fates[chunk.fates[row.number]] += 1
