"""What happens to an uploaded file. The domain that imports writes its own rows in between."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from entremise.foundation.imports.engine.reading import read_table
from entremise.foundation.imports.enums import BatchState
from entremise.foundation.imports.errors import BatchMoveNotPossible
from entremise.foundation.imports.lifecycle import MOVES
from entremise.foundation.imports.models import ImportBatch
from entremise.foundation.journal import operations as journal

KEPT_WAITING = timedelta(days=30)


@transaction.atomic
def keep_file(
    kind: str,
    *,
    file_name: str,
    content: bytes,
    mapping: dict[str, Any],
    options: dict[str, Any],
    by: journal.Signatory,
    at: datetime,
) -> ImportBatch:
    """Keep an uploaded file until it is imported; forget those left waiting for thirty days.

    Raises UnreadableFile when no row can be read.
    """
    read_table(
        content, encoding=mapping.get("encoding", ""), separator=mapping.get("separator", "")
    )
    waiting = [BatchState.UPLOADED, BatchState.CHECKED]
    ImportBatch.objects.filter(
        kind=kind, state__in=waiting, uploaded_at__lt=at - KEPT_WAITING
    ).delete()
    batch = ImportBatch.objects.create(
        kind=kind,
        file_name=file_name[:200],
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        mapping=mapping,
        options=options,
        uploaded_at=at,
        uploaded_by_id=by.pk,
    )
    journal.note_decision("imports.file_kept", batch, by=by, at=at, detail=f"kind={kind}")
    return batch


def note_streamed(
    kind: str,
    *,
    file_name: str,
    digest: str,
    mapping: dict[str, Any],
    by: journal.Signatory,
    at: datetime,
) -> ImportBatch:
    """Note a file that is read as it is imported: its content is never kept."""
    return ImportBatch.objects.create(
        kind=kind,
        file_name=file_name[:200],
        digest=digest,
        mapping=mapping,
        uploaded_at=at,
        uploaded_by_id=by.pk,
    )


def locked(kind: str, pk: UUID) -> ImportBatch:
    """Return the file, held until the transaction ends: nobody imports or undoes it twice."""
    return ImportBatch.objects.select_for_update(no_key=True).get(kind=kind, pk=pk)


def require(batch: ImportBatch, state: BatchState) -> None:
    """Raise BatchMoveNotPossible unless the file may enter this state."""
    if state not in MOVES[BatchState(batch.state)]:
        raise BatchMoveNotPossible


def note_checked(
    batch: ImportBatch, *, mapping: dict[str, Any], options: dict[str, Any], report: dict[str, Any]
) -> None:
    """Keep a mapping and the report of its dry run. Raises BatchMoveNotPossible."""
    require(batch, BatchState.CHECKED)
    batch.state = BatchState.CHECKED
    batch.mapping, batch.options, batch.report = mapping, options, report
    batch.save(update_fields=["state", "mapping", "options", "report"])


def note_done(
    batch: ImportBatch,
    *,
    report: dict[str, Any],
    undo: dict[str, Any],
    by: journal.Signatory,
    at: datetime,
) -> None:
    """Keep the report and the way back, and empty the file. Raises BatchMoveNotPossible."""
    require(batch, BatchState.DONE)
    batch.state = BatchState.DONE
    batch.report, batch.undo, batch.content = report, undo, b""
    batch.done_at, batch.done_by_id = at, by.pk
    batch.save(update_fields=["state", "report", "undo", "content", "done_at", "done_by"])


def note_undone(batch: ImportBatch, *, by: journal.Signatory, at: datetime) -> None:
    """Sign that the import was taken back. Raises BatchMoveNotPossible."""
    require(batch, BatchState.UNDONE)
    batch.state = BatchState.UNDONE
    batch.undo = {}
    batch.undone_at, batch.undone_by_id = at, by.pk
    batch.save(update_fields=["state", "undo", "undone_at", "undone_by"])
